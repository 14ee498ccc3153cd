import type { DayModel } from './day-model.js';
import type { Usage } from './usage.js';

/** Columns that are tried in the place of others, the most promising ones. */
const MOST_SWAPPED = 2_000;

/**
 * Fills what is free: each column in the order given, where it fits and is worth it or a floor or a must wants it. Then
 * those left out that are worth more than what stands in their way take its place. Changes the usage; breaks no limit.
 */
export function fill(model: DayModel, usage: Usage, order: readonly number[]): void {
  for (const column of order) offer(model, usage, column);
  let tried = 0;
  for (const column of order) {
    if (usage.chosen[column] === 1) continue;
    if (++tried > MOST_SWAPPED) break;
    swap(model, usage, column);
  }
  for (const column of order) offer(model, usage, column);
}

function offer(model: DayModel, usage: Usage, column: number): void {
  if (usage.chosen[column] === 1 || usage.findFull(column) !== undefined) return;
  if ((model.columns[column]?.value ?? 0) > 0 || usage.isWanted(column)) usage.add(column);
}

/** Puts a column in the place of the least that stands in its way, where that is worth it. */
function swap(model: DayModel, usage: Usage, column: number): void {
  const missing = usage.missing();
  const removed: number[] = [];
  let lost = 0;
  const gain = model.columns[column]?.value ?? 0;
  for (let full = usage.findFull(column); full !== undefined; full = usage.findFull(column)) {
    let least: number | undefined;
    for (const other of model.rows[full]?.columns ?? []) {
      if (usage.chosen[other] !== 1) continue;
      const value = model.columns[other]?.value ?? 0;
      if (least === undefined || value < (model.columns[least]?.value ?? 0)) least = other;
    }
    if (least === undefined || removed.length === 3) {
      for (const one of removed) usage.add(one);
      return;
    }
    lost += model.columns[least]?.value ?? 0;
    usage.remove(least);
    removed.push(least);
  }
  usage.add(column);
  const now = usage.missing();
  if (now < missing - 1e-9 || (now <= missing + 1e-12 && gain > lost + 1e-9)) return;
  usage.remove(column);
  for (const one of removed) usage.add(one);
}

/** The worth of what is chosen. */
export function worthOf({ columns }: DayModel, chosen: Uint8Array): number {
  return columns.reduce((sum, { value }, column) => (chosen[column] === 1 ? sum + value : sum), 0);
}
