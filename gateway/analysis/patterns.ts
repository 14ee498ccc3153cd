import { analyzeDeals, type DealPatterns } from '../../src/analyze-deals.js';
import { runSliced } from '../../src/core/run-sliced.js';
import { createDealTable, type DealQuestion } from '../../src/deal-table.js';
import { draftPlay, type PlayDraft } from '../../src/draft-play.js';
import { type Given, type Terminal, textOption, usageError } from '../command.js';
import { loadPlaybook, readPlaybookFolder } from '../playbook-folder.js';
import type { Analyzed, Topic } from './analyze.js';
import { eachAccount } from './each-account.js';
import { createPatternWords } from './pattern-words.js';
import { findingSentence, patternsReport } from './patterns-report.js';
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
    { name: 'seed', value: 'S', about: 'parts the data anew into halves. Default: 1' },
  ],
  run: analyzePatterns,
};

async function analyzePatterns(given: Given, terminal: Terminal): Promise<Analyzed> {
  const folder = textOption(given, 'playbook') ?? '';
  const playbook = loadPlaybook(folder, terminal.now());
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
  const seller = textOption(given, 'seller');
  const question: DealQuestion = {
    outcome: won.attribute,
    won: won.values,
    lost: lost.values,
    ...(seller !== undefined && { seller: knownAttribute(seller, 'seller', playbook) }),
    firstDays: wholeOption(given, 'first-days', 0) ?? 0,
    leaveOut: listOption(given, 'leave-out').map(attribute('leave-out')),
  };
  const adjustFor = listOption(given, 'adjust').map(attribute('adjust'));
  const gathering = createDealTable(playbook, question);
  await eachAccount(given, terminal, gathering.add);
  const deals = gathering.finish();
  const columns = new Set(deals.table.columns.map(({ id }) => id));
  const patterns = await runSliced(
    analyzeDeals(deals, {
      adjustFor: adjustFor.filter((id) => columns.has(id)),
      seed: textOption(given, 'seed') ?? '1',
      aboutStars: given.values.stars === true,
      firstDays: question.firstDays,
    }),
    {
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      signal: terminal.signal,
      progress: (share) => terminal.progress?.(`${Math.round(100 * share)} % looked through`),
    },
  );
  terminal.progress?.('');
  const words = createPatternWords(playbook, {
    now: terminal.now(),
    firstDays: question.firstDays,
    sequences: patterns.sequences,
  });
  const files = readPlaybookFolder(folder);
  const asked = { question, deals, patterns, words, adjustFor, playbook };
  const drafts = new Map<DealPatterns['findings'][number], PlayDraft>();
  if (!patterns.stars)
    for (const finding of patterns.findings.filter(({ confirmed }) => confirmed)) {
      const draft = draftPlay(finding, {
        playbook,
        files,
        question,
        why: findingSentence(finding, asked),
        today: new Date(terminal.now()).toISOString().slice(0, 10),
      });
      if (draft) drafts.set(finding, draft);
    }
  const { sequences: _, findings, ...rest } = patterns;
  return {
    result: {
      question: { ...question, adjustFor },
      ...rest,
      left: deals.left,
      timeNotTold: deals.timeNotTold,
      findings: findings.map((finding) => {
        const draft = drafts.get(finding);
        return {
          sentence: findingSentence(finding, asked),
          ...finding,
          ...(draft && { draft }),
        };
      }),
    },
    report: patternsReport({ ...asked, drafts }),
    found: findings.some(({ confirmed }) => confirmed),
  };
}
