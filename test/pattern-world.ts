import type { Column, Table } from '../src/analyze/table.js';
import { createRandom } from '../src/core/random.js';
import type { AttributeValue } from '../src/domain/value.js';

/** Deals of which it is known what made them end as they did. */
export interface WorldOptions {
  readonly seed: string | number;
  /** Default 40. */
  readonly sellers?: number;
  /** On average, of one seller. Default 60. */
  readonly deals?: number;
  /** Things that a seller may do, by habit more or less often. Default 12. */
  readonly habits?: number;
  /** All of these habits together raise the rate, or the amount in its standard deviations, by so much. */
  readonly effect?: { readonly habits: readonly number[]; readonly size: number };
  /** Large accounts buy more and are treated otherwise: habit 1 goes along with winning and does nothing. */
  readonly isConfounded?: boolean;
  /** Some sellers sell more whatever they do; how far apart they are, as a standard deviation of the rate. Default 0.08. */
  readonly talent?: number;
  /** Habit 2 grows with the talent of a seller, and does nothing. */
  readonly talentedHave?: boolean;
  /** Deals told twice, with another amount. */
  readonly copies?: number;
  /** A reason that is filled in when a deal is lost, and a copy of the outcome. */
  readonly hasLeaks?: boolean;
  /** An amount instead of won and lost. */
  readonly isAmount?: boolean;
  /** An amount with a long tail, as days and money have. */
  readonly isSkewed?: boolean;
}

/** The standard deviation of the logarithm of what varies by itself. */
const SKEW = 0.8;

export interface World {
  readonly table: Table;
  /** The sellers with the most talent, a fifth of all. */
  readonly talented: readonly string[];
}

const DAY = 86_400_000;
const SEGMENTS = ['small', 'middle', 'large'];

export function createPatternWorld(options: WorldOptions): World {
  const { seed, sellers = 40, deals = 60, habits = 12, talent = 0.08, copies = 0 } = options;
  const random = createRandom(`world ${seed}`);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  /** Of mean 0 and standard deviation 1. */
  const noise = (): number =>
    options.isSkewed
      ? (Math.exp(SKEW * normal()) - Math.exp(SKEW ** 2 / 2)) /
        Math.sqrt((Math.exp(SKEW ** 2) - 1) * Math.exp(SKEW ** 2))
      : normal();
  const rows: (readonly (AttributeValue | undefined)[])[] = [];
  const outcome: number[] = [];
  const sellerOf: string[] = [];
  const decidedAt: number[] = [];
  const talents: (readonly [string, number])[] = [];
  for (let number = 0; number < sellers; number++) {
    const seller = `demo:rep:${number}`;
    const gift = normal() * talent;
    talents.push([seller, gift]);
    const often = Array.from({ length: habits }, (_, habit) => {
      const share = 0.5 + 0.18 * normal();
      return options.talentedHave && habit === 2 ? share + 2 * gift : share;
    });
    const territory = `t${number % 4}`;
    for (let deal = Math.round(deals * (0.5 + random())); deal > 0; deal--) {
      const size = Math.floor(random() * 3);
      const does = often.map((share, habit) => {
        const shift = options.isConfounded && habit === 1 ? 0.35 * (size - 1) : 0;
        return random() < share + shift;
      });
      const effect = options.effect;
      const planted = effect?.habits.every((habit) => does[habit]) ? effect.size : 0;
      const pull = options.isConfounded ? 0.25 * (size - 1) : 0.05 * (size - 1);
      outcome.push(
        options.isAmount
          ? Math.round(1000 * (5 + pull + gift + planted + noise())) / 1000
          : Number(random() < 0.4 + pull + gift + planted),
      );
      const amount = Math.round(1000 * Math.exp(size + normal() / 2));
      const contacts = 1 + Math.floor(random() * 5);
      const region = `r${Math.floor(random() * 6)}`;
      rows.push([
        SEGMENTS[size],
        territory,
        amount,
        random() < 0.1 ? undefined : contacts,
        region,
        ...does,
      ]);
      sellerOf.push(seller);
      decidedAt.push((1000 + Math.floor(random() * 700)) * DAY);
    }
  }
  for (let copy = 0; copy < copies; copy++) {
    const at = Math.floor(random() * outcome.length);
    const row = [...(rows[at] as (typeof rows)[number])];
    row[2] = Number(row[2]) + 1;
    rows.push(row);
    outcome.push(outcome[at] as number);
    sellerOf.push(sellerOf[at] as string);
    decidedAt.push(decidedAt[at] as number);
  }
  const column = (id: string, type: Column['type'], place: number): Column => ({
    id,
    type,
    values: rows.map((row) => row[place]),
  });
  const columns = [
    column('account.segment', 'choice', 0),
    column('account.territory', 'choice', 1),
    column('opportunity.amount', 'number', 2),
    column('opportunity.contacts', 'number', 3),
    column('account.region', 'choice', 4),
    ...Array.from({ length: habits }, (_, i) => column(`habit.${i}`, 'boolean', 5 + i)),
  ];
  if (options.hasLeaks && options.isAmount) {
    const sorted = [...outcome].sort((one, other) => one - other);
    const band = (value: number): string =>
      `b${[0.25, 0.5, 0.75].filter((share) => value > (sorted[Math.floor(share * sorted.length)] as number)).length}`;
    columns.push(
      { id: 'opportunity.band', type: 'choice', values: outcome.map(band) },
      { id: 'opportunity.copy', type: 'number', values: outcome.map((one) => 2 * one + 1) },
    );
  }
  if (options.hasLeaks && !options.isAmount)
    columns.push(
      {
        id: 'opportunity.lossReason',
        type: 'choice',
        values: outcome.map((won) => (won === 1 || random() < 0.1 ? undefined : 'price')),
      },
      { id: 'opportunity.probability', type: 'number', values: outcome.map((won) => won * 100) },
      {
        id: 'opportunity.invoice',
        type: 'boolean',
        values: outcome.map((won) => won === 1 && random() < 0.7),
        knownAt: decidedAt.map((at) => at + (random() < 0.8 ? DAY : -DAY)),
      },
    );
  talents.sort(([, a], [, b]) => b - a);
  return {
    table: { columns, outcome, sellers: sellerOf, decidedAt },
    talented: talents.slice(0, Math.round(sellers / 5)).map(([seller]) => seller),
  };
}
