import { type Cell, type Cells, TRUE_CELL } from './cells.js';
import { type Form, type Literal, likelihood } from './normalize.js';
import { type Channel, CUTS, MISSING } from './vocabulary.js';

/** Where an entry is looked for, and what remains to be seen there. */
export interface Access {
  /** Lists, one of which is read whenever the form is true; undefined: it has to be looked at always. */
  readonly lists: readonly number[] | undefined;
  /** What holds whenever one of the lists is read. */
  readonly granted?: Form;
  /** The channel of cuts that was used: what it still asks for mostly holds. */
  readonly mostly?: Channel;
}

interface Choice extends Access {
  readonly lists: readonly number[];
  readonly cost: number;
}

/** Looking at every record costs as much as a list that is read so often. */
const ALWAYS_COST = 0.9;

/** The part of a form that is true least often, as lists to read. */
export function chooseAccess(form: Form): Access {
  const choice = choose(form);
  return choice && choice.cost < ALWAYS_COST ? choice : { lists: undefined };
}

function choose(form: Form): Choice | undefined {
  if ('any' in form) {
    const lists: number[] = [];
    let cost = 0;
    for (const part of form.any) {
      const choice = choose(part);
      if (!choice) return undefined;
      lists.push(...choice.lists);
      cost += choice.cost;
    }
    return { lists: [...new Set(lists)], cost };
  }
  if ('all' in form) {
    let best: Choice | undefined;
    const cuts = new Map<Channel, Literal[]>();
    for (const part of form.all) {
      if ('channel' in part && part.channel.kind === CUTS) {
        cuts.set(part.channel, [...(cuts.get(part.channel) ?? []), part]);
      } else best = cheaper(best, choose(part));
    }
    for (const literals of cuts.values()) best = cheaper(best, chooseCuts(literals));
    return best;
  }
  const { channel, sort, codes } = form;
  if (channel.kind === CUTS) return chooseCuts([form]);
  if (sort === 'none') return undefined;
  const lists = codes.map((code) => channel.access[code] as number);
  return { lists, cost: likelihood(form), granted: form };
}

function cheaper(one: Choice | undefined, other: Choice | undefined): Choice | undefined {
  return !one || (other && other.cost < one.cost) ? other : one;
}

/** Between two bounds of one attribute. */
function chooseCuts(literals: readonly Literal[]): Choice {
  const { channel } = literals[0] as Literal;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let from = 1;
  let to = 0;
  for (const literal of literals) {
    const bound = boundOf(literal);
    if (literal.sort === 'from') {
      low = Math.max(low, bound);
      from = Math.min(from, likelihood(literal));
    } else {
      high = Math.min(high, bound);
      to = Math.max(to, 1 - likelihood(literal));
    }
  }
  const lists = channel.access.filter((_, bucket) => {
    const end = channel.edges[bucket + 1] ?? Number.POSITIVE_INFINITY;
    return (
      (channel.edges[bucket] as number) < high && (end > low || end === Number.POSITIVE_INFINITY)
    );
  });
  return { lists, cost: Math.max(from - to, 0.01), mostly: channel };
}

function boundOf({ channel, codes }: Literal): number {
  const code = codes[0] as number;
  const sorted = channel.sorted[code];
  if (sorted !== undefined) return sorted;
  for (const [bound, one] of channel.keys) if (one === code) return bound as number;
  return Number.NaN;
}

/** Calls back with every list of watchers that the form belongs to, once or more often. */
export function eachWatched(form: Form, visit: (list: number, channel: Channel) => void): void {
  if ('all' in form) for (const part of form.all) eachWatched(part, visit);
  else if ('any' in form) for (const part of form.any) eachWatched(part, visit);
  else {
    const { channel, sort, codes } = form;
    for (const code of codes) visit(channel.watchers[code] as number, channel);
    if (sort === 'none') visit(channel.watchers[MISSING] as number, channel);
  }
}

/** The single cells that must all hold, the least likely first, and what else must be true. */
export interface Needed {
  readonly cells: readonly Cell[];
  readonly groups: readonly Cells[];
}

export function neededOf(cells: Cells, mostly?: Channel): Needed {
  const parts = 'all' in cells ? cells.all : [cells];
  const single = parts.filter((part): part is Cell => 'word' in part);
  const weight = (cell: Cell): number =>
    mostly && cell.attribute === mostly.attribute ? 1 : cell.share;
  single.sort((a, b) => weight(a) - weight(b));
  return { cells: single, groups: parts.filter((part) => !('word' in part)) };
}

/** Cells one of which holds, as a fixed number of three; undefined when it is not so simple. */
export function threeOf(group: Cells | undefined): readonly [Cell, Cell, Cell] | undefined {
  if (!group) return [TRUE_CELL, TRUE_CELL, TRUE_CELL];
  if (!('any' in group) || group.any.length > 3) return undefined;
  const cells = group.any.flatMap((part) => ('word' in part ? [part] : []));
  if (cells.length !== group.any.length) return undefined;
  const none: Cell = { ...TRUE_CELL, mask: 0 };
  return [cells[0] ?? none, cells[1] ?? none, cells[2] ?? none];
}
