import type { AttributeValue } from '../domain/value.js';
import type { PatternWords } from './pattern-words.js';

/** `Segment Core, Employees 100 to 500`. */
export function peerText(
  alikeIn: readonly string[],
  alike: readonly (AttributeValue | { readonly from?: number; readonly to?: number })[],
  words: PatternWords,
): string {
  return alikeIn
    .map((attribute, i) => {
      const one = alike[i];
      const label = words.label(attribute);
      if (typeof one === 'object' && !Array.isArray(one)) {
        const { from, to } = one as { readonly from?: number; readonly to?: number };
        const value = (bound: number): string => words.value(attribute, bound);
        if (from !== undefined && to !== undefined)
          return `${label} ${value(from)} to ${value(to)}`;
        if (from !== undefined) return `${label} from ${value(from)}`;
        return to === undefined ? label : `${label} below ${value(to)}`;
      }
      return `${label} ${words.value(attribute, one as AttributeValue)}`;
    })
    .join(', ');
}
