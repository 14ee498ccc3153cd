import type { DealFinding, DealPatterns } from '../analyze-deals.js';
import { QUARTER } from '../deal-table.js';
import type { PlayDraft } from '../draft-play.js';
import { count, plural } from '../view/count.js';
import { capital } from '../view/format.js';
import { cautionList, commonCautions } from './cautions.js';
import { differenceChart } from './difference-chart.js';
import {
  findingSentence,
  lookedAt,
  nounOf,
  type PatternsAsked,
  points,
  rateOf,
} from './finding-words.js';
import { type Block, type Report, type Section, text } from './report.js';
import { draftBlocks } from './report-parts.js';
import { standingChart } from './standing-chart.js';

const LEAKS: { readonly [because in DealPatterns['leaks'][number]['because']]: string } = {
  'known-after-the-decision': 'mostly filled in after the decision',
  'repeats-the-outcome': 'says the same as the outcome',
  'filled-by-outcome': 'filled in with one outcome and hardly ever with the other',
};

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
      ? `${deals.sellerByOutcome ? SELLER_BY_OUTCOME : 'Who looks after whom is not in the data.'} So each ${noun} stands for itself${sameTime || alike ? `, compared with those${`${sameTime.replace(/,$/, '')}${alike}`.replace(/^,| and/, '')}` : ''}.`
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

const SELLER_BY_OUTCOME = 'Who sold is told with one outcome and hardly ever with the other.';

function nothingFound({ question, patterns, words, deals }: PatternsAsked): Section {
  const { noDriver, stars } = patterns;
  const noun = nounOf(question);
  const smallest = noDriver?.smallestEffect;
  if (patterns.rows > 0 && (patterns.won === 0 || patterns.won === patterns.rows))
    return {
      heading: 'Nothing to compare',
      blocks: [
        text(
          `All of these ${noun}s ended the same way, so that nothing can go along with how. See what counts as won and as lost (--won, --lost), and what was left out below.`,
        ),
      ],
    };
  if (stars && patterns.sellers === undefined)
    return {
      heading: 'No figures about stars',
      blocks: [
        text(
          `${deals.sellerByOutcome ? SELLER_BY_OUTCOME : 'Who sold is not in the data.'} So nobody can be told to sell more than others. Name the attribute that says who sold (--seller), or let the import fill in the owner.`,
        ),
      ],
    };
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

function overviewOf(findings: readonly DealFinding[], asked: PatternsAsked): Section {
  const { words, question, patterns } = asked;
  return {
    heading: `${plural(findings.length, 'finding')} confirmed`,
    blocks: [
      differenceChart(findings, asked, {
        title: `Difference in how often ${patterns.stars ? 'stars have it' : words.is(question.outcome, question.won)}, in percentage points`,
        table: 'Difference on comparable work, in percentage points, with its 95 % interval',
      }),
      text(
        patterns.stars
          ? 'Whether it wins, and is not merely what they are like, what goes along with winning may tell, and a trial with a control group.'
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
  const draft = drafts.get(finding);
  const blocks: Block[] = [text(findingSentence(finding, asked))];
  if (!patterns.stars)
    blocks.push(
      standingChart(having, without, asked),
      {
        kind: 'records',
        title: `Such ${noun}s, as the finding says`,
        records: finding.examples,
      },
      {
        kind: 'records',
        title: `Such ${noun}s that came out otherwise`,
        records: finding.counterExamples,
      },
    );
  const common = commonCautions(patterns.findings.filter((one) => one.confirmed));
  blocks.push(
    ...cautionList(
      couldMislead.filter((caution) => !common.includes(caution)),
      common.length > 0 ? 'How it could mislead, too:' : 'How it could mislead:',
    ),
  );
  if (draft || !patterns.stars)
    blocks.push(
      ...draftBlocks(draft, 'No draft play: no attribute can say this yet. Write it as a pattern.'),
    );
  return { heading: `${number}. ${capital(words.pattern(finding.pattern))}`, blocks };
}

function unconfirmedOf(findings: readonly DealFinding[], asked: PatternsAsked): Section {
  return {
    heading: 'Suggested, and not confirmed',
    blocks: [
      text(
        'The first half of the data suggested these; the second half did not bear them out, or they say nothing beyond the findings above. Do not act on them. p tells what a pattern adds to those above it, and the interval what it makes by itself: both have to hold.',
      ),
      differenceChart(findings, asked, {
        title: 'Difference in the half that had to confirm it, in percentage points',
        table: 'Difference on comparable work in the second half, in percentage points',
      }),
    ],
  };
}

function leftOut({ question, deals, patterns, words }: PatternsAsked): Section {
  const noun = nounOf(question);
  const { left, quickQuarterDays, activities } = deals;
  const items = [
    lookedAt(deals, words),
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
      `What was done is not looked at. ${quickQuarterDays ? `Three in four ${noun}s take at least ${plural(quickQuarterDays, 'day')}: ask what is done in the first ${quickQuarterDays} days (--first-days ${quickQuarterDays}).` : 'Ask what is done in the first days (--first-days N).'}`,
    );
  return {
    heading: 'What was looked at, and what was left out',
    isAside: true,
    blocks: [{ kind: 'list', items }],
  };
}
