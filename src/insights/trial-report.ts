import type { Trial, TrialComparison } from '../analyze-trial.js';
import { wilsonInterval } from '../core/statistics.js';
import type { TrialSettings } from '../domain/playbook.js';
import { count, plural } from '../view/count.js';
import { armsChart, points } from './arms-chart.js';
import { type Block, type Report, type Section, text } from './report.js';

interface Asked extends Pick<TrialSettings, 'success' | 'guardrails' | 'days'> {
  /** The attribute that holds the arms, by its id or its label. */
  readonly arm: string;
}

export function trialReport(
  trial: Trial,
  asked: Asked,
  { endsNow }: { readonly endsNow: boolean },
): Report {
  const { arms, comparisons, waiting } = trial;
  const [first] = arms;
  return {
    title: `How the trial of ${asked.arm} stands`,
    lead: [
      `A success is that the buyer did it, verified: ${asked.success.join(', ')}, within ${plural(asked.days, 'day')} of when a buying group entered. ${waiting === 0 ? '' : `${plural(waiting, 'group')} entered later than that and ${waiting === 1 ? 'does' : 'do'} not count yet. `}What reps accept or call helpful decides nothing.`,
      ...comparisons.map((one) => verdictWords(one, first?.arm ?? '')),
    ],
    sections: [
      ...stopSection(trial, endsNow),
      {
        heading: 'Arm by arm',
        blocks: [
          {
            kind: 'table',
            title: 'Buying groups, with 95 % intervals of the rate of this day alone',
            head: [
              'arm',
              'assigned',
              'entered',
              'count',
              'succeeded',
              'rate',
              'cards seen',
              'done',
              'helpful',
            ],
            rows: arms.map((one) => [
              one.arm,
              one.assigned,
              one.entered,
              one.known,
              one.succeeded,
              rateWords(one.succeeded, one.known),
              one.seen,
              one.done,
              one.helpful,
            ]),
          },
          ...(asked.guardrails.length === 0
            ? []
            : [
                {
                  kind: 'table' as const,
                  title: 'Guardrails: groups to which it happened',
                  head: ['arm', ...asked.guardrails],
                  rows: arms.map((one) => [
                    one.arm,
                    ...one.broke.map((broke) => `${broke} of ${one.known}`),
                  ]),
                },
              ]),
        ],
      },
      {
        heading: 'Differences',
        blocks: [
          differences(comparisons, first?.arm ?? ''),
          text(
            `How often chance alone deals out or lets enter so unevenly: ${trial.ratio.assigned.toPrecision(2)} and ${trial.ratio.entered.toPrecision(2)}. Below 0.001 the trial is broken.`,
          ),
        ],
      },
    ],
  };
}

function verdictWords({ arm, verdict, estimate }: TrialComparison, first: string): string {
  switch (verdict.is) {
    case 'better':
      return `${arm} is better than ${first}.`;
    case 'worse':
      return `${arm} is worse than ${first}.`;
    case 'no-difference-that-matters':
      return `Between ${arm} and ${first} there is no difference that matters.`;
    case 'not-enough-yet':
      return `${arm} against ${first}: not enough yet, ${
        verdict.more === undefined
          ? 'and too few to say how many it takes'
          : `about ${count(verdict.more)} more accounts${estimate ? ` beside the ${count(estimate.units)} that count` : ''}`
      }.`;
  }
}

/** Each arm against the first, with what it would take to be sure. */
function differences(comparisons: readonly TrialComparison[], first: string): Block {
  const data = {
    kind: 'table',
    title: 'Percentage points against the first arm; the intervals hold however often one looks',
    head: ['arm', 'measure', 'difference', 'from', 'to'],
    rows: comparisons.flatMap(differenceRows),
  } as const;
  const told = comparisons.flatMap(({ arm, verdict, estimate }) =>
    estimate
      ? {
          label: `${arm} against ${first}`,
          value: estimate.difference,
          interval: estimate.interval,
          isQuiet: verdict.is === 'not-enough-yet',
        }
      : [],
  );
  return armsChart('How many more of a hundred buying groups succeed', told, data);
}

function differenceRows({ arm, estimate, guardrails }: TrialComparison): readonly string[][] {
  return [{ type: 'success', estimate }, ...guardrails].map(({ type, estimate: found }) => [
    arm,
    type,
    ...(found ? [points(found.difference), ...found.interval.map(points)] : ['too few', '', '']),
  ]);
}

function stopSection({ stop, ended }: Trial, endsNow: boolean): readonly Section[] {
  if (stop.length === 0 && !ended) return [];
  const reasons = stop.map((one) =>
    one.because === 'sample-ratio'
      ? 'The arms are not as they were dealt out: something lets one of them in more often. Nothing it shows can be trusted.'
      : `${one.type} has become more frequent in ${one.arm}, and not by chance.`,
  );
  return [
    {
      heading: endsNow ? 'It has ended now' : 'It has ended',
      blocks: [
        text(
          `${[...reasons, ''].join(' ')}All accounts are back in the first arm; what is counted stays where it was.`,
        ),
      ],
    },
  ];
}

function rateWords(yes: number, of: number): string {
  if (of === 0) return '';
  const [low, high] = wilsonInterval(yes, of);
  return `${Math.round((100 * yes) / of)} % (${Math.round(100 * low)} to ${Math.round(100 * high)})`;
}
