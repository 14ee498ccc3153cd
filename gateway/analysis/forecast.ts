import type { Playbook } from 'opportune';
import type { Question } from '../../src/insights/question.js';
import { type Given, textOption, usageError } from '../command.js';
import { parseMoment } from '../moments.js';
import { printable } from '../text.js';
import type { Topic } from './analyze.js';
import { knownAttribute, listOption, readOutcome } from './read-question.js';

export const forecastTopic: Topic = {
  name: 'forecast',
  options: [
    { name: 'won', value: 'A=V', about: 'what tells that one was won: opportunity.stage=Won' },
    { name: 'lost', value: 'A=V', about: 'what tells that one was lost: opportunity.stage=Lost' },
    {
      name: 'said',
      value: 'A',
      about: 'what deals are forecast by. Default: the attribute of --won',
    },
    {
      name: 'claims',
      value: 'V=P,..',
      about: 'the chance that each value claims: Commit=0.9,Pipeline=0.2',
    },
    {
      name: 'by',
      value: 'A',
      about: 'tell it for each team, too: account.team. Teams under five are not told of',
    },
    { name: 'rep', value: 'ID', about: 'only of the deals of this person, for that person' },
    { name: 'until', value: 'T', about: 'as things stood then. Default: the last fact' },
  ],
  read: readForecast,
};

function readForecast(given: Given, playbook: Playbook): Question {
  const said = textOption(given, 'said');
  const by = textOption(given, 'by');
  const rep = textOption(given, 'rep');
  const until = textOption(given, 'until');
  const claims = readClaims(given);
  return {
    topic: 'forecast',
    outcome: readOutcome(given, playbook),
    ...(said !== undefined && { said: knownAttribute(said, 'said', playbook) }),
    ...(by !== undefined && { by: knownAttribute(by, 'by', playbook) }),
    ...(claims && { claims }),
    ...(rep !== undefined && { rep }),
    ...(until !== undefined && { until: parseMoment(until, '--until') }),
  };
}

function readClaims(given: Given): { readonly [value: string]: number } | undefined {
  const claims = listOption(given, 'claims');
  if (claims.length === 0) return undefined;
  return Object.fromEntries(
    claims.map((claim) => {
      const at = claim.lastIndexOf('=');
      const chance =
        at > 0 && /^(0|1|0?\.\d+|1\.0+)$/.test(claim.slice(at + 1))
          ? Number(claim.slice(at + 1))
          : Number.NaN;
      if (Number.isNaN(chance))
        throw usageError(
          `--claims: "${printable(claim)}" is no chance from 0 to 1`,
          'Write it as --claims Commit=0.9,Pipeline=0.2',
        );
      return [claim.slice(0, at), chance];
    }),
  );
}
