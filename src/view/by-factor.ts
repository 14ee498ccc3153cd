import type { ByFactor } from '../domain/decision.js';
import type { Words } from './format.js';

/** Far below what a percent shows. */
const NOTHING = 1e-9;

/**
 * Why one priority of a product is above another: the share of each factor in all that moves them apart, first what speaks
 * for the first, then what speaks for the other.
 */
export function toReasons(logs: ByFactor, words: Words): string {
  const { strings, fill, percent } = words;
  const named = (['propensity', 'context', 'value', 'lever'] as const).map(
    (factor) => [strings.factors[factor], logs[factor]] as const,
  );
  const all = named.reduce((sum, [, log]) => sum + Math.abs(log), 0);
  const tell = (text: string, sign: number): readonly string[] => {
    const own = named
      .filter(([, log]) => sign * log > NOTHING)
      .sort(([, a], [, b]) => sign * (b - a));
    const factors = own.map(([name, log]) => `${name} ${percent(Math.abs(log) / all)}`);
    return own.length > 0 ? [fill(text, { factors: factors.join(', ') })] : [];
  };
  return [...tell(strings.speaksFor, 1), ...tell(strings.speaksAgainst, -1)].join(' ');
}

/** How many times as high: e to the sum of the logs. */
export const timesOf = ({ propensity, context, value, lever }: ByFactor): number =>
  Math.exp(propensity + context + value + lever);
