import type { Calibration, ForecastAnalysis } from '../analyze-forecast.js';
import { isTooLittle } from '../analyze-retention.js';
import type { ForecastQuestion } from '../forecast-book.js';
import type { DealEvidence, StageEvidence } from '../stage-evidence.js';
import { count, plural } from '../view/count.js';
import { clean } from '../view/format.js';
import type { TeamForecast } from './answer-forecast.js';
import type { PatternWords } from './pattern-words.js';
import { type Report, type Section, text } from './report.js';
import { calibrationBlock, listSection, percent, tooLittleSection } from './report-parts.js';

export interface ForecastAsked {
  readonly analysis: ForecastAnalysis;
  readonly teams: { readonly told: readonly TeamForecast[]; readonly small: number };
  readonly evidence: readonly StageEvidence[];
  readonly open: readonly DealEvidence[];
  readonly words: PatternWords;
  readonly question: ForecastQuestion;
  /** It is of one person, for that person. */
  readonly isPrivate: boolean;
}

const tenths = (rate: number): string => `${(100 * rate).toFixed(1)} %`;

export function forecastReport(asked: ForecastAsked): Report {
  const { analysis, words, question, isPrivate } = asked;
  const { deals, quarters } = analysis;
  const slipped = deals.filter(({ came }) => came === 'slipped').length;
  return {
    title: isPrivate ? 'Your forecast, and what came' : 'The forecast, and what came',
    lead: [
      `What ${words.label(question.said)} said, at the beginning of each quarter, of the deals that were to close in it, against what came by its end. Facts are never edited, so it is what was said then.`,
      quarters.length === 0
        ? 'No quarter is over for which deals with a close date were told at its beginning.'
        : `${plural(deals.length, 'forecast')} in ${plural(quarters.length, 'quarter')}; ${count(slipped)} of them (${percent(slipped / Math.max(1, deals.length))}) were still open at its end: they slipped, and are not lost.`,
      ...(isPrivate ? ['This is for you alone.'] : []),
    ],
    sections: [
      ...outlookSection(asked),
      ...(quarters.length > 0
        ? [moneySection(asked), calibrationSection(asked), slipsSection(asked)]
        : []),
      ...teamSection(asked),
      ...evidenceSections(asked),
    ],
  };
}

function outlookSection({ analysis: { outlook }, words }: ForecastAsked): readonly Section[] {
  if (!outlook) return [];
  const money = (minor: number): string => words.words.roughly(minor, 'money');
  const { quarter, deals, wonMinor, expectedMinor, low, middle, high, claimedMinor, overdue } =
    outlook;
  return [
    {
      heading: `The quarter that runs, ${quarter}`,
      blocks: [
        text(
          `${money(wonMinor)} is won, and ${plural(deals, 'open deal')} are to close. By what came of such deals so far, it ends between ${money(low)} and ${money(high)} in eight cases of ten; as likely above ${money(middle)} as below, ${money(expectedMinor)} on average.${claimedMinor === undefined ? '' : ` By the chances that are claimed it would be ${money(claimedMinor)}.`}`,
        ),
        text(
          `Deals of one customer, and of one quarter's end, hang together, so the truth may lie further out.${overdue > 0 ? ` ${plural(overdue, 'deal')} of these ${overdue === 1 ? 'is' : 'are'} past the close date already: ask the buyer for a new one.` : ''}`,
        ),
      ],
    },
  ];
}

function moneySection({ analysis: { quarters, deals }, words }: ForecastAsked): Section {
  const money = (minor: number | undefined): string =>
    minor === undefined ? 'nothing to learn from yet' : words.words.roughly(minor, 'money');
  const claims = quarters.some(({ claimedMinor }) => claimedMinor !== undefined);
  const known = quarters.filter(({ learnedMinor }) => learnedMinor !== undefined);
  const sum = (
    of: (one: (typeof quarters)[number]) => number | undefined,
    some = quarters,
  ): number => some.reduce((total, one) => total + (of(one) ?? 0), 0);
  const won = sum(({ wonMinor }) => wonMinor);
  const claimed = sum(({ claimedMinor }) => claimedMinor);
  /** How far the sum would stray if every chance were true. */
  const chance = (by: 'claimed' | 'learned'): string =>
    money(
      1.96 *
        Math.sqrt(
          deals.reduce((total, one) => {
            const p = one[by] ?? 0;
            return total + one.amountMinor ** 2 * p * (1 - p);
          }, 0),
        ),
    );
  const over = (expected: number, came: number, by: 'claimed' | 'learned'): string =>
    came === 0
      ? 'nothing of it came'
      : `${expected >= came ? 'over' : 'under'}-forecast by ${money(Math.abs(expected - came))} (${percent(Math.abs(expected - came) / came)}); chance alone would move such a sum by up to ${chance(by)} in 95 cases of 100`;
  const sentences = [
    ...(claims
      ? [
          `What was claimed: ${money(claimed)}; what came: ${money(won)}. That is ${over(claimed, won, 'claimed')}.`,
        ]
      : []),
    ...(known.length > 0
      ? [
          `What earlier quarters gave: ${money(sum(({ learnedMinor }) => learnedMinor, known))}; what came in the same ones: ${money(sum(({ wonMinor }) => wonMinor, known))}. That is ${over(
            sum(({ learnedMinor }) => learnedMinor, known),
            sum(({ wonMinor }) => wonMinor, known),
            'learned',
          )}.`,
        ]
      : []),
  ];
  return {
    heading: 'In money',
    blocks: [
      ...sentences.map(text),
      {
        kind: 'table',
        title: 'Deals that were to close in a quarter, as they stood at its beginning',
        head: [
          'quarter',
          'deals',
          ...(claims ? ['claimed'] : []),
          'by earlier quarters',
          'won in it',
        ],
        rows: quarters.map((one) => [
          one.quarter,
          one.deals,
          ...(claims ? [money(one.claimedMinor)] : []),
          money(one.learnedMinor),
          money(one.wonMinor),
        ]),
      },
    ],
  };
}

function calibrationSection({
  analysis: { claimed, learned, rates },
  words,
  question,
}: ForecastAsked): Section {
  const judged = claimed ?? learned;
  const what = claimed ? 'claimed' : 'expected by earlier quarters';
  if (isTooLittle<Calibration>(judged)) return tooLittleSection(judged);
  const gap = judged.said - judged.came;
  const p = judged.spiegelhalter?.p;
  return {
    heading: 'How well chances hold',
    blocks: [
      text(
        `On average ${tenths(judged.said)} was ${what}, and ${tenths(judged.came)} were won in the quarter: ${Math.abs(gap) < 0.02 ? 'about right' : `${(100 * Math.abs(gap)).toFixed(1)} points too ${gap > 0 ? 'high' : 'low'}`}.${p === undefined ? '' : ` ${p < 0.05 ? 'Chance alone does not explain the difference' : 'Chance alone may explain the difference'} (p ${p < 0.001 ? '< 0.001' : p.toFixed(3)}).`}`,
      ),
      calibrationBlock(
        'How many were won in the quarter, by the chance they were given',
        judged.groups,
        'chance',
        'won',
        'deals',
      ),
      text(
        `Brier score ${judged.brier.toFixed(3)} = miscalibration ${judged.miscalibration.toFixed(3)} - discrimination ${judged.discrimination.toFixed(3)} + uncertainty ${judged.uncertainty.toFixed(3)}; 0 is best, and to say the same of every deal gives ${judged.uncertainty.toFixed(3)}.`,
      ),
      {
        kind: 'table',
        title: `Won in the quarter, by ${words.label(question.said)} at its beginning`,
        head: [words.label(question.said), 'deals', 'won in it', ...(claimed ? ['claimed'] : [])],
        rows: rates.map(({ said, deals, won, claimed: claim }) => [
          clean(said, 40),
          deals,
          percent(won / deals),
          ...(claimed ? [claim === undefined ? 'nothing' : percent(claim)] : []),
        ]),
      },
    ],
  };
}

function slipsSection({ analysis: { slips } }: ForecastAsked): Section {
  return {
    heading: 'Close dates',
    blocks: [
      text(
        slips.deals === 0
          ? 'No decided deal had a close date.'
          : `Of ${plural(slips.deals, 'decided deal')}, ${count(slips.moved)} (${percent(slips.moved / slips.deals)}) had their close date moved later${slips.medianDays === undefined ? '' : `, half of those by ${plural(Math.round(slips.medianDays), 'day')} or more`}. A date that the buyer has named holds better than one that we have.`,
      ),
    ],
  };
}

function teamSection({ teams: { told, small }, words }: ForecastAsked): readonly Section[] {
  if (told.length === 0 && small === 0) return [];
  const money = (minor: number): string => words.words.roughly(minor, 'money');
  const sums = told.map(({ forecast: { quarters } }) => ({
    said: quarters.reduce(
      (sum, { claimedMinor, learnedMinor }) => sum + (claimedMinor ?? learnedMinor ?? 0),
      0,
    ),
    // Of the quarters of which something was said.
    won: quarters.reduce(
      (sum, { claimedMinor, learnedMinor, wonMinor }) =>
        sum + ((claimedMinor ?? learnedMinor) === undefined ? 0 : wonMinor),
      0,
    ),
  }));
  return [
    {
      heading: 'By team',
      blocks: [
        ...(small > 0
          ? [
              text(
                `${plural(small, 'team')} of fewer than five people ${small === 1 ? 'is' : 'are'} not told of.`,
              ),
            ]
          : []),
        ...(told.length > 0
          ? [
              {
                kind: 'table',
                title: 'Teams of five or more, by name',
                head: ['team', 'people', 'forecasts', 'said', 'won'],
                rows: told.map(({ group, people, forecast: { deals } }, i) => [
                  clean(group, 40),
                  people,
                  deals.length,
                  money(sums[i]?.said ?? 0),
                  money(sums[i]?.won ?? 0),
                ]),
              } as const,
            ]
          : []),
      ],
    },
  ];
}

function evidenceSections({ evidence, open, words, question }: ForecastAsked): readonly Section[] {
  const stage = words.label(question.outcome);
  if (evidence.length === 0)
    return [
      {
        heading: `${stage}, and what the buyer did`,
        blocks: [
          text(
            'Too little data: it takes 20 won deals in a stage, with acts of the buyer that are verified.',
          ),
        ],
      },
    ];
  const event = (type: string): string => words.words.event(type);
  const usual = (types: StageEvidence['usual']): string =>
    types.map(({ type, share }) => `${event(type)} (${percent(share)})`).join('; ') ||
    'nothing in particular';
  const isAnyUsual = evidence.some(({ usual: types }) => types.length > 0);
  const lacking = open.filter(({ missing }) => missing.length > 0);
  return [
    {
      heading: `${stage}, and what the buyer did`,
      blocks: [
        text(
          'What counts is what a person of the buyer did, verified: no opening by a scanner, no meeting that they were merely copied into, nothing that we did. Usual is what at least 75 % of the won deals had seen before they were first said to be there.',
        ),
        {
          kind: 'table',
          title: 'What buyers of won deals had done',
          head: [stage, 'won deals', 'usual'],
          rows: evidence.map(({ said, deals, usual: types }) => [
            clean(said, 40),
            deals,
            usual(types),
          ]),
        },
      ],
    },
    listSection(
      'Open deals that are said to be further than the buyer has shown',
      lacking,
      'Not a reproach: the buyer may have done it where we do not see it. Log it, or ask for it as the next step. Deals that lack most come first.',
      isAnyUsual
        ? `Of ${plural(open.length, 'open deal')}, each buyer has done what is usual where the deal is said to be.`
        : `Nothing can be said of the ${plural(open.length, 'open deal')}: no act of the buyer is usual before any stage, or none is in the data.`,
      {
        title: 'Open deals, by what is missing',
        head: ['deal', 'said to be', 'borne out', 'the buyer did', 'to ask for next'],
        row: ({ deal: { name, record }, said, borneOut, done, missing }) => [
          clean(name ?? record, 60),
          clean(said, 40),
          borneOut === undefined ? 'no stage yet' : clean(borneOut, 40),
          done
            .map(({ type, count: times }) => `${event(type)}${times > 1 ? ` (${times})` : ''}`)
            .join('; ') || 'nothing yet',
          missing.map(({ type }) => event(type)).join('; '),
        ],
      },
    ),
  ];
}
