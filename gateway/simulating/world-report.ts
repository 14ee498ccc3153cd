import { type Report, text } from '../../src/insights/report.js';
import { clean } from '../../src/view/format.js';
import { count, plural } from '../text.js';
import type { Comparison, Interval } from './compare-policies.js';
import type { World } from './world.js';

const VERDICTS = {
  lowest: 'Ours has the lowest regret of these.',
  'overlaps-the-lowest': 'Ours is not the lowest; its interval overlaps that of the lowest.',
  higher: 'Ours is higher than the lowest, and not by chance.',
};

const amount = ({ mean, low, high }: Interval): string =>
  Number.isFinite(low)
    ? `${count(Math.round(mean))} (${count(Math.round(low))} to ${count(Math.round(high))})`
    : count(Math.round(mean));
const share = ({ mean, low, high }: Interval): string =>
  Number.isFinite(low)
    ? `${(100 * mean).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`
    : `${(100 * mean).toFixed(1)} %`;

export function worldReport({ about, accounts }: World, compared: Comparison): Report {
  const { world, days, seeds, oracle, moments, standings, ours } = compared;
  const broken = standings.reduce((sum, one) => sum + one.broken, 0);
  return {
    title: `Policies in a simulated team: ${clean(world, 60)}`,
    lead: [
      ...(about === undefined ? [] : [clean(about, 400)]),
      `${plural(accounts, 'account')}, ${plural(days, 'day')}, ${plural(seeds, 'seed')}; reps looked ${count(Math.round(moments))} times in each. Who knows the truth and shows what earns most now earns ${count(Math.round(oracle))}. Regret is what the cards of a policy earn less, in truth and not by luck, with 95 % intervals over seeds.`,
    ],
    sections: [
      {
        heading: `Regret after ${plural(days, 'day')}`,
        blocks: [
          {
            kind: 'table',
            title: 'Lowest first',
            head: ['policy', 'regret', 'of what could be earned', 'more than ours', 'rules broken'],
            rows: standings
              .toSorted((a, b) => a.regret.mean - b.regret.mean)
              .map(({ policy, regret, share: part, beyondOurs, broken: own }) => [
                policy,
                amount(regret),
                share(part),
                beyondOurs ? amount(beyondOurs) : '',
                own,
              ]),
          },
          text(
            `${ours ? `${VERDICTS[ours]} ` : ''}${broken === 0 ? 'Contact policy, floors and rests were never broken.' : `Contact policy, floors or rests were broken ${count(broken)} times.`}`,
          ),
        ],
      },
    ],
  };
}
