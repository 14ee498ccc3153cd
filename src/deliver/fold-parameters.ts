import type { Fact } from '../domain/fact.js';
import type { Parameters } from '../domain/parameters.js';
import { COMPANY } from '../domain/value.js';

const COSTS = ['minute', 'touch', 'plans', 'days', 'day'];

/** What was learned last holds; what is none stays without effect. */
export function foldParameters(
  held: Parameters | undefined,
  { type, subjects, data }: Fact,
): Parameters | undefined {
  if (type !== 'learned' || !subjects.includes(COMPANY)) return held;
  const { version, propensity, levels, explore, costs } = Object(data.parameters);
  const isWhole =
    typeof version === 'string' &&
    [propensity, levels].every((part) => typeof part === 'object' && part !== null) &&
    (costs === undefined || COSTS.every((one) => Object(costs)[one] >= 0)) &&
    (explore === undefined || Array.isArray(Object(explore).accounts));
  return isWhole ? (data.parameters as unknown as Parameters) : held;
}
