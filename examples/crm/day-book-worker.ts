import type { Fact, Playbook } from 'opportune';
import { createDayBook, type EnginePort, type ToldDay, tellDay } from 'opportune/day';
import { push } from '../../src/core/push.js';
import { comparePositions } from '../../src/domain/fact.js';
import { kindOf } from '../../src/domain/value.js';
import { serveCalls } from '../../src/port-calls.js';
import { createDemoWorld } from './data/world.js';

/** What a visitor did, and who looks when. */
export interface Visited {
  readonly facts: readonly Fact[];
  readonly rep: string;
  /** Epoch milliseconds; absent: as the story begins. */
  readonly now?: number;
  readonly playbook: Playbook;
}

const HOUR_MS = 3_600_000;
const world = createDemoWorld(7);

function tell({ facts, rep, now = world.now, playbook }: Visited): ToldDay {
  const subjects = new Map<string, Fact[]>();
  const people = new Map<string, Fact[]>();
  const known = new Set<string>();
  for (const fact of [...world.facts, ...facts].sort(comparePositions)) {
    if (known.has(fact.id)) continue;
    known.add(fact.id);
    for (const key of fact.subjects)
      push(/^(account|contact)$/.test(kindOf(key)) ? subjects : people, key, fact);
  }
  const book = createDayBook(playbook, { people, now, tried: new Set() });
  const own = [...subjects].filter(([, told]) => told.some((fact) => names(fact, rep)));
  for (const [key, told] of own) book.add(key, told);
  return tellDay(book.finish(), rep, { playbook, now, busy: meetingsOf(rep, facts, now) });
}

/** Whether the rep may own what it is about. */
const names = ({ data }: Fact, rep: string): boolean =>
  JSON.stringify(data).includes(`"owner":"${rep}"`) || JSON.stringify(data).includes(`"${rep}"`);

function meetingsOf(rep: string, facts: readonly Fact[], now: number): ToldDay['busy'] {
  return [...world.facts, ...facts].flatMap(({ type, data, by }) => {
    const { startsAt, rep: who = by } = (data ?? {}) as { startsAt?: string; rep?: string };
    const from = Date.parse(startsAt ?? '');
    return type === 'meeting-booked' && who === rep && from > now
      ? [{ from, until: from + HOUR_MS, title: 'Meeting' }]
      : [];
  });
}

serveCalls(
  { tell: async (visited: Visited) => tell(visited) },
  self as unknown as EnginePort,
  new Set(),
);
