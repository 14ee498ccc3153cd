import type { AccountBook } from '../account-book.js';
import type { Column } from '../analyze/table.js';
import { FEWEST_PEOPLE } from '../analyze-deals.js';
import { stableJson } from '../core/stable-json.js';
import { dateOfDay, dayNumber } from '../core/zone.js';
import type { Deals } from '../deal-table.js';
import type { AttributeValue } from '../domain/value.js';
import type { ForecastDeal } from '../forecast-book.js';
import type { Cut } from './question.js';

export const isWhole = ({ where = [], from, before }: Cut = {}): boolean =>
  where.length === 0 && from === undefined && before === undefined;

/** Which deals are in a cut, by what was known of them when it counts. */
export function rowsOfCut({ table, timelines }: Deals, cut: Cut, zone: string): Uint8Array {
  const columns = new Map(table.columns.map((one) => [one.id, one]));
  return Uint8Array.from(table.outcome, (_, row) =>
    Number(
      (cut.where ?? []).every(({ attribute, value }) =>
        isThat(columns.get(attribute)?.values[row], value),
      ) && isInTime((timelines[row] as Deals['timelines'][number]).began, cut, zone),
    ),
  );
}

/** The deals of some rows; columns that are all alike there say nothing. */
export function dealsIn(deals: Deals, isIn: Uint8Array): Deals {
  const { table } = deals;
  const pick = <Value>(values: ArrayLike<Value>): Value[] =>
    Array.from(values).filter((_, row) => isIn[row] === 1);
  const columns = table.columns.flatMap((column): Column[] => {
    const values = pick(column.values);
    const first = stableJson(values[0] ?? null);
    if (values.every((value) => stableJson(value ?? null) === first)) return [];
    return [{ ...column, values, ...(column.knownAt && { knownAt: pick(column.knownAt) }) }];
  });
  const timelines = pick(deals.timelines);
  return {
    ...deals,
    table: {
      columns,
      outcome: pick(table.outcome),
      ...(table.sellers && { sellers: pick(table.sellers) }),
      ...(table.decidedAt && { decidedAt: pick(table.decidedAt) }),
    },
    deals: pick(deals.deals),
    timelines,
    ...(deals.measured && { measured: pick(deals.measured) }),
    activities: [
      ...new Set(timelines.flatMap(({ steps }) => steps.flatMap(({ kinds }) => kinds))),
    ].sort(),
  };
}

/**
 * Whether figures of some rows would be figures of few people: of those in it, or of what is left when it is taken from
 * all or from a cut that was shown, or such a cut from it.
 */
export function tellsOfFew(
  sellers: ArrayLike<string | undefined> | undefined,
  isIn: Uint8Array,
  shown: readonly Uint8Array[],
): boolean {
  if (!sellers) return false;
  const people = (belongs: (row: number) => boolean): number =>
    new Set(Array.from(sellers).filter((one, row) => one !== undefined && belongs(row))).size;
  const isFew = (count: number): boolean => count > 0 && count < FEWEST_PEOPLE;
  return (
    people((row) => isIn[row] === 1) < FEWEST_PEOPLE ||
    isFew(people((row) => isIn[row] === 0)) ||
    shown.some(
      (other) =>
        isFew(people((row) => isIn[row] === 1 && other[row] === 0)) ||
        isFew(people((row) => isIn[row] === 0 && other[row] === 1)),
    )
  );
}

/** Customers as they stand at the end. */
export function accountsIn(book: AccountBook, { where = [] }: Cut): AccountBook {
  const places = where.map(({ attribute, value }) => ({
    place: book.attributes.findIndex(({ id }) => id === attribute),
    value,
  }));
  return {
    ...book,
    accounts: book.accounts.filter(({ values }) =>
      places.every(({ place, value }) => isThat(values[place], value)),
    ),
  };
}

/** Which deals of a forecast are in a cut, as they stand in the end; what it asks for has to be kept of them. */
export function forecastRows(
  deals: readonly ForecastDeal[],
  { where = [], ...cut }: Cut,
  zone: string,
): Uint8Array {
  return Uint8Array.from(deals, ({ kept, began }) =>
    Number(
      where.every(({ attribute, value }) => isThat(kept?.get(attribute), value)) &&
        isInTime(began, cut, zone),
    ),
  );
}

function isThat(known: unknown, value: AttributeValue): boolean {
  return Array.isArray(known) ? known.includes(value) : known === value;
}

function isInTime(at: number, { from, before }: Cut, zone: string): boolean {
  if (from === undefined && before === undefined) return true;
  const date = dateOfDay(dayNumber(at, zone));
  return date >= (from ?? date) && (before === undefined || date < before);
}
