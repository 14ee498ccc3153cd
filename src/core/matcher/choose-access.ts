import { BUCKETS, bucketOf, type Channel, CUTS } from './channels.js';
import type { Form, Leaf } from './forms.js';

/** Lists of which one is read whenever a form is true, and what may be taken for granted there. */
export interface Access {
  readonly lists: readonly number[];
  /** A guess at how many of the lists a record reads. */
  readonly cost: number;
  /** This part of the form holds. */
  readonly granted?: Form | undefined;
  /** What is asked of this channel holds mostly. */
  readonly mostly?: Channel;
}

/** By the part of a form that holds least often; undefined when every record would have to be looked at. */
export function chooseAccess(form: Form): Access | undefined {
  if ('word' in form) {
    const { channel, sort, codes, share } = form;
    if (channel.kind === CUTS) return chooseBuckets([form]);
    if (sort === 'none') return undefined;
    const lists = codes.map((code) => channel.lists[code] as number);
    return { lists, cost: share, granted: form };
  }
  if ('any' in form) {
    const lists = new Set<number>();
    let cost = 0;
    let exact = true;
    for (const part of form.any) {
      const access = chooseAccess(part);
      if (!access) return undefined;
      for (const list of access.lists) lists.add(list);
      cost += access.cost;
      exact &&= access.granted === part;
    }
    return { lists: [...lists], cost, granted: exact ? form : undefined };
  }
  let best: Access | undefined;
  const take = (access: Access | undefined): void => {
    if (access && !(best && best.cost <= access.cost)) best = access;
  };
  const cuts = new Map<Channel, Leaf[]>();
  for (const part of form.all) {
    if ('word' in part && part.channel.kind === CUTS) {
      cuts.set(part.channel, [...(cuts.get(part.channel) ?? []), part]);
    } else take(chooseAccess(part));
  }
  for (const leaves of cuts.values()) take(chooseBuckets(leaves));
  return best;
}

/** By the bounds of one channel. */
function chooseBuckets(leaves: readonly Leaf[]): Access {
  const { channel } = leaves[0] as Leaf;
  let low = 0;
  let high = channel.sorted.length;
  for (const { sort, codes } of leaves) {
    const rank = codes[0] as number;
    if (sort === 'from') low = Math.max(low, rank + 1);
    else high = Math.min(high, rank);
  }
  const lists = channel.lists.slice(bucketOf(channel, low), bucketOf(channel, high) + 1);
  return { lists, cost: (lists.length + 1) / (BUCKETS + 1), mostly: channel };
}
