import { type DayProblem, worthIn } from '../../src/day/day-problem.js';
import { brokenLimits, type Moment, missedWishes } from './check-plan.js';

const MINUTE = 60_000;

/** The best plan by trying every choice of candidates, rooms and orders; undefined where none has all wishes. */
export function bestByTrying(problem: DayProblem): number | undefined {
  const { candidates, rooms } = problem;
  const first = Math.min(...rooms.map(({ from }) => from));
  let best: number | undefined;
  const choose = (i: number, inRoom: readonly (readonly number[])[], value: number): void => {
    const one = candidates[i];
    if (!one) {
      if (best !== undefined && value <= best + 1e-9) return;
      for (const moments of arrangements(problem, inRoom))
        if (
          brokenLimits(problem, moments).length === 0 &&
          missedWishes(problem, moments).length === 0
        ) {
          best = value;
          return;
        }
      return;
    }
    choose(i + 1, inRoom, value);
    rooms.forEach((room, place) => {
      if (room.rep !== one.rep) return;
      const members = [...(inRoom[place] ?? []), i];
      const minutes = members.reduce((sum, member) => sum + (candidates[member]?.minutes ?? 0), 0);
      if (minutes * MINUTE > room.until - Math.max(room.from, problem.now)) return;
      choose(
        i + 1,
        inRoom.map((own, other) => (other === place ? members : own)),
        value + worthIn(one.value, room, first),
      );
    });
  };
  choose(
    0,
    rooms.map(() => []),
    0,
  );
  return best;
}

/** Each order of each room, each action as early as it can be; what is pinned to a moment is there. */
function* arrangements(
  { candidates, rooms, hands, now }: DayProblem,
  inRoom: readonly (readonly number[])[],
): Generator<readonly Moment[]> {
  const orders = inRoom.map((members) => [...permutations(members)]);
  const walk = function* (room: number, before: readonly Moment[]): Generator<readonly Moment[]> {
    const own = orders[room];
    if (!own) {
      yield before;
      return;
    }
    for (const order of own) {
      let at = Math.max(rooms[room]?.from ?? 0, now);
      const moments = order.map((member) => {
        const one = candidates[member];
        const pin = hands.find((hand) => hand.kind === 'pin' && hand.candidate === one?.id);
        const from = Math.max(at, one?.from ?? 0, (pin?.kind === 'pin' && pin.at) || 0);
        at = from + (one?.minutes ?? 0) * MINUTE;
        return { candidate: one?.id ?? '', from, until: at };
      });
      if (at <= (rooms[room]?.until ?? 0)) yield* walk(room + 1, [...before, ...moments]);
    }
  };
  yield* walk(0, []);
}

function* permutations<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length <= 1) {
    yield items;
    return;
  }
  for (const [i, item] of items.entries())
    for (const rest of permutations(items.filter((_, other) => other !== i))) yield [item, ...rest];
}
