import type { StarDifference } from '../analyze/compare-stars.js';
import type { Deals } from '../deal-table.js';
import { plural } from '../view/count.js';
import { capital } from '../view/format.js';
import { nounOf, pText } from './finding-words.js';
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

/** What came of asking whether stars differ in a measure. */
export interface StarMeasure {
  /** Sellers who win more on comparable work than chance explains, and the rest. */
  readonly stars: number;
  readonly others: number;
  /** All that are decided were won, or all were lost. */
  readonly isOneSided: boolean;
  /** Absent: one of the groups has fewer than five with a deal that is measured. */
  readonly compared?: StarDifference;
  /** Of the deals of stars and of the others: how many, their average, and the middle one. */
  readonly standing: readonly {
    readonly deals: number;
    readonly mean: number;
    readonly median: number;
  }[];
}

interface StarMeasureAsked extends MeasureTold {
  readonly found: StarMeasure;
  readonly deals: Deals;
  /** Qualified, besides the time. */
  readonly adjustFor: readonly string[];
  readonly sameTime?: 'month' | 'quarter';
}

export function starMeasureReport(asked: StarMeasureAsked): Report {
  const { found, words, adjustFor, sameTime, question } = asked;
  const { compared, stars, others } = found;
  const noun = nounOf(question);
  const alike = [
    ...(sameTime ? [`begun in the same ${sameTime}`] : []),
    ...(adjustFor.length > 0 ? [`alike in ${words.words.list(adjustFor.map(words.label))}`] : []),
  ];
  return {
    title: `Whether stars differ in ${measureName(asked)}`,
    lead: [
      `Stars are those who win more on comparable work than chance explains: ${plural(stars, 'star')} and ${plural(others, 'other')}.${compared ? ` ${countMeasured(asked, compared.rows)}, ${compared.starRows} of them of stars.` : ''}${alike.length > 0 ? ` Compared are ${noun}s ${words.words.list(alike)}.` : ''} A seller is one observation. It is one test and no search.`,
    ],
    sections: [compared ? resultOf(compared, asked) : notCompared(asked)],
  };
}

/** What came of it, in a sentence. */
export function starMeasureSentence(compared: StarDifference, told: MeasureTold): string {
  const { difference, interval, p } = compared;
  const ones = measuredOnes(told);
  return `${capital(differenceText(told, { ones: `${ones} of stars`, others: 'comparable ones of the others', difference }))} (95 % interval ${signedText(told, interval[0])} to ${signedText(told, interval[1])}; p ${pText(p)}).${middleSentence(told, compared, `Of two comparable ones, one of a star and one of another`)}`;
}

function resultOf(compared: StarDifference, asked: StarMeasureAsked): Section {
  const { found } = asked;
  const { confirmed, smallestEffect } = compared;
  const noun = nounOf(asked.question);
  const table: Block = {
    kind: 'table',
    title: `Over all ${measuredOnes(asked)}, before like is compared with like`,
    head: ['', 'sellers', `${noun}s`, 'average', 'middle'],
    rows: found.standing.map(({ deals, mean, median }, i) => [
      i === 0 ? 'Stars' : 'Others',
      i === 0 ? compared.stars : compared.others,
      deals,
      amountText(asked, mean),
      amountText(asked, median),
    ]),
  };
  const chart = differenceOf(compared, asked);
  if (!confirmed)
    return {
      heading: 'No difference found',
      blocks: [
        text(
          `${starMeasureSentence(compared, asked)} That is no more than chance makes.${smallestEffect === undefined ? '' : ` The smallest difference that this much data would have shown nine times in ten is ${amountText(asked, smallestEffect)}; a smaller one may exist.`}`,
        ),
        chart,
        table,
      ],
    };
  return {
    heading: 'Stars differ',
    blocks: [
      text(starMeasureSentence(compared, asked)),
      chart,
      table,
      text('How it could mislead:'),
      {
        kind: 'list',
        items: [
          'Stars are told by the same records: what makes one win may make this, too.',
          'It does not say how they do it, nor that to do the same makes others win. What they do differently is told where stars are asked about alone (--stars without --measure); whether it helps, by a trial with a control group.',
        ],
      },
    ],
  };
}

function differenceOf(compared: StarDifference, asked: StarMeasureAsked): Block {
  const { difference, interval, p } = compared;
  const [low, high] = interval;
  const title = `Stars less the others, in the average of comparable ${nounOf(asked.question)}s`;
  const [said, from, to] = [difference, low, high].map((one) => signedText(asked, one));
  return {
    kind: 'chart',
    chart: {
      ...{ kind: 'intervals', title, zero: { value: 0, text: 'no difference' } },
      description: `${said}, from ${from} to ${to}. The dashed line is no difference.`,
      rows: [{ label: 'Stars', value: difference, text: String(said), low, high }],
    },
    data: {
      kind: 'table',
      title: `${title}, with its 95 % interval`,
      head: ['difference', 'from', 'to', 'in the middle', 'p'],
      rows: [[String(said), String(from), String(to), middleText(asked, compared), pText(p)]],
    },
  };
}

function notCompared({ found, deals }: StarMeasureAsked): Section {
  const heading = 'No figures about stars';
  if (!deals.table.sellers)
    return {
      heading,
      blocks: [
        text('Who sold is not in the data, so nobody can be told to sell more than others.'),
      ],
    };
  if (found.isOneSided)
    return {
      heading: 'Nothing to compare',
      blocks: [
        text('All that are decided ended the same way, so that nobody wins more than others.'),
      ],
    };
  return found.stars === 0
    ? {
        heading: 'No stars',
        blocks: [text('Nobody wins more on comparable work than chance alone would have it.')],
      }
    : {
        heading,
        blocks: [
          text(
            'Stars, or the others, are fewer than five of whom it is known. Such groups are not told of, and nothing was looked for.',
          ),
        ],
      };
}
