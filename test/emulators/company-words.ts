/** What the companies of all emulators are made of. */
export const FIRST: readonly string[] = 'Ana Ben Chidi Dora Emil Fatou Goran Hana Ivo Jun'.split(
  ' ',
);
export const LAST: readonly string[] =
  "Abel O'Brien Castillo Duarte Engel Fischer García Hölzl".split(' ');
export const WORDS: readonly string[] = 'North Blue Iron Clear Grand Swift Green Solid'.split(' ');
export const TRADES: readonly string[] = 'Pumps Foods Systems Textiles Labs Logistics Energy'.split(
  ' ',
);

export interface SeedOptions {
  readonly seed: string;
  readonly accounts: number;
  /** Lets time pass while the company lives through its past; epoch milliseconds. */
  readonly setTime: (at: number) => void;
  /** When the company's past ends. */
  readonly until: number;
}
