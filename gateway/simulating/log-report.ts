import { type Block, type Report, text } from '../../src/insights/report.js';
import type { Estimator } from '../../src/off-policy/estimate-value.js';
import type { Doubt } from '../../src/off-policy/judge-log.js';
import { clean } from '../../src/view/format.js';
import { count, plural } from '../text.js';
import type { Evaluated } from './evaluate-log.js';
import type { Log } from './read-log.js';

const NAMES: { readonly [estimator in Estimator]: string } = {
  logged: 'what the log earned',
  ips: 'IPS',
  clipped: 'IPS, clipped',
  snips: 'SNIPS',
  dm: 'DM (the model alone)',
  dr: 'DR',
  sndr: 'SNDR',
  'switch-dr': 'Switch-DR',
  'dr-shrunk': 'DR, shrunk weights',
};
const VERDICTS = {
  better: 'It would have earned more than what made the log',
  worse: 'It would have earned less than what made the log',
  'no-difference-shown': 'The log shows no difference to what made it',
};

/** Four digits that count. */
const figure = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : 'none';
const percent = (share: number): string => `${figure(100 * share)} %`;

export function logReport(log: Log, evaluated: readonly Evaluated[], about: string): Report {
  return {
    title: 'What another policy would have earned',
    lead: [
      about,
      'Each estimate is a mean a round, with a 95 % interval. A log can tell only of what it did itself, now and then: where it cannot carry a conclusion none is drawn, and the reason is given.',
    ],
    sections: evaluated.map((one) => ({
      heading: `Policy ${clean(one.policy, 60)}`,
      blocks: blocksOf(one, log),
    })),
  };
}

function blocksOf({ weights, doubts, estimates, verdict }: Evaluated, log: Log): readonly Block[] {
  const { dr, logged } = estimates;
  const conclusion =
    verdict && dr && logged
      ? `${VERDICTS[verdict]}: ${figure(dr.value)} a round (${figure(dr.low)} to ${figure(dr.high)}) against ${figure(logged.value)}, by DR; the difference lies between ${figure(dr.gain.low)} and ${figure(dr.gain.high)}.`
      : 'No conclusion: the log cannot carry it.';
  return [
    text(conclusion),
    ...(doubts.length === 0
      ? []
      : [{ kind: 'list' as const, items: doubts.map((doubt) => sentenceOf(doubt)) }]),
    text(
      `${plural(weights.rounds, 'round')}, ${plural(log.actions.length, 'action')}, ${plural(weights.units, 'unit')}. Mean weight ${figure(weights.mean)} (1 is right, give or take ${figure(1.96 * weights.meanError)}), largest ${figure(weights.largest)}, which is ${percent(weights.largestShare)} of all. The log is worth ${figure(weights.effective)} rounds of the policy itself, of which ${figure(weights.effectiveRewarded)} would be rewarded.`,
    ),
    {
      kind: 'table',
      title: 'Estimates a round',
      head: ['estimator', 'value', 'error', 'from', 'to', 'against the log, from', 'to'],
      rows: Object.entries(estimates).map(([name, { value, error, low, high, gain }]) => [
        NAMES[name as Estimator],
        ...[value, error, low, high, gain.low, gain.high].map(figure),
      ]),
    },
  ];
}

function sentenceOf(doubt: Doubt): string {
  switch (doubt.is) {
    case 'never-tried':
      return `The policy would do what the log never does: ${percent(doubt.share)} of it. Nothing is known of that.`;
    case 'mean-weight':
      return doubt.errors > 3
        ? `Weights are ${figure(doubt.mean)} on average and should be 1, which is no chance: the probabilities in the log are not those by which it was made, or it never does some of what the policy would do.`
        : `Weights are ${figure(doubt.mean)} on average and should be 1: a few large ones decide.`;
    case 'few-effective':
      return `The log is worth ${figure(doubt.effective)} rounds of the policy itself; it takes ${doubt.needed}. What made the log hardly ever did what the policy would do.`;
    case 'one-weight':
      return `One round carries ${percent(doubt.share)} of all weight, and no more than ${percent(doubt.most)} may lie on one: another draw of the log would say something else.`;
    case 'few-rewarded':
      return `Of what the log and the policy have in common ${figure(doubt.effective)} rounds would be rewarded; it takes ${doubt.needed}.`;
    case 'few-units':
      return `Rounds are of ${count(doubt.units)} units that are independent of each other; it takes ${doubt.needed}.`;
  }
}
