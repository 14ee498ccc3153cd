import { createRandom } from '../src/core/random.js';
import type { DayCandidate, DayProblem, Room } from '../src/day/day-problem.js';

export interface DayWorldOptions {
  readonly seed: number;
  readonly accounts: number;
  /** Default: 10. */
  readonly candidates?: number;
  /** Default: one for 25 accounts. */
  readonly reps?: number;
  /** Free hours of a rep, in one piece. Default: 8. */
  readonly hours?: number;
  /** Default: none. */
  readonly floors?: readonly { readonly goal: string; readonly least: number }[];
}

const START = Date.UTC(2026, 10, 30);
const HOUR_MS = 3_600_000;

/** Accounts with cards, for benchmarks and tests: the same for the same seed. */
export function createDayWorld({
  seed,
  accounts,
  candidates: each = 10,
  reps = Math.ceil(accounts / 25),
  hours = 8,
  floors = [],
}: DayWorldOptions): DayProblem {
  const random = createRandom(seed);
  const whole = (most: number): number => Math.floor(random() * most);
  const channels = ['call', 'email', 'meeting'] as const;
  const candidates: DayCandidate[] = [];
  for (let account = 0; account < accounts; account++) {
    const size = Math.exp(random() * 2);
    for (let i = 0; i < each; i++) {
      const minutes = 5 * (1 + whole(12));
      const touch = random() < 0.8;
      candidates.push({
        id: `a${account}|${i}`,
        play: `play-${i}`,
        rep: `crm:rep:${account % reps}`,
        record: `crm:account:${account}`,
        ...(touch && {
          touch: {
            buyer: `crm:account:${account}`,
            channel: channels[whole(3)] ?? 'call',
          },
        }),
        minutes,
        value: Math.round(1000 * size * (0.2 + random()) * Math.sqrt(minutes / 30)) / 1000,
        goals: {
          revenue: Math.round(1000 * size * random()),
          retention: random() < 0.3 ? Math.round(100 * random()) / 100 : 0,
          learning: random() < 0.2 ? 1 : 0,
        },
        ...(i === each - 1 && { tried: true }),
      });
    }
  }
  const rooms: Room[] = Array.from({ length: reps }, (_, rep) => ({
    rep: `crm:rep:${rep}`,
    day: Math.floor(START / 86_400_000),
    from: START,
    until: START + hours * HOUR_MS,
  }));
  return {
    now: START,
    zone: 'UTC',
    rooms,
    candidates,
    contactPolicy: [{ touches: 2, days: 7 }],
    touches: new Map(),
    tried: { perDay: 3 },
    floors: floors.map(({ goal, least }) => ({ goal, label: goal, least })),
    hands: [],
  };
}
