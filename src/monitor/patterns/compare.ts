import { isMissing, toNumber } from '../../core/condition.js';
import type { Fact } from '../../domain/fact.js';
import type { Comparison, FieldValue, KeptValues } from '../../domain/pattern.js';
import { kindOf } from '../../domain/value.js';

/** Longer texts are not kept: they count as missing. */
const MOST_TEXT = 200;

/** A field of a fact as comparisons read it. `contact` is the contact that the fact names, where no field is called so. */
export function readField({ data, about }: Fact, field: string): FieldValue | undefined {
  const value =
    field === 'contact' && data.contact === undefined
      ? about.find((id) => kindOf(id) === 'contact')
      : data[field];
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && value.length <= MOST_TEXT ? value : undefined;
}

/** Under which name a field of an earlier step is kept. */
export function slotOf({ step, of }: Pick<Comparison, 'step' | 'of'>): string {
  return `${step}.${of}`;
}

/** Whether a comparison holds; with a value that is missing on either side none does, also not `ne`. */
export function holdsAgainst(
  { field, is, ...slot }: Comparison,
  fact: Fact,
  kept: KeptValues,
): boolean {
  const [value, other] = [readField(fact, field), kept[slotOf(slot)]];
  if (isMissing(value) || isMissing(other)) return false;
  if (is === 'eq' || is === 'ne') return (value === other) === (is === 'eq');
  const [number, bound] = [toNumber(value), toNumber(other)];
  // Not a number on either side: no comparison holds.
  return is === 'gt'
    ? number > bound
    : is === 'gte'
      ? number >= bound
      : is === 'lt'
        ? number < bound
        : number <= bound;
}
