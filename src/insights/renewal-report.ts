import { isTooLittle, type Renewals, type TooLittleData } from '../analyze-retention.js';
import { count, plural } from '../view/count.js';
import type { PatternWords } from './pattern-words.js';
import { type Report, text } from './report.js';
import {
  calibrationBlock,
  listSection,
  nameOf,
  percent,
  tooLittleSection,
} from './report-parts.js';

/** From here on a customer is more likely to leave than to stay. */
const LIKELY = 0.5;
/** Of one who left and one who stayed the right one is named so often by what the leaving itself wrote, and hardly by else. */
const TOO_GOOD = 0.95;

export function renewalReport(
  renewals: Renewals | TooLittleData,
  {
    words,
    question,
  }: {
    readonly words: PatternWords;
    readonly question: {
      readonly attribute: string;
      readonly left: Parameters<PatternWords['is']>[1];
    };
  },
): Report {
  const title = 'Who may not renew';
  const meaning = words.is(question.attribute, question.left);
  if (isTooLittle<Renewals>(renewals))
    return { title, lead: [`To leave means: ${meaning}.`], sections: [tooLittleSection(renewals)] };
  const { risk, accounts, columns, leaks } = renewals;
  const { calibration } = risk;
  const here = accounts
    .map((one, row) => ({
      ...one,
      risk: risk.risk[row] as number,
      reasons: risk.reasons[row] ?? [],
    }))
    .filter(({ hasLeft }) => !hasLeft)
    .sort((one, other) => other.risk - one.risk);
  const atRisk = here.filter((one) => one.risk >= LIKELY);
  return {
    title,
    lead: [
      `To leave means: ${meaning}. ${plural(accounts.length, 'customer')}, ${count(accounts.length - here.length)} of whom left. Each is judged by a model that has not seen how it ended.`,
    ],
    sections: [
      {
        heading: 'How far to trust it',
        blocks: [
          text(
            `Over all, ${percent(calibration.said)} were said to leave, and ${percent(calibration.came)} left. Of one who left and one who stayed, the first was given the higher risk ${percent(calibration.auc ?? 0.5)} of the time. ${risk.isCalibrated ? 'The risks can be taken at their word.' : 'The risks cannot be taken at their word: use the order of the list, not the numbers.'}`,
          ),
          ...((calibration.auc ?? 0.5) >= TOO_GOOD
            ? [
                text(
                  'That is better than what is known beforehand usually allows. Look whether one of the reasons below was filled in because a customer had left; if so, leave it out (--leave-out) and ask again.',
                ),
              ]
            : []),
          calibrationBlock(
            'How many left, by the risk they were given',
            calibration.groups,
            'said to leave',
            'left',
          ),
          text(
            `Brier score ${calibration.brier.toFixed(3)} (0 is best; to say ${percent(calibration.came)} of everybody gives ${calibration.uncertainty.toFixed(3)}) = miscalibration ${calibration.miscalibration.toFixed(4)} - discrimination ${calibration.discrimination.toFixed(4)} + uncertainty ${calibration.uncertainty.toFixed(4)}.`,
          ),
        ],
      },
      listSection(
        'Still here, and more likely to leave than to stay',
        atRisk,
        'The highest risks first. The reasons are what raises the risk against the average customer; they go along with leaving, and need not be its cause.',
        here[0]
          ? `Nobody: the highest risk of a customer who is still here is ${percent(here[0].risk)}.`
          : 'Nobody is left.',
        {
          title: 'Customers by their risk',
          head: ['customer', 'risk', 'because'],
          row: (one) => [
            nameOf(one),
            percent(one.risk),
            one.reasons.map(({ test }) => words.pattern([test])).join('; '),
          ],
        },
      ),
      {
        heading: 'What it rests on',
        isAside: true,
        blocks: [
          {
            kind: 'list',
            items: [
              `Looked at, as it stands now: ${columns.map(({ id }) => words.label(id)).join('; ')}. A field that is filled in after a customer has left explains nothing: leave it out.`,
              ...leaks.map(
                ({ column }) =>
                  `${words.label(column)} is left out: it says the same as the outcome.`,
              ),
              'It takes 50 customers who left and 50 who stayed. Customers of whom neither is told are judged, and not learned from.',
            ],
          },
        ],
      },
    ],
  };
}
