import { type Channel, CUTS } from './channels.js';
import type { Form, Leaf } from './forms.js';

/** Lists of which one is read whenever a form is true, and what may be taken for granted there. */
export interface Access {
  readonly lists: readonly number[];
  /** A guess at how many of the lists a record reads. */
  readonly cost: number;
  /** This part of the form holds. */
  readonly granted?: Form;
  /** What is asked of this channel holds mostly. */
  readonly mostly?: Channel;
}

/** The part of a form that holds least often; undefined when every record would have to be looked at. */
export function chooseAccess(form: Form): Access | undefined {
  if ('word' in form) {
    const { channel, sort, codes, share } = form;
    if (channel.kind === CUTS) return chooseBuckets([form]);
    if (sort === 'none') return undefined;
    return {
      lists: codes.map((code) => channel.access[code] as number),
      cost: share,
      granted: form,
    };
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
    return exact ? { lists: [...lists], cost, granted: form } : { lists: [...lists], cost };
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

/** Of the bounds of one channel. */
function chooseBuckets(leaves: readonly Leaf[]): Access {
  const { channel } = leaves[0] as Leaf;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let from = 1;
  let below = 1;
  for (const { sort, codes, share } of leaves) {
    const bound = boundOf(channel, codes[0] as number);
    if (sort === 'from') {
      low = Math.max(low, bound);
      from = Math.min(from, share);
    } else {
      high = Math.min(high, bound);
      below = Math.min(below, share);
    }
  }
  const lists = channel.access.filter((_, bucket) => {
    const end = channel.edges[bucket + 1];
    return (channel.edges[bucket] as number) < high && (end === undefined || end > low);
  });
  return { lists, cost: Math.max(from + below - 1, 0.01), mostly: channel };
}

function boundOf({ sorted, late }: Channel, code: number): number {
  return (sorted[code] ?? late[code - sorted.length]) as number;
}
