import type { Fact } from '../domain/fact.js';
import type { Parameters } from '../domain/parameters.js';
import { COMPANY } from '../domain/value.js';

/** What was learned last holds; what is none stays without effect. */
export function foldParameters(
  held: Parameters | undefined,
  { type, subjects, data }: Fact,
): Parameters | undefined {
  if (type !== 'learned' || !subjects.includes(COMPANY)) return held;
  const { version, propensity, levels, explore } = Object(data.parameters);
  const isWhole =
    typeof version === 'string' &&
    [propensity, levels].every((part) => typeof part === 'object' && part !== null) &&
    (explore === undefined || Array.isArray(Object(explore).accounts));
  return isWhole ? (data.parameters as unknown as Parameters) : held;
}
