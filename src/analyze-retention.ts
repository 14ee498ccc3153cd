import type { AccountBook, AccountEntry } from './account-book.js';
import {
  type BgNbd,
  fitBgNbd,
  lookAhead,
  type Outlook,
  type PurchaseSummary,
} from './analyze/bg-nbd.js';
import { type Calibration, calibrate } from './analyze/calibration.js';
import { findLeaks, type Leak } from './analyze/find-leaks.js';
import {
  expectedValue,
  fitGammaGamma,
  type GammaGamma,
  type MeanValue,
} from './analyze/gamma-gamma.js';
import { estimateRenewalRisk, type RenewalRisk } from './analyze/renewal-risk.js';
import type { Column } from './analyze/table.js';
import type { Span } from './analyze/time-unit.js';
import { isTooLittle, type TooLittleData } from './analyze/too-little-data.js';
import { type Sliced, within } from './core/run-sliced.js';
import { median } from './core/statistics.js';
import type { AttributeValue, SubjectKey } from './domain/value.js';

export { isTooLittle, type TooLittleData };

/** A customer without a contract, as buying so far has it. */
export interface CustomerOutlook extends Outlook {
  readonly account: SubjectKey;
  readonly name?: string;
  readonly daysSinceLast: number;
  /** The median of its own gaps between days with a purchase; absent below three of them. */
  readonly usualGapDays?: number;
  /** In the last 365 days. */
  readonly boughtMinor: number;
  /** Expected purchases times what one is expected to be worth; absent where that is not known. */
  readonly expectedMinor?: number;
}

export interface BuyingAgain {
  readonly model: BgNbd;
  /** Absent: too few amounts are told. */
  readonly value?: GammaGamma;
  readonly ahead: Span;
  readonly customers: readonly CustomerOutlook[];
  /** What a model of the first two thirds of the time said of the last third. */
  readonly check: BuyingCheck | TooLittleData;
}

export interface BuyingCheck {
  readonly days: number;
  /** Purchases (days with one) that were expected of all, and that came. */
  readonly expected: number;
  readonly came: number;
  /** Of whether each buys at all. */
  readonly buys: Calibration;
  /** The total was within a fifth, and what was said of each is no further off than chance allows, or by five points on average. */
  readonly holds: boolean;
}

const DAY = 'day';
/** Of the whole time, the share that checks what the rest says. */
const CHECKED = 1 / 3;
/** Gaps that make a rhythm. */
const FEWEST_GAPS = 3;

/**
 * Who is about to leave and who will buy, of customers who are bound by no contract. Purchases of one day are one: an
 * order is often written down in parts.
 */
export function analyzeBuying(
  { accounts, today }: AccountBook,
  aheadDays: number,
): BuyingAgain | TooLittleData {
  const buyers = accounts.filter(({ purchases }) => purchases.length > 0);
  const days = buyers.map(({ purchases }) => [...new Set(purchases.map(({ day }) => day))]);
  const summaries = days.map((own) => summaryOf(own, today));
  const model = fitBgNbd({ unit: DAY, customers: summaries });
  if (isTooLittle(model)) return model;
  const ahead: Span = { amount: aheadDays, unit: DAY };
  const outlooks = lookAhead({ unit: DAY, customers: summaries }, ahead, model);
  const values = buyers.map((buyer, i) => meanValueOf(buyer, days[i] as readonly number[]));
  const value = fitGammaGamma(values);
  const knowsValue = !isTooLittle(value);
  return {
    model,
    ...(knowsValue && { value }),
    ahead,
    customers: buyers.map((buyer, i) => {
      const outlook = outlooks[i] as Outlook;
      const worth = knowsValue ? expectedValue(values[i] as MeanValue, value) : undefined;
      return {
        ...customerOf(buyer, days[i] as readonly number[], today),
        ...outlook,
        ...(worth !== undefined && { expectedMinor: Math.round(worth * outlook.expected) }),
      };
    }),
    check: checkBuying(days, today),
  };
}

function summaryOf(days: readonly number[], today: number): PurchaseSummary {
  const first = days[0] as number;
  return { repeats: days.length - 1, last: (days.at(-1) as number) - first, age: today - first };
}

/** Of the days after the first one, in minor units. */
function meanValueOf({ purchases }: AccountEntry, days: readonly number[]): MeanValue {
  const later = purchases.filter(({ day }) => day !== days[0]);
  const told = later.filter(({ amountMinor }) => amountMinor !== undefined);
  const dayCount = new Set(told.map(({ day }) => day)).size;
  const sum = told.reduce((total, { amountMinor }) => total + (amountMinor as number), 0);
  return { repeats: dayCount, mean: dayCount > 0 ? sum / dayCount : 0 };
}

function customerOf(
  { account, name, purchases }: AccountEntry,
  days: readonly number[],
  today: number,
): Omit<CustomerOutlook, keyof Outlook> {
  const gaps = days.slice(1).map((day, i) => day - (days[i] as number));
  const recent = purchases.filter(({ day }) => day > today - 365);
  return {
    account,
    ...(name !== undefined && { name }),
    daysSinceLast: today - (days.at(-1) as number),
    ...(gaps.length >= FEWEST_GAPS && { usualGapDays: median(gaps) }),
    boughtMinor: recent.reduce((sum, { amountMinor = 0 }) => sum + amountMinor, 0),
  };
}

function checkBuying(
  days: readonly (readonly number[])[],
  today: number,
): BuyingCheck | TooLittleData {
  const first = days.reduce((least, own) => Math.min(least, own[0] as number), today);
  const held = Math.floor((today - first) * CHECKED);
  const then = today - held;
  const known = days.filter((own) => (own[0] as number) <= then);
  const before = known.map((own) => own.filter((day) => day <= then));
  const customers = before.map((own) => summaryOf(own, then));
  const model = fitBgNbd({ unit: DAY, customers });
  if (isTooLittle(model)) return model;
  const outlooks = lookAhead({ unit: DAY, customers }, { amount: held, unit: DAY }, model);
  const came = known.map((own, i) => own.length - (before[i] as readonly number[]).length);
  const buys = calibrate(
    outlooks.map((outlook, i) => ({ said: outlook.buys, came: (came[i] as number) > 0 ? 1 : 0 })),
    { groups: 5 },
  );
  if (isTooLittle(buys)) return buys;
  const expected = outlooks.reduce((sum, one) => sum + one.expected, 0);
  const total = came.reduce((sum, one) => sum + one, 0);
  const isTotalRight = total > 0 && expected / total > 0.8 && expected / total < 1.25;
  const isEachRight = buys.meanGap <= 0.05 || (buys.spiegelhalter?.p ?? 1) >= 0.05;
  return { days: held, expected, came: total, buys, holds: isTotalRight && isEachRight };
}

export interface RenewalQuestion {
  /** A qualified attribute of the account. */
  readonly attribute: string;
  readonly left: readonly AttributeValue[];
  readonly stayed: readonly AttributeValue[];
  readonly leaveOut: readonly string[];
  readonly seed: string | number;
}

export interface Renewals {
  readonly risk: RenewalRisk;
  /** One a row of the risk. */
  readonly accounts: readonly (Pick<AccountEntry, 'account' | 'name'> & {
    readonly hasLeft: boolean;
  })[];
  readonly columns: readonly Column[];
  readonly leaks: readonly Leak[];
}

/** Who may not renew, of customers who are bound by a contract, with what raises the risk of each. */
export function* analyzeRenewals(
  { accounts, attributes }: AccountBook,
  { attribute, left, stayed, leaveOut, seed }: RenewalQuestion,
): Sliced<Renewals | TooLittleData> {
  const place = attributes.findIndex(({ id }) => id === attribute);
  const valueIn = ({ values }: AccountEntry): AttributeValue | undefined => values[place];
  const isOne = (of: readonly AttributeValue[], value: AttributeValue | undefined): boolean =>
    value !== undefined && of.includes(value);
  const outcome = accounts.map((one) =>
    isOne(left, valueIn(one)) ? 1 : isOne(stayed, valueIn(one)) ? 0 : undefined,
  );
  const ignored = new Set([attribute, ...leaveOut]);
  const all = attributes.flatMap(({ id, type }, i): readonly Column[] =>
    ignored.has(id)
      ? []
      : [{ id, type: type as Column['type'], values: accounts.map(({ values }) => values[i]) }],
  );
  const known = outcome.flatMap((one, row) => (one === undefined ? [] : [row]));
  const leaks = yield* within(
    findLeaks({
      columns: all.map((column) => ({ ...column, values: known.map((row) => column.values[row]) })),
      outcome: known.map((row) => outcome[row] as number),
    }),
    0,
    0.1,
  );
  const leaking = new Set(leaks.map(({ column }) => column));
  const columns = all.filter(({ id }) => !leaking.has(id));
  const risk = yield* within(estimateRenewalRisk({ columns, left: outcome }, seed), 0.1, 1);
  if (isTooLittle(risk)) return risk;
  return {
    risk,
    accounts: accounts.map(({ account, name }, row) => ({
      account,
      ...(name !== undefined && { name }),
      hasLeft: outcome[row] === 1,
    })),
    columns,
    leaks,
  };
}
