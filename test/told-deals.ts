import { createRandom } from '../src/core/random.js';
import type { Fact } from '../src/domain/fact.js';
import type { JsonObject } from '../src/domain/value.js';

export const DAY = 86_400_000;
/** Long ago: what is said to happen later than the clock stands is taken as of now. */
export const START: number = Date.parse('2019-01-07T09:00:00Z');

/** A playbook whose attributes the deals below have. */
export const TOLD_PLAYBOOK = {
  'playbook.yaml': `name: Analysis
currency: EUR
zone: UTC
holdout: { rate: 0.5, salt: test }
costs: { minute: 0, touch: 0.02 }
contactPolicy:
  limits: [{ touches: 3, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: segment, label: Segment, type: choice, of: account, values: [small, large] }
  - { id: region, label: Region, type: choice, of: account, values: [north, south, east] }
  - { id: bought, label: Bought so far, type: number, unit: money, of: account, derive: { sum: { types: [purchase], field: amount } } }
  - { id: name, label: Name, type: text, of: opportunity }
  - { id: owner, label: Owner, type: text, of: opportunity }
  - { id: stage, label: Stage, type: choice, of: opportunity, values: [Open, Offer, Won, Lost] }
  - { id: amount, label: Amount, type: number, unit: money, of: opportunity }
  - { id: closeDate, label: Closes, type: date, of: opportunity }
  - { id: need, label: Need, type: choice, of: opportunity, values: [urgent, later] }
`,
};

let facts = 0;

export function tell(
  type: string,
  account: string,
  at: number,
  data: JsonObject,
  about: readonly string[] = [],
  more: Partial<Fact> = {},
): Fact {
  return {
    id: `t:fact:${String(++facts).padStart(8, '0')}`,
    type,
    subjects: [account],
    about: about.length > 0 ? about : [account],
    occurredAt: at,
    learnedAt: at,
    grade: 'observed',
    data,
    ...more,
  };
}

export interface DealsOptions {
  /** An urgent need is won more often by so much. */
  readonly effect: number;
  /** A call in the first week is won more often by so much. */
  readonly callEffect?: number;
  readonly sellers?: number;
  readonly dealsEach?: number;
  readonly name?: string;
  /** The first so many sellers win a third more of whatever they do, and call in the first week nearly always. */
  readonly stars?: number;
}

/** Deals of which it is known what made them end as they did; each takes 30 to 60 days. */
export function tellDeals({
  effect,
  callEffect = 0,
  sellers = 24,
  dealsEach = 40,
  name = 'Deal',
  stars = 0,
}: DealsOptions): readonly Fact[] {
  const random = createRandom(`deals ${effect} ${callEffect}`);
  const told: Fact[] = [];
  for (let seller = 0; seller < sellers; seller++)
    for (let number = 0; number < dealsEach; number++) {
      const id = `${seller}-${number}`;
      const [account, deal] = [`t:account:${id}`, `t:opportunity:${id}`];
      const at = START + Math.floor(random() * 300) * DAY;
      const isStar = seller < stars;
      const [isUrgent, isCalled] = [
        random() < 0.4,
        random() < (isStar ? 0.95 : stars > 0 ? 0.3 : 0.5),
      ];
      const chance =
        0.35 + (isStar ? 0.33 : 0) + (isUrgent ? effect : 0) + (isCalled ? callEffect : 0);
      const isWon = random() < chance;
      const end = at + (30 + Math.floor(random() * 30)) * DAY;
      const segment = random() < 0.3 ? 'large' : 'small';
      const region = ['north', 'south', 'east'][Math.floor(random() * 3)] as string;
      const amount = { amountMinor: Math.round(1e6 * random()), currency: 'EUR' };
      const owner = `t:rep:${seller}`;
      told.push(
        tell('record-changed', account, at - DAY, {
          values: { name: `Firm ${id}`, segment, region },
        }),
        tell(
          'record-changed',
          account,
          at,
          {
            values: {
              name: `${name} ${id}`,
              owner,
              amount,
              need: isUrgent ? 'urgent' : 'later',
              stage: 'Open',
            },
          },
          [deal],
        ),
        ...(isCalled
          ? [
              tell('call-made', account, at + (1 + Math.floor(random() * 5)) * DAY, {}, [
                account,
                deal,
              ]),
            ]
          : []),
        // What is written at the end tells the end, and must not explain it.
        tell(
          'record-changed',
          account,
          end,
          { values: { stage: isWon ? 'Won' : 'Lost', need: isWon ? 'urgent' : 'later' } },
          [deal],
        ),
      );
    }
  return told;
}
