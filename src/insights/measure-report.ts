import type { DealFinding } from '../analyze-deals.js';
import { QUARTER } from '../deal-table.js';
import type { PlayDraft } from '../draft-play.js';
import type { Measured } from '../measure-deals.js';
import { count, plural } from '../view/count.js';
import { capital } from '../view/format.js';
import { cautionList, commonCautions } from './cautions.js';
import { lookedAt, nounOf, type PatternsAsked, pText } from './finding-words.js';
import {
  amountText,
  countMeasured,
  differenceText,
  type MeasureTold,
  measuredOnes,
  measureName,
  middleSentence,
  middleText,
  signedText,
} from './measure-words.js';
import { type Block, type Report, type Section, text } from './report.js';
import { draftBlocks, tooLittleSection } from './report-parts.js';

export interface MeasureAsked extends PatternsAsked, MeasureTold {
  readonly measured: Measured;
}

const REPEATS: { readonly [because: string]: string } = {
  'known-after-the-decision': 'mostly filled in after the decision',
  'repeats-the-outcome': 'says the same as the measure',
};

/** What goes along with a measure of won deals being higher or lower. */
export function measureReport(
  asked: MeasureAsked & { readonly drafts: ReadonlyMap<DealFinding, PlayDraft> },
): Report {
  const { patterns } = asked;
  const name = measureName(asked);
  const confirmed = patterns.findings.filter((one) => one.confirmed);
  const rest = patterns.findings.filter((one) => !one.confirmed);
  return {
    title: `What goes along with ${name}`,
    lead: leadOf(asked),
    sections: [
      ...(confirmed.length > 0
        ? [overviewOf(confirmed, asked), ...confirmed.map((one, i) => sectionOf(one, i + 1, asked))]
        : [nothingFound(asked)]),
      ...(rest.length > 0
        ? [
            {
              heading: 'Suggested, and not confirmed',
              blocks: [
                text(
                  'The first half of the data suggested these; the second half did not bear them out, or they say nothing beyond the findings above. Do not act on them. p tells what a pattern adds to those above it, and the interval what it makes by itself: both have to hold.',
                ),
                differences(rest, asked),
              ],
            },
          ]
        : []),
      leftOut(asked),
    ],
  };
}

/** The finding, with its interval and on how much it rests. */
export function measureSentence(finding: DealFinding, asked: MeasureAsked): string {
  const { effect, interval, n, sellers, pattern } = finding;
  const { words, patterns } = asked;
  const [low, high] = interval;
  const basis = `${plural(n, nounOf(asked.question))}${patterns.sellers === undefined ? '' : ` of ${plural(sellers, 'seller')}`}`;
  const than = differenceText(asked, {
    ones: measuredOnes(asked),
    others: 'comparable ones',
    difference: effect,
  });
  return `Where ${words.pattern(pattern)}, ${than} (95 % interval ${signedText(asked, low)} to ${signedText(asked, high)}; ${basis}).`;
}

function leadOf(asked: MeasureAsked): readonly string[] {
  const { patterns, deals, measured, measure, words, adjustFor } = asked;
  const { rows, sellers, explored, heldOut } = patterns;
  if (rows === 0) return [];
  const alike = [
    ...(sellers === undefined ? [] : ['of the same seller']),
    ...(deals.table.columns.some(({ id }) => id === QUARTER)
      ? [`begun in the same ${measure === 'cycle' ? 'month' : 'quarter'}`]
      : []),
    ...(adjustFor.length > 0 ? [`alike in ${words.words.list(adjustFor.map(words.label))}`] : []),
  ];
  const noun = nounOf(asked.question);
  const compared = alike.length > 0 ? ` Compared are ${noun}s ${words.words.list(alike)}.` : '';
  const { tooYoung } = measured.left;
  const censored =
    measure === 'cycle'
      ? ` How long a deal takes is known once it is won. So ${plural(tooYoung, noun)} begun too late for slow ones to be won yet ${tooYoung === 1 ? 'is' : 'are'} left out; of the age of those that count ${plural(measured.stillOpen, noun)} still ${measured.stillOpen === 1 ? 'is' : 'are'} open, and were they slow, what slows deals is stronger than it looks here.`
      : '';
  return [
    `${countMeasured(asked, rows)}${sellers === undefined ? '' : ` of ${plural(sellers, 'seller')}`}.${compared}${censored}`,
    `One half (${plural(explored.rows, noun)}) suggested patterns, the other (${plural(heldOut.rows, noun)}) had to confirm them; figures of findings are of the second half. Averages are compared, so that a few very large values weigh much, and make intervals wide; the middle ones stand beside them.`,
  ];
}

function nothingFound(asked: MeasureAsked): Section {
  const { patterns, question } = asked;
  if (patterns.rows === 0) return notMeasured(asked);
  const smallest = patterns.noDriver?.smallestEffect;
  return {
    heading: 'No driver found',
    blocks: [
      text(
        smallest === undefined
          ? `Nothing was found, and nothing could have been: there are too few ${patterns.sellers === undefined ? '' : 'sellers or '}${nounOf(question)}s, or no pattern is frequent enough.`
          : `Nothing that was looked at goes along with ${measureName(asked)} beyond chance. The smallest difference that this much data would have shown nine times in ten is ${amountText(asked, smallest)}; smaller ones may exist.`,
      ),
    ],
  };
}

function notMeasured(asked: MeasureAsked): Section {
  const { tooYoung, tooEarly, notKnown } = asked.measured.left;
  const ones = measuredOnes(asked);
  const lacking =
    tooYoung + tooEarly > 0
      ? `begun so early that slow ones could have been won, and not before the first decision that is told (${count(tooYoung)} began too late, ${count(tooEarly)} too early)`
      : asked.measure === 'cycle'
        ? 'of which anything is told from before it was won, as an export of one line each does not tell'
        : `of which ${measureName(asked)} is known${notKnown > 0 ? `; of ${count(notKnown)} it is not` : ''}`;
  return tooLittleSection({ needed: `one of the ${ones} ${lacking}`, got: 0 });
}

function differences(findings: readonly DealFinding[], asked: MeasureAsked): Block {
  const { words } = asked;
  const known = findings.filter(({ effect, interval }) =>
    [effect, ...interval].every(Number.isFinite),
  );
  const noun = nounOf(asked.question);
  const title = `Difference of the averages on comparable ${noun}s`;
  const data = {
    kind: 'table',
    title: `${title}, with its 95 % interval`,
    head: ['pattern', 'difference', 'from', 'to', 'in the middle', `${noun}s`, 'p'],
    rows: known.map((finding) => [
      capital(words.pattern(finding.pattern)),
      ...[finding.effect, ...finding.interval].map((one) => signedText(asked, one)),
      middleText(asked, finding),
      finding.n,
      pText(finding.p),
    ]),
  } as const;
  if (known.length === 0) return text(`None of them has ${noun}s to be compared with.`);
  const rows = known.map(({ pattern, effect, interval: [low, high] }) => ({
    ...{ label: capital(words.pattern(pattern)), value: effect, low, high },
    text: signedText(asked, effect),
  }));
  const told = rows.map((one) => `${one.label}: ${one.text}`);
  return {
    kind: 'chart',
    chart: {
      ...{ kind: 'intervals', title, rows },
      description: `${told.join('. ')}. The dashed line is no difference.`,
      zero: { value: 0, text: 'no difference' },
    },
    data,
  };
}

function overviewOf(findings: readonly DealFinding[], asked: MeasureAsked): Section {
  return {
    heading: `${plural(findings.length, 'finding')} confirmed`,
    blocks: [
      differences(findings, asked),
      text(
        'These go along with it; none is proven to be its cause. Whether acting on it helps is for a trial with a control group: that is what the draft plays are for.',
      ),
      ...cautionList(commonCautions(findings), 'How each of them could mislead:'),
    ],
  };
}

function sectionOf(
  finding: DealFinding,
  number: number,
  asked: MeasureAsked & { readonly drafts: ReadonlyMap<DealFinding, PlayDraft> },
): Section {
  const { words, patterns, drafts } = asked;
  const { with: having, without, couldMislead, effect } = finding;
  const noun = nounOf(asked.question);
  const common = commonCautions(patterns.findings.filter((one) => one.confirmed));
  const standing = [
    { label: 'With it', ...having },
    { label: 'Without it', ...without },
  ];
  const shown = (amount: number | undefined): string =>
    amount === undefined ? '' : amountText(asked, amount);
  return {
    heading: `${number}. ${capital(words.pattern(finding.pattern))}`,
    blocks: [
      text(
        `${measureSentence(finding, asked)}${middleSentence(asked, finding, `Of two comparable ${noun}s, one with it and one without`)}`,
      ),
      {
        kind: 'table',
        title: `Over all ${measuredOnes(asked)}, before like is compared with like`,
        head: ['', `${noun}s`, 'average', 'middle'],
        rows: standing.map(({ label, deals, mean, median }) => [
          label,
          deals,
          shown(mean),
          shown(median),
        ]),
      },
      {
        kind: 'records',
        title: `Such ${noun}s with ${effect > 0 ? 'more' : 'less'} than the middle`,
        records: finding.examples,
      },
      {
        kind: 'records',
        title: `Such ${noun}s that came out otherwise`,
        records: finding.counterExamples,
      },
      ...cautionList(
        couldMislead.filter((caution) => !common.includes(caution)),
        common.length > 0 ? 'How it could mislead, too:' : 'How it could mislead:',
      ),
      ...draftBlocks(drafts.get(finding), 'No draft play: no attribute can say this yet.'),
    ],
  };
}

function leftOut(asked: MeasureAsked): Section {
  const { deals, patterns, measured, words } = asked;
  const { left } = measured;
  const items = [
    lookedAt(deals, words),
    ...patterns.leaks.map(
      ({ column, because, share }) =>
        `${words.label(column)} is left out: ${REPEATS[because] ?? because} (${Math.round(100 * share)} %).`,
    ),
  ];
  const add = (number: number, what: string): void => {
    if (number > 0) items.push(`${count(number)} left out: ${what}.`);
  };
  add(left.lost, `not of the ${measuredOnes(asked)}, and of those alone it is asked`);
  add(deals.left.open, 'not decided');
  add(left.notKnown, 'the measure is not known');
  add(left.tooYoung, 'begun too late for slow ones to be won yet');
  add(
    left.tooEarly,
    'begun before the first decision that is told, when quick ones may not be told',
  );
  add(deals.left.withoutSeller, 'without a seller');
  add(patterns.duplicates.length, 'looks like another one told again');
  return {
    heading: 'What was looked at, and what was left out',
    isAside: true,
    blocks: [{ kind: 'list', items }],
  };
}
