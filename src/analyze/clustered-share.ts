import { studentQuantile } from '../core/quantiles.js';
import { NORMAL_95, wilsonInterval } from '../core/statistics.js';

export interface Share {
  readonly rate: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
}

/**
 * How many are so, where those of one cluster (a customer, a seller) resemble each other: Wilson's interval of as many as
 * they are worth. That is their number, divided by how much more the share varies by clusters than it would by chance, and
 * less where clusters are few, as Student's t has it (Korn & Graubard 1998). It takes two clusters.
 */
export function clusteredShare<Item>(
  items: readonly Item[],
  isSo: (item: Item) => boolean,
  clusterOf: (item: Item) => string,
): Share {
  const count = items.length;
  const byCluster = new Map<string, { all: number; so: number }>();
  for (const item of items) {
    const cluster = clusterOf(item);
    const own = byCluster.get(cluster) ?? { all: 0, so: 0 };
    byCluster.set(cluster, own);
    own.all++;
    if (isSo(item)) own.so++;
  }
  const clusters = byCluster.size;
  const rate = [...byCluster.values()].reduce((sum, { so }) => sum + so, 0) / count;
  let squares = 0;
  for (const { all, so } of byCluster.values()) squares += (so - rate * all) ** 2;
  const variance = (squares * clusters) / (clusters - 1) / count ** 2;
  const byChance = (rate * (1 - rate)) / count;
  const effect = byChance > 0 ? Math.max(1, variance / byChance) : 1;
  const worth = (count / effect) * (NORMAL_95 / studentQuantile(0.975, clusters - 1)) ** 2;
  return { rate, interval: wilsonInterval(rate * worth, worth) };
}
