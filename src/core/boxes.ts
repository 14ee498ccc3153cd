import type { NormalForm } from './normal-form.js';

type Leaf = Extract<NormalForm, { readonly atom: unknown }>;

/** For each variable the candidates still allowed, one bit each. */
export type Box = readonly bigint[];

/** Narrowing of some variables, all of it together. */
export type Narrowing = readonly { readonly variable: number; readonly mask: bigint }[];

export interface Search {
  /** The ways in which an atom can meet its goal; any one will do. */
  narrowings(leaf: Leaf): readonly Narrowing[];
  /** Called with a box all of whose points meet the form. True ends the search. */
  found(box: Box): boolean;
  /** True for a box in which nothing of interest is left. */
  isHopeless?(box: Box): boolean;
  /** How many steps may be taken. */
  readonly limit: number;
}

/**
 * Visits boxes that together cover every point at which the form holds (dead ones and hopeless ones left out).
 * False when the limit ended it before it was through.
 */
export function searchBoxes(form: NormalForm, start: Box, search: Search): boolean {
  let steps = 0;
  let stopped = false;
  const visit = (todo: readonly NormalForm[], choices: readonly NormalForm[], box: Box): void => {
    if (stopped) return;
    if (++steps > search.limit) {
      stopped = true;
      return;
    }
    const next = todo[0] ?? choices[0];
    if (!next) {
      stopped = search.found(box);
      return;
    }
    const rest = todo.slice(1);
    if ('all' in next) visit([...next.all, ...rest], choices, box);
    else if ('atom' in next) {
      for (const way of search.narrowings(next)) {
        const smaller = narrow(box, way);
        if (smaller && !search.isHopeless?.(smaller)) visit(rest, choices, smaller);
      }
    } else if (todo.length > 0) {
      // What must hold anyway is narrowed first; only then is there a choice.
      visit(rest, [...choices, next], box);
    } else {
      const others = choices.slice(1);
      const holdsAnyway = next.any.some(
        (option) => 'atom' in option && search.narrowings(option).some((way) => isWithin(box, way)),
      );
      if (holdsAnyway) visit([], others, box);
      else for (const option of next.any) visit([option], others, box);
    }
  };
  visit([form], [], start);
  return steps <= search.limit;
}

function narrow(box: Box, way: Narrowing): Box | undefined {
  const smaller = [...box];
  for (const { variable, mask } of way) {
    const both = (smaller[variable] as bigint) & mask;
    if (both === 0n) return undefined;
    smaller[variable] = both;
  }
  return smaller;
}

function isWithin(box: Box, way: Narrowing): boolean {
  return way.every(({ variable, mask }) => ((box[variable] as bigint) & ~mask) === 0n);
}
