import type { Spill } from './spill.js';

/** How many of a long list a text shows. */
export const LISTED = 20;

/** A list that may be longer than what fits into memory. */
export interface Listing<Item> {
  add(item: Item): void;
  readonly size: number;
  /** The first ones in order, at most {@link LISTED}. */
  first(): readonly Item[];
  /** All in order, where they were kept. */
  all(): Iterable<Item>;
}

export interface ListingOptions<Item> {
  /** Unique among the listings of one spill. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly momentOf: (item: Item) => number;
  /** By moment first. */
  readonly compare: (a: Item, b: Item) => number;
  /** Where all are kept, a month at a time in memory; absent: only the first ones are. */
  readonly spill: Spill | undefined;
}

export function createListing<Item>(options: ListingOptions<Item>): Listing<Item> {
  const { name, momentOf, compare, spill } = options;
  let size = 0;
  let kept: Item[] = [];
  const first = (): readonly Item[] => {
    kept = kept.sort(compare).slice(0, LISTED);
    return kept;
  };
  return {
    get size() {
      return size;
    },
    add(item) {
      size++;
      if (spill) {
        const month = new Date(momentOf(item)).toISOString().slice(0, 7);
        spill.add(`${name}-${month}`, JSON.stringify(item));
      } else {
        kept.push(item);
        if (kept.length > 10 * LISTED) first();
      }
    },
    first,
    *all() {
      for (const bucket of spill?.buckets() ?? []) {
        if (!spill || !bucket.startsWith(`${name}-`)) continue;
        const items = [...spill.lines(bucket)].map((line) => JSON.parse(line) as Item);
        yield* items.sort(compare);
      }
    },
  };
}

/** One JSON document, a member at a time; what is iterable is written as a list, an item at a time. */
export function writeJson(
  out: (text: string) => void,
  members: { readonly [name: string]: unknown },
): void {
  let before = '{';
  for (const [name, value] of Object.entries(members)) {
    out(`${before}\n  ${JSON.stringify(name)}: `);
    before = ',';
    if (isListed(value)) {
      let items = 0;
      for (const item of value) out(`${items++ === 0 ? '[' : ','}\n    ${toJson(item, '    ')}`);
      out(items === 0 ? '[]' : '\n  ]');
    } else out(toJson(value, '  '));
  }
  out('\n}\n');
}

const isListed = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

const toJson = (value: unknown, indent: string): string =>
  JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
