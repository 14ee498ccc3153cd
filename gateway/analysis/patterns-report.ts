import type { Playbook } from 'opportune';
import type { DealFinding, DealPatterns } from '../../src/analyze-deals.js';
import { type DealQuestion, type Deals, QUARTER } from '../../src/deal-table.js';
import type { PlayDraft } from '../../src/draft-play.js';
import { capital, clean } from '../../src/view/format.js';
import { count, plural } from '../text.js';
import { cautionList, commonCautions } from './cautions.js';
import type { PatternWords } from './pattern-words.js';
import { type Block, type Report, type Section, text } from './report.js';

/** What was asked, and what came of it. */
export interface PatternsAsked {
  readonly question: DealQuestion;
  readonly deals: Deals;
  readonly patterns: DealPatterns;
  readonly words: PatternWords;
  readonly adjustFor: readonly string[];
  readonly playbook: Playbook;
}

const LEAKS: { readonly [because in DealPatterns['leaks'][number]['because']]: string } = {
  'known-after-the-decision': 'mostly filled in after the decision',
  'repeats-the-outcome': 'says the same as the outcome',
  'filled-by-outcome': 'filled in with one outcome and hardly ever with the other',
};

const nounOf = ({ outcome }: DealQuestion): string =>
  outcome.startsWith('account.') ? 'account' : 'deal';

const points = (rate: number): string => (100 * Math.abs(rate)).toFixed(1);
const signed = (rate: number): string =>
  rate === 0 ? '0' : `${rate < 0 ? '−' : '+'}${points(rate)}`;
const rateOf = (won: number, deals: number): string =>
  deals === 0 ? 'none' : `${((100 * won) / deals).toFixed(1)} %`;

const pText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** The finding, with its interval and on how much it rests. */
export function findingSentence(
  finding: DealFinding,
  { question, patterns, words }: Omit<PatternsAsked, 'playbook' | 'adjustFor' | 'deals'>,
): string {
  const { effect, interval, n, sellers, pattern } = finding;
  const noun = nounOf(question);
  const [low, high] = interval.map(Math.abs).sort((a, b) => a - b) as [number, number];
  const range = `95 % interval ${points(low)} to ${points(high)}`;
  const basis = `${plural(n, noun)}${patterns.sellers === undefined ? '' : ` of ${plural(sellers, 'seller')}`}`;
  const what = words.pattern(pattern);
  return patterns.stars
    ? `Stars have this ${points(effect)} percentage points ${effect > 0 ? 'more' : 'less'} often than the others: ${what} (${range}; ${basis}).`
    : `Where ${what}, ${words.is(question.outcome, question.won)} ${points(effect)} percentage points ${effect > 0 ? 'more' : 'less'} often than on comparable ${noun}s (${range}; ${basis}).`;
}

export function patternsReport(
  asked: PatternsAsked & { readonly drafts: ReadonlyMap<DealFinding, PlayDraft> },
): Report {
  const { question, patterns, words } = asked;
  const confirmed = patterns.findings.filter((one) => one.confirmed);
  // What has the conditions of a confirmed one and more would look as if that were in doubt.
  const rest = patterns.findings.filter(
    (one) => !one.confirmed && !confirmed.some(({ pattern }) => isPart(pattern, one.pattern)),
  );
  return {
    title: patterns.stars
      ? 'What stars do differently'
      : `What goes along with ${words.is(question.outcome, question.won)}`,
    lead: leadOf(asked),
    sections: [
      ...(confirmed.length === 0 ? [nothingFound(asked)] : [overviewOf(confirmed, asked)]),
      ...confirmed.map((finding, i) => sectionOf(finding, i + 1, asked)),
      ...(rest.length > 0 ? [unconfirmedOf(rest, asked)] : []),
      leftOut(asked),
    ],
  };
}

function isPart(some: DealFinding['pattern'], all: DealFinding['pattern']): boolean {
  const known = new Set(all.map((test) => JSON.stringify(test)));
  return some.every((test) => known.has(JSON.stringify(test)));
}

function leadOf({ question, deals, patterns, words, adjustFor }: PatternsAsked): readonly string[] {
  const noun = nounOf(question);
  const { rows, won, sellers, stars, explored, heldOut } = patterns;
  const sameTime = deals.table.columns.some(({ id }) => id === QUARTER)
    ? ', begun in the same quarter,'
    : '';
  const alike =
    adjustFor.length > 0 ? ` and alike in ${words.words.list(adjustFor.map(words.label))}` : '';
  const whose = patterns.stars
    ? `Compared are stars with the others on ${noun}s${sameTime.replace(/,$/, '')}${alike}.`
    : sellers === undefined
      ? `Who looks after whom is not in the data, so each ${noun} stands for itself${alike && `, compared with those${alike.replace(' and', '')}`}.`
      : `Compared are ${noun}s of the same seller${sameTime}${alike}${sameTime === '' || alike !== '' ? ',' : ''} so that neither a good seller nor a good territory makes a pattern look good.`;
  const known =
    deals.timeNotTold * 2 > rows
      ? `The data do not tell what was known before the decision: fields are taken as they stand now.`
      : question.firstDays === 0
        ? `What counts is what was known when a ${noun} began.`
        : `What counts is what was known and done in the first ${plural(question.firstDays, 'day')} of a ${noun}.`;
  const counts = `${plural(rows, noun)}${sellers === undefined ? '' : ` of ${plural(sellers, 'seller')}`}, ${count(won)} of them (${rateOf(won, rows)}) with ${words.is(question.outcome, question.won)}.`;
  const halves =
    heldOut.rows > 0
      ? ` One half (${plural(explored.rows, noun)}) suggested patterns, the other (${plural(heldOut.rows, noun)}) had to confirm them; all figures of findings are of the second half.`
      : '';
  const groups =
    stars && heldOut.rows > 0
      ? ` ${plural(stars.stars, 'star')} and ${plural(stars.others, 'other')}.`
      : '';
  return [`${counts}${groups} ${whose} ${known}${halves}`];
}

function nothingFound({ question, patterns, words }: PatternsAsked): Section {
  const { noDriver, stars } = patterns;
  const noun = nounOf(question);
  const smallest = noDriver?.smallestEffect;
  if (stars && patterns.heldOut.rows === 0)
    return stars.stars === 0
      ? {
          heading: 'No stars',
          blocks: [
            text(
              'Nobody wins more on comparable work than chance alone would have it. There is nothing to copy.',
            ),
          ],
        }
      : {
          heading: 'No figures about stars',
          blocks: [
            text(
              'Stars, or the others, are fewer than five. Such groups are not told of, and nothing was looked for.',
            ),
          ],
        };
  return {
    heading: 'No driver found',
    blocks: [
      text(
        smallest === undefined
          ? `Nothing was found, and nothing could have been: there are too few ${patterns.sellers === undefined ? `${noun}s` : 'sellers'}, or no pattern is frequent enough.`
          : `${stars ? 'Stars do nothing that was looked at more or less often than the others' : `Nothing that was looked at goes along with ${words.is(question.outcome, question.won)}`} beyond chance. The smallest difference that this much data would have shown nine times in ten is ${points(smallest)} percentage points; smaller ones may exist.`,
      ),
    ],
  };
}

function overviewOf(
  findings: readonly DealFinding[],
  { words, question, patterns }: PatternsAsked,
): Section {
  const rows = findings.map(({ pattern, effect, interval }) => ({
    label: capital(words.pattern(pattern)),
    value: effect,
    low: interval[0],
    high: interval[1],
  }));
  return {
    heading: `${plural(findings.length, 'finding')} confirmed`,
    blocks: [
      {
        kind: 'chart',
        chart: {
          kind: 'intervals',
          title: `Difference in how often ${patterns.stars ? 'stars have it' : words.is(question.outcome, question.won)}, in percentage points`,
          description: `${rows.map(({ label, value, low, high }) => `${label}: ${signed(value)}, from ${signed(low)} to ${signed(high)}`).join('. ')}. The dashed line is no difference.`,
          zero: 0,
          format: signed,
          rows,
        },
        data: {
          kind: 'table',
          title: 'Difference on comparable work, in percentage points, with its 95 % interval',
          head: ['pattern', 'difference', 'from', 'to', `${nounOf(question)}s`, 'p'],
          rows: findings.map(({ pattern, effect, interval, n, p }) => [
            capital(words.pattern(pattern)),
            signed(effect),
            signed(interval[0]),
            signed(interval[1]),
            n,
            pText(p),
          ]),
        },
      },
      text(
        patterns.stars
          ? 'Others do it less. Whether it wins, and is not merely what they are like, opportune analyze patterns without --stars may tell, and a trial with a control group.'
          : 'These go along with the outcome; none is proven to be its cause. Whether acting on it helps is for a trial with a control group: that is what the draft plays are for.',
      ),
      ...cautionList(commonCautions(findings), 'How each of them could mislead:'),
    ],
  };
}

function sectionOf(
  finding: DealFinding,
  number: number,
  asked: PatternsAsked & { readonly drafts: ReadonlyMap<DealFinding, PlayDraft> },
): Section {
  const { question, words, drafts, patterns } = asked;
  const noun = nounOf(question);
  const { with: having, without, couldMislead } = finding;
  const named = (deals: DealFinding['examples']): string =>
    deals.map(({ name, record }) => clean(name ?? record, 80)).join('; ') || 'none';
  const draft = drafts.get(finding);
  const blocks: Block[] = [text(findingSentence(finding, asked))];
  if (!patterns.stars)
    blocks.push(
      text(
        `Over all ${noun}s, before like is compared with like: ${rateOf(having.won, having.deals)} of ${count(having.deals)} with it, ${rateOf(without.won, without.deals)} of ${count(without.deals)} without it.`,
      ),
      text(
        `Such ${noun}s, as the finding says: ${named(finding.examples)}. Such ${noun}s that came out otherwise: ${named(finding.counterExamples)}.`,
      ),
    );
  const common = commonCautions(patterns.findings.filter((one) => one.confirmed));
  blocks.push(
    ...cautionList(
      couldMislead.filter((caution) => !common.includes(caution)),
      common.length > 0 ? 'How it could mislead, too:' : 'How it could mislead:',
    ),
  );
  if (draft)
    blocks.push(
      ...(draft.attributes === undefined
        ? []
        : [{ kind: 'code', title: 'For attributes.yaml', text: draft.attributes } as const]),
      {
        kind: 'code',
        title: `A draft play that would test it, which compiles with this playbook: ${draft.path}`,
        text: draft.text,
      },
      ...draft.warnings.map(({ message, remedy }) =>
        text(`The compiler adds: ${message}; ${remedy}.`),
      ),
    );
  else if (!patterns.stars)
    blocks.push(text('No draft play: no attribute can say this yet. Write it as a pattern.'));
  return { heading: `${number}. ${capital(words.pattern(finding.pattern))}`, blocks };
}

function unconfirmedOf(
  findings: readonly DealFinding[],
  { words, question }: PatternsAsked,
): Section {
  return {
    heading: 'Suggested, and not confirmed',
    blocks: [
      text(
        'The first half of the data suggested these; the second half did not bear them out, or they say nothing beyond the findings above. Do not act on them.',
      ),
      {
        kind: 'table',
        title: 'Difference on comparable work in the second half, in percentage points',
        head: ['pattern', 'difference', 'from', 'to', `${nounOf(question)}s`, 'p'],
        rows: findings.map(({ pattern, effect, interval, n, p }) => [
          capital(words.pattern(pattern)),
          Number.isFinite(effect) ? signed(effect) : 'none comparable',
          Number.isFinite(interval[0]) ? signed(interval[0]) : '',
          Number.isFinite(interval[1]) ? signed(interval[1]) : '',
          n,
          pText(p),
        ]),
      },
    ],
  };
}

function leftOut({ question, deals, patterns, words }: PatternsAsked): Section {
  const noun = nounOf(question);
  const { left, quickQuarterDays, activities, table } = deals;
  const items = [
    `Looked at: ${table.columns.flatMap(({ id }) => (id === QUARTER ? [] : [words.label(id)])).join('; ')}.`,
    ...patterns.leaks.map(
      ({ column, because, share }) =>
        `${words.label(column)} is left out: ${LEAKS[because]} (${(100 * share).toFixed(0)} %).`,
    ),
  ];
  const add = (number: number, what: string): void => {
    if (number > 0) items.push(`${plural(number, noun)} ${what}.`);
  };
  add(left.open, 'left out that are not decided');
  add(
    left.decidedSooner,
    `left out that were decided in the first ${plural(question.firstDays, 'day')}`,
  );
  add(left.withoutSeller, 'left out without a seller');
  add(patterns.duplicates.length, 'left out that look like another one told again');
  if (activities.length > 0 && question.firstDays === 0)
    items.push(
      `What was done is not looked at. ${quickQuarterDays ? `Three in four ${noun}s take at least ${plural(quickQuarterDays, 'day')}: try --first-days ${quickQuarterDays}.` : 'Try --first-days N.'}`,
    );
  return {
    heading: 'What was looked at, and what was left out',
    blocks: [{ kind: 'list', items }],
  };
}
