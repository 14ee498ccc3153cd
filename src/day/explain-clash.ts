import { buildModel } from './build-model.js';
import { clashLimits } from './clash-limits.js';
import { type DayModel, isLeast } from './day-model.js';
import type { Clash, ClashWish } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import { findClash } from './find-clash.js';
import type { LinearSolver } from './linear-program.js';
import { toProgram } from './to-program.js';
import { LIMIT_KINDS, reach, type Wish, wishesOf } from './wishes.js';

/** What clashes, and the problem without as little of it as possible. */
export interface Explained {
  readonly clash: Clash;
  readonly problem: DayProblem;
}

/** Of wishes that cannot be had together, the law's comes before the buyer's, and that before what is pinned. */
const WEIGHTS = { mandatory: 100, requested: 30, pinned: 10 } as const;
const MINUTE_MS = 60_000;

/** Of a problem whose musts, pins and floors do not go together. */
export function explainClash(problem: DayProblem, solver: LinearSolver): Explained {
  const wishes = wishesOf(problem);
  const canHave = (own: readonly Wish[]): boolean => reach(problem, solver, own) !== undefined;
  const needed = findClash(wishes, canHave) ?? [];
  const kinds =
    findClash(LIMIT_KINDS, (own) => reach(problem, solver, needed, { kinds: own }) !== undefined) ??
    [];
  const kept = keepMusts(problem, solver);
  const gone = wishes.flatMap((wish) =>
    wish.kind === 'must' && !kept.includes(wish) ? [wish.candidate] : [],
  );
  return {
    clash: {
      wishes: needed.flatMap((wish) => describe(problem, solver, wish, needed)),
      limits: clashLimits(problem, needed, kinds),
      givenUp: gone,
    },
    problem: without(problem, new Set(gone), reachFloors(problem, solver, kept)),
  };

  function keepMusts(of: DayProblem, by: LinearSolver): readonly Wish[] {
    const likely = likelyMusts(asWindows(of), by);
    let own: readonly Wish[] = wishes.filter(
      (wish) => wish.kind === 'must' && likely.has(wish.candidate),
    );
    // What is pinned to a moment leaves the others less than its window tells.
    for (let clash = findClash(own, canHave); clash; clash = findClash(own, canHave)) {
      const [first] = clash;
      own = own.filter((wish) => wish !== first);
    }
    return own;
  }
}

function without(
  problem: DayProblem,
  gone: ReadonlySet<string>,
  reached: readonly number[],
): DayProblem {
  return {
    ...problem,
    candidates: problem.candidates.map((one) => {
      if (!gone.has(one.id)) return one;
      const { owed: _, ...rest } = one;
      return rest;
    }),
    hands: problem.hands.filter((hand) => hand.kind !== 'pin' || !gone.has(hand.candidate)),
    floors: problem.floors.map((floor, place) => ({
      ...floor,
      least: Math.min(floor.least, reached[place] ?? floor.least),
    })),
  };
}

/** A pin to a moment as a window, so that what is pinned can be weighed against the rest. */
function asWindows(problem: DayProblem): DayProblem {
  const moments = new Map(
    problem.hands.flatMap((hand) =>
      hand.kind === 'pin' && hand.at !== undefined ? [[hand.candidate, hand.at]] : [],
    ),
  );
  return {
    ...problem,
    candidates: problem.candidates.map((one) => {
      const at = moments.get(one.id);
      return at === undefined ? one : { ...one, from: at, until: at + one.minutes * MINUTE_MS };
    }),
    hands: problem.hands.map((hand) => {
      if (hand.kind !== 'pin') return hand;
      const { at: _, ...rest } = hand;
      return rest;
    }),
  };
}

/** Musts that can be had together, those of the most weight. */
function likelyMusts(problem: DayProblem, solver: LinearSolver): ReadonlySet<string> {
  const model = buildModel(problem);
  const why = new Map(model.musts.map((one) => [one.candidate, one.why]));
  const part: DayModel = { ...model, rows: model.rows.filter((row) => !isLeast(row)) };
  const own = model.columns.flatMap(({ candidate }, column) =>
    why.has(candidate) ? [column] : [],
  );
  if (own.length === 0) return new Set();
  const costs = new Float64Array(model.columns.length);
  for (const column of own) {
    const { candidate = 0, value = 0 } = model.columns[column] ?? {};
    const worth = Math.max(0, value) / (1 + Math.abs(value));
    costs[column] = WEIGHTS[why.get(candidate) ?? 'pinned'] + worth;
  }
  const isOwn = new Set(own);
  const fixed = Int8Array.from(model.columns, (_, column) => (isOwn.has(column) ? -1 : 0));
  const answer = solver.solve(toProgram(part, { costs, fixed }), {
    whole: Int32Array.from(own),
    mostNodes: 5_000,
  });
  return new Set(
    own.flatMap((column) =>
      Math.round(answer.columns[column] ?? 0) === 1
        ? [problem.candidates[model.columns[column]?.candidate ?? 0]?.id ?? '']
        : [],
    ),
  );
}

/** Of each floor as much as can be reached, one after the other, beside the musts that are kept. */
function reachFloors(
  problem: DayProblem,
  solver: LinearSolver,
  kept: readonly Wish[],
): readonly number[] {
  const reached: number[] = [];
  problem.floors.forEach(({ least }, floor) => {
    const before: DayProblem = {
      ...problem,
      floors: problem.floors.map((one, place) => ({ ...one, least: reached[place] ?? one.least })),
    };
    const earlier = reached.map((_, place) => ({ kind: 'floor', floor: place }) as const);
    const most = reach(before, solver, [...kept, ...earlier], { floor }) ?? 0;
    // What the linear program reaches, whole actions may miss by less than one of them.
    reached.push(Math.min(least, most - 1e-6 * Math.abs(most)));
  });
  return reached;
}

function describe(
  problem: DayProblem,
  solver: LinearSolver,
  wish: Wish,
  needed: readonly Wish[],
): readonly ClashWish[] {
  if (wish.kind === 'floor') {
    const { floor } = wish;
    const others = needed.filter((one) => one !== wish);
    const most = reach(problem, solver, others, { floor }) ?? 0;
    return [{ kind: 'floor', floor, least: problem.floors[floor]?.least ?? 0, most }];
  }
  const { columns, musts } = buildModel(problem);
  const place = problem.candidates.findIndex(({ id }) => id === wish.candidate);
  const one = problem.candidates[place];
  if (!one) return [];
  const why = musts.find(({ candidate }) => candidate === place)?.why ?? 'pinned';
  const hasNoTime = !columns.some(({ candidate }) => candidate === place);
  return [{ kind: 'must', candidate: one.id, rep: one.rep, why, minutes: one.minutes, hasNoTime }];
}
