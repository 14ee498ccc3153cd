import { type DayModel, isLeast } from './day-model.js';

/** What a column is worth beyond what it uses of the rows, at a price a unit of each row. */
export function reducedValues({ columns, rows }: DayModel, prices: Float64Array): Float64Array {
  const reduced = Float64Array.from(columns, ({ value }) => value);
  rows.forEach((row, place) => {
    const price = prices[place] ?? 0;
    if (price === 0) return;
    row.columns.forEach((column, i) => {
      reduced[column] = (reduced[column] ?? 0) - price * (row.uses[i] ?? 0);
    });
  });
  return reduced;
}

/**
 * No plan is worth more than that, whatever the prices (Lagrange): what the limits are worth at their prices, and of each
 * block the column with the most value beyond what it uses. At the prices of the linear program it is its value. Prices
 * of limits are not below zero, those of musts and floors not above; those of blocks are not read.
 */
export function boundAt(model: DayModel, given: Float64Array): number {
  const prices = given.map((price, place) => {
    const row = model.rows[place];
    if (!row || isBlock(row.limit.kind)) return 0;
    return isLeast(row) ? Math.min(0, price) : Math.max(0, price);
  });
  const reduced = reducedValues(model, prices);
  const best = new Map<number, number>();
  reduced.forEach((value, column) => {
    const block = model.blocks[column] ?? -1;
    if (value > (best.get(block) ?? 0)) best.set(block, value);
  });
  let bound = 0;
  for (const value of best.values()) bound += value;
  model.rows.forEach((row, place) => {
    bound += (prices[place] ?? 0) * row.bound;
  });
  return bound;
}

const isBlock = (kind: string): boolean => kind === 'once' || kind === 'alike';
