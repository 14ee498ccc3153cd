import type { Playbook } from 'opportune';
import { MEANINGS, measuresIn } from '../../src/insights/measures-in.js';
import type { PatternsQuestion } from '../../src/insights/question.js';
import { type Given, textOption, usageError } from '../command.js';
import type { Topic } from './analyze.js';
import { knownAttribute, listOption, readIs, wholeOption } from './read-question.js';

export const patternsTopic: Topic = {
  name: 'patterns',
  options: [
    { name: 'won', value: 'A=V', about: 'what tells that one was won: opportunity.stage=Won' },
    { name: 'lost', value: 'A=V', about: 'what tells that one was lost: opportunity.stage=Lost' },
    { name: 'seller', value: 'A', about: 'the attribute that names who sold; default: the owner' },
    { name: 'adjust', value: 'A,B', about: 'compare only what is alike in these attributes' },
    { name: 'leave-out', value: 'A,B', about: 'attributes that are not looked at' },
    {
      name: 'first-days',
      value: 'N',
      about: 'what was known and done in so many days from the beginning counts. Default: 0',
    },
    { name: 'stars', about: 'what those do differently who win most, in place of what wins' },
    {
      name: 'measure',
      value: 'M',
      about:
        'in place of winning, an amount of won deals: cycle (days to winning); discount, returns or turnover, of an attribute that is called so or discount=A; or any number attribute',
    },
    { name: 'seed', value: 'S', about: 'parts the data anew into halves. Default: 1' },
  ],
  read: readPatterns,
};

function readPatterns(given: Given, playbook: Playbook): PatternsQuestion {
  const won = readIs(given, 'won', playbook);
  const lost = readIs(given, 'lost', playbook);
  if (lost.attribute !== won.attribute)
    throw usageError('--won and --lost are of two attributes', 'Name values of one attribute');
  const both = won.values.find((value) => lost.values.includes(value));
  if (both !== undefined)
    throw usageError(`"${both}" is both won and lost`, 'Name each value once');
  const declared = playbook.attributes.find(({ id }) => id === won.attribute);
  if (
    declared?.derive ||
    declared?.machine ||
    !['opportunity', 'account'].includes(declared?.of ?? '')
  )
    throw usageError(
      `--won: ${won.attribute} is not told by facts of an opportunity or an account`,
      'Name an attribute without derive',
    );
  const attribute = (option: string) => (name: string) => knownAttribute(name, option, playbook);
  const measured = readMeasure(given, playbook, won.attribute);
  const seller = textOption(given, 'seller');
  return {
    topic: 'patterns',
    outcome: { attribute: won.attribute, won: won.values, lost: lost.values },
    ...(seller !== undefined && { seller: knownAttribute(seller, 'seller', playbook) }),
    ...measured,
    firstDays: wholeOption(given, 'first-days', 0) ?? 0,
    leaveOut: listOption(given, 'leave-out').map(attribute('leave-out')),
    adjustFor: listOption(given, 'adjust').map(attribute('adjust')),
    stars: given.values.stars === true,
    seed: textOption(given, 'seed') ?? '1',
  };
}

function readMeasure(
  given: Given,
  playbook: Playbook,
  outcome: string,
): Pick<PatternsQuestion, 'measure' | 'meaning'> {
  const written = textOption(given, 'measure');
  if (written === undefined) return {};
  if (written === 'cycle') return { measure: written };
  const [name = '', ...rest] = written.split('=');
  const meaning = MEANINGS.find((one) => one === name);
  if (meaning === undefined) return { measure: readNumber(written, playbook) };
  const kind = outcome.slice(0, outcome.indexOf('.'));
  const measure = rest.length > 0 ? rest.join('=') : measuresIn(playbook, kind)[meaning];
  if (measure === undefined)
    throw usageError(
      `--measure: no number attribute of the ${kind} is called ${meaning}`,
      `Write --measure ${meaning}=${kind}.NAME`,
    );
  return { measure: readNumber(measure, playbook), meaning };
}

function readNumber(name: string, playbook: Playbook): string {
  const known = knownAttribute(name, 'measure', playbook);
  if (playbook.attributes.find(({ id }) => id === known)?.type === 'number') return known;
  throw usageError(
    `--measure: ${known} is no number`,
    `Name a number attribute, cycle, or ${MEANINGS.join(', ')}`,
  );
}
