import { createRandom } from '../../src/core/random.js';
import type { DayCandidate, DayProblem, Hand, Room } from '../../src/day/day-problem.js';

const MONDAY = Date.UTC(2026, 10, 30);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A little of everything: two reps, free time in pieces over two days, few buyers, tight limits, wishes and hands. */
export function randomProblem(
  seed: number,
  { windows }: { readonly windows: boolean },
): DayProblem {
  const random = createRandom(seed);
  const whole = (least: number, most: number): number =>
    least + Math.floor(random() * (most - least + 1));
  const maybe = <Value>(rate: number, value: Value): Value | undefined =>
    random() < rate ? value : undefined;
  const rooms: Room[] = [];
  for (const rep of ['crm:rep:a', 'crm:rep:b'])
    for (const day of [0, 1]) {
      if (random() < 0.4) continue;
      const from = MONDAY + day * DAY + (9 + whole(0, 4)) * HOUR;
      const until = from + whole(3, 9) * (HOUR / 6);
      rooms.push({ rep, day: MONDAY / DAY + day, from, until });
    }
  if (rooms.length === 0)
    rooms.push({
      rep: 'crm:rep:a',
      day: MONDAY / DAY,
      from: MONDAY + 9 * HOUR,
      until: MONDAY + 10 * HOUR,
    });
  const channels = ['call', 'email'] as const;
  const candidates = Array.from({ length: 7 }, (_, i): DayCandidate => {
    const room = rooms[whole(0, rooms.length - 1)];
    const from =
      windows && random() < 0.4 ? (room?.from ?? 0) + whole(0, 3) * (HOUR / 6) : undefined;
    const until =
      windows && random() < 0.4 ? (room?.until ?? 0) - whole(0, 3) * (HOUR / 6) : undefined;
    const touched = maybe(0.8, {
      buyer: `crm:contact:${whole(1, 3)}`,
      channel: channels[whole(0, 1)] ?? 'call',
    });
    const alike = maybe(0.3, `alike-${whole(1, 2)}`);
    const owed = maybe(0.12, random() < 0.5 ? ('mandatory' as const) : ('requested' as const));
    return {
      id: `card-${i}`,
      play: `play-${whole(1, 2)}`,
      rep: random() < 0.7 ? 'crm:rep:a' : 'crm:rep:b',
      record: 'crm:account:1',
      ...(touched && { touch: touched }),
      minutes: 10 * whole(1, 4),
      value: whole(-2, 20) / 2,
      goals: { revenue: whole(0, 5) },
      ...(random() < 0.3 && { tried: true }),
      ...(owed && { owed }),
      ...(from !== undefined && { from }),
      ...(until !== undefined && { until }),
      ...(alike !== undefined && { alike }),
    };
  });
  const hands: Hand[] = [];
  if (random() < 0.4) hands.push({ kind: 'pin', candidate: 'card-0' });
  if (random() < 0.2) hands.push({ kind: 'exclude', candidate: 'card-1' });
  const [first] = rooms;
  if (random() < 0.2 && first)
    hands.push({ kind: 'pin', candidate: 'card-2', at: first.from + HOUR / 6 });
  if (random() < 0.3 && first)
    hands.push({
      kind: 'order',
      rep: first.rep,
      day: first.day,
      candidates: ['card-5', 'card-4', 'card-3'],
    });
  const items = maybe(0.3, whole(1, 3));
  const minutes = maybe(0.3, 10 * whole(3, 8));
  const perDay = maybe(0.3, 1);
  const perPlay = maybe(0.3, 1);
  return {
    now: MONDAY,
    zone: 'UTC',
    rooms,
    candidates,
    contactPolicy: [
      { touches: whole(1, 2), days: 1 },
      { touches: whole(1, 3), days: 3 },
      { touches: 1, days: 2, channel: 'email' },
    ],
    touches: new Map([
      ['crm:contact:1', [{ at: MONDAY - DAY * whole(0, 2) + HOUR, channel: 'call' as const }]],
    ]),
    load: { ...(items !== undefined && { items }), ...(minutes !== undefined && { minutes }) },
    tried: { ...(perDay !== undefined && { perDay }), ...(perPlay !== undefined && { perPlay }) },
    floors: random() < 0.3 ? [{ goal: 'revenue', label: 'Revenue', least: whole(3, 12) }] : [],
    hands,
  };
}
