import { buildModel } from './build-model.js';
import type { DayLimit, DayModel } from './day-model.js';
import { isLeast } from './day-model.js';
import type { DayProblem } from './day-problem.js';
import type { LinearSolver } from './linear-program.js';
import { toProgram } from './to-program.js';

/** What must be: a candidate that is owed or pinned, by its id, or a floor, by its place. */
export type Wish =
  | { readonly kind: 'must'; readonly candidate: string }
  | { readonly kind: 'floor'; readonly floor: number };

/** Limits that an explanation may name; that nothing is done twice needs none. */
export const LIMIT_KINDS = [
  'hours',
  'load-minutes',
  'load-items',
  'contact-policy',
  'tried',
  'tried-play',
  'alike',
  'order',
] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** Of a wish, the kind by which an explanation names the limit. */
export const isOfKind = ({ kind }: DayLimit, name: LimitKind): boolean =>
  kind === name || (name === 'hours' && kind === 'window');

/** The problem with these wishes alone. Without a floor, only what must be is there: nothing else matters then. */
export function withWishes(problem: DayProblem, wishes: readonly Wish[]): DayProblem {
  const musts = new Set(wishes.flatMap((one) => (one.kind === 'must' ? [one.candidate] : [])));
  const floors = new Set(wishes.flatMap((one) => (one.kind === 'floor' ? [one.floor] : [])));
  const { candidates, hands } = problem;
  return {
    ...problem,
    candidates: candidates.flatMap((one) => {
      if (musts.has(one.id)) return [one];
      const { owed: _, ...rest } = one;
      return floors.size > 0 ? [rest] : [];
    }),
    hands: hands.filter((hand) => hand.kind !== 'pin' || musts.has(hand.candidate)),
    floors: problem.floors.map((floor, place) =>
      floors.has(place) ? floor : { ...floor, least: Number.NEGATIVE_INFINITY },
    ),
  };
}

/** The wishes of a problem, those of people first. */
export function wishesOf(problem: DayProblem): readonly Wish[] {
  const { musts } = buildModel(problem);
  const own = musts.map(({ candidate, why }) => ({
    wish: { kind: 'must', candidate: problem.candidates[candidate]?.id ?? '' } as const,
    isPin: why === 'pinned',
  }));
  return [
    ...own.flatMap(({ wish, isPin }) => (isPin ? [wish] : [])),
    ...problem.floors.map((_, floor) => ({ kind: 'floor', floor }) as const),
    ...own.flatMap(({ wish, isPin }) => (isPin ? [] : [wish])),
  ];
}

/** How much of a goal's floor can be had beside the wishes, or 0 without a goal; undefined where they cannot be had. */
export function reach(
  problem: DayProblem,
  solver: LinearSolver,
  wishes: readonly Wish[],
  {
    kinds = LIMIT_KINDS,
    floor,
  }: { readonly kinds?: readonly LimitKind[]; readonly floor?: number } = {},
): number | undefined {
  const own = withWishes(
    problem,
    floor === undefined ? wishes : [...wishes, { kind: 'floor', floor }],
  );
  const model = buildModel(own);
  const goal = model.rows.find(({ limit }) => limit.kind === 'floor' && limit.floor === floor);
  const part: DayModel = {
    ...model,
    rows: model.rows.filter(
      (row) =>
        row !== goal &&
        (isLeast(row) ||
          row.limit.kind === 'once' ||
          kinds.some((kind) => isOfKind(row.limit, kind))),
    ),
  };
  if (part.columns.length === 0)
    return part.rows.some((row) => isLeast(row) && row.bound > 0) ? undefined : 0;
  const costs = new Float64Array(part.columns.length);
  goal?.columns.forEach((column, i) => {
    costs[column] = goal.uses[i] ?? 0;
  });
  const isMust = new Set(part.musts.map(({ candidate }) => candidate));
  const whole = part.columns.flatMap(({ candidate }, column) =>
    isMust.has(candidate) ? [column] : [],
  );
  const answer = solver.solve(
    toProgram(part, { costs }),
    whole.length > 0 ? { whole: Int32Array.from(whole), mostNodes: 5_000 } : {},
  );
  return answer.columns.length === 0 ? undefined : answer.value;
}
