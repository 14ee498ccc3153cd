import { wilsonInterval } from '../core/statistics.js';
import type { Propensity } from '../domain/decision.js';

/** What a rep said of a card that brought this content. */
export interface Opinion {
  readonly content: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly helpful: boolean;
}

export interface OpinionOptions {
  /** Epoch milliseconds: what is later is not known. */
  readonly now: number;
  /** After so long an opinion counts half. */
  readonly halfLifeMs: number;
}

/**
 * How helpful reps find each content of which any said so: the share, with the 95 % interval of Wilson. It says nothing of
 * what the buyer did, and orders content only.
 */
export function rateContents(
  opinions: readonly Opinion[],
  { now, halfLifeMs }: OpinionOptions,
): { readonly [content: string]: Propensity } {
  const sums = new Map<string, { helpful: number; all: number }>();
  for (const { content, at, helpful } of opinions) {
    if (at > now) continue;
    const sum = sums.get(content) ?? { helpful: 0, all: 0 };
    const weight = 2 ** (-(now - at) / halfLifeMs);
    sum.all += weight;
    if (helpful) sum.helpful += weight;
    sums.set(content, sum);
  }
  // What was said so long ago that it weighs nothing any more was not said.
  const known = [...sums].filter(([, { all }]) => all > 0);
  return Object.fromEntries(
    known.sort(byContent).map(([content, { helpful, all }]) => {
      const [low, high] = wilsonInterval(helpful, all).map(round) as [number, number];
      return [content, { rate: round(helpful / all), low, high, sampleSize: Math.round(all) }];
    }),
  );
}

const byContent = (
  [one]: readonly [string, unknown],
  [other]: readonly [string, unknown],
): number => (one < other ? -1 : 1);

const round = (rate: number): number => Math.round(rate * 1e4) / 1e4;
