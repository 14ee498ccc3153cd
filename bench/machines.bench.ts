/**
 * State machines: transitions a second of compiled tables, one record as plain JSON and a book of 1,000,000 records with five
 * machines each, guards over attributes included, and of XState beside them; what the book takes.
 */
import { createActor, createMachine, initialTransition, transition } from 'xstate';
import { createMachineBook } from '../src/core/machine/machine-book.js';
import { createMachineTable } from '../src/core/machine/machine-table.js';
import { elapseMachine, startMachine, stepMachine } from '../src/core/machine/step-machine.js';
import type { Condition, Situated } from '../src/domain/condition.js';
import type { Machine, MachineTransition } from '../src/domain/machine.js';
import { toXStateConfig } from '../src/plan/to-xstate.js';
import { measure, report } from './harness.js';

const DAY = 86_400_000;
const ROWS = 1_000_000;
const MACHINES = 5;
const EVENTS = ['purchase', 'call-made', 'trial-started', 'invoice-overdue'];

/** Eight states, two deep; every other transition asks an attribute, and some states pass on by condition or time. */
function createBenchMachine(number: number): Machine {
  const holds = (i: number): Condition => ({
    attribute: `account.a${(i + number) % 8}`,
    in: [true],
  });
  const state = (i: number): string => `s${i % 8}`;
  const out = (i: number): readonly MachineTransition[] => [
    ...EVENTS.map(
      (on, e): MachineTransition => ({
        on,
        ...(e % 2 === 0 && { when: holds(i + e) }),
        target: state(i + e + 1),
      }),
    ),
    ...(i % 4 === 3 ? [{ when: holds(i + 5), target: state(i + 2) }] : []),
    ...(i % 2 === 0 ? [{ afterMs: (3 + i) * DAY, target: state(i + 3) }] : []),
  ];
  const simple = (i: number) => ({ id: state(i), label: state(i), transitions: out(i) });
  return {
    id: `m${number}`,
    label: `m${number}`,
    of: 'account',
    initial: 'outer',
    states: [
      {
        id: 'outer',
        label: 'outer',
        initial: 's0',
        states: [0, 1, 2].map(simple),
        transitions: [{ afterMs: 60 * DAY, target: 's7' }],
      },
      ...[3, 4, 5, 6, 7].map(simple),
    ],
    file: '',
  };
}

const machines = Array.from({ length: MACHINES }, (_, number) => createBenchMachine(number));
const tables = machines.map(createMachineTable);

let seed = 1;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return Math.floor((seed / 0x80000000) * below);
};

const before = process.memoryUsage();
const books = tables.map((table) => createMachineBook(table, ROWS));
const after = process.memoryUsage();
const bytes = books.reduce((sum, book) => sum + book.bytes, 0);
const grown = after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed;
const startedFrom = performance.now();
for (const [m, book] of books.entries())
  for (let row = 0; row < ROWS; row++) {
    for (let guard = 0; guard < (tables[m]?.guards.length ?? 0); guard++)
      if (random(2) === 1) book.setGuard(row, guard, true);
    book.start(row, 0);
  }
const startedMs = performance.now() - startedFrom;

/** What happens, made before it is timed: record, machine, event. */
const HAPPENINGS = 1 << 20;
const rowOf = Uint32Array.from({ length: HAPPENINGS }, () => random(ROWS));
const drawn = Uint8Array.from({ length: HAPPENINGS }, () => random(EVENTS.length));
const eventsOf = tables.map((table) =>
  Uint16Array.from(drawn, (event) => table.events.get(EVENTS[event] ?? '') ?? 0),
);
let now = 0;

function sendAll(together: boolean): number {
  let moves = 0;
  for (const [m, book] of books.entries()) {
    const events = eventsOf[m] as Uint16Array;
    now += 1;
    if (together) moves += book.sendAll(rowOf, events, now);
    else
      for (let i = 0; i < HAPPENINGS; i++)
        moves += book.send(rowOf[i] as number, events[i] as number, now);
  }
  return moves;
}

console.log(
  `\nA book of ${ROWS.toLocaleString('en-US')} records x ${MACHINES} machines of 9 states, guards as bits`,
);
console.log(
  `  memory             ${(bytes / 1e6).toFixed(0)} MB in columns, ${(grown / 1e6).toFixed(0)} MB more in use (at most 200)`,
);
console.log(`  filled             in ${Math.round(startedMs)} ms, guards set at random`);
const rates: { readonly [together in 'true' | 'false']: number[] } = { true: [], false: [] };
let made = 0;
for (let round = 0; round < 9; round++)
  for (const together of [true, false]) {
    const from = process.cpuUsage();
    made = sendAll(together);
    const { user, system } = process.cpuUsage(from);
    // The first round warms up.
    if (round > 0) rates[`${together}`].push(made / (user + system));
  }
const sent = (HAPPENINGS * MACHINES).toLocaleString('en-US');
for (const [name, list] of [
  ['events together   ', rates.true],
  ['events one by one ', rates.false],
] as const) {
  const [low = 0, , , , middle = 0, , , high = 0] = list.sort((a, b) => a - b);
  console.log(
    `  ${name} ${middle.toFixed(1)} million transitions a CPU second (${low.toFixed(1)} to ${high.toFixed(1)}), records at random; ${sent} events make ${made.toLocaleString('en-US')} transitions`,
  );
}
const elapsedFrom = performance.now();
const fired = books.reduce((sum, book) => sum + book.elapse(now, now + 5 * DAY), 0);
console.log(
  `  5 days pass        ${Math.round(performance.now() - elapsedFrom)} ms for all, ${fired.toLocaleString('en-US')} transitions after a delay`,
);

const [machine, table] = [machines[0] as Machine, tables[0] as (typeof tables)[number]];
const [single] = [createMachineBook(table, 1)];
for (let guard = 0; guard < table.guards.length; guard++)
  single.setGuard(0, guard, guard % 2 === 0);
single.start(0, 0);
const truths = new Map(table.guards.map((guard, i) => [JSON.stringify(guard), i % 2 === 0]));
const values = new Map(
  table.guards.map((guard, i) => ['attribute' in guard ? guard.attribute : '', i % 2 === 0]),
);
const situated: Situated = { get: (attribute) => values.get(attribute), children: () => [] };
const config = toXStateConfig(machine) as Parameters<typeof createMachine>[0];
const logic = createMachine(config).provide({
  guards: {
    holds: (_, params) =>
      truths.get(JSON.stringify((params as { condition: unknown }).condition)) === true,
  },
});
const timers = { setTimeout: () => 0, clearTimeout: () => undefined };
const actor = createActor(logic, { clock: timers });
actor.start();
let [snapshot] = initialTransition(logic);
let held = startMachine(table, situated, 0).held;
let bookAt = 0;
let plainAt = 0;
let stepAt = 0;
let sentAt = 0;
const eventNumbers = EVENTS.map((event) => table.events.get(event) ?? 0);

report(
  'One event of one record (a table against XState 5.33.3), guards included',
  await measure({
    'table, in a book': () => single.send(0, eventNumbers[bookAt++ & 3] as number, bookAt),
    'table, plain JSON, conditions judged': () => {
      held = stepMachine(table, held, situated, plainAt, EVENTS[plainAt++ & 3]).held;
    },
    'XState, transition()': () => {
      [snapshot] = transition(logic, snapshot, { type: EVENTS[stepAt++ & 3] as string });
    },
    'XState, actor.send()': () => actor.send({ type: EVENTS[sentAt++ & 3] as string }),
  }),
);
const idle = elapseMachine(table, held, () => situated, plainAt, plainAt + 1);
console.log(
  `\nOne machine held as JSON: ${JSON.stringify(idle.held).length} bytes, for example ${JSON.stringify(idle.held)}`,
);
