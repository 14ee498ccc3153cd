/**
 * State machines: transitions a second of compiled tables, one record as plain JSON and a book of 1,000,000 records with five
 * machines each, guards over attributes included, and of XState beside them; what the book takes.
 */
import { createActor, createMachine, initialTransition, transition } from 'xstate';
import { createMachineBook } from '../src/core/machine/machine-book.js';
import { createMachineTable } from '../src/core/machine/machine-table.js';
import { elapseMachine, startMachine, stepMachine } from '../src/core/machine/step-machine.js';
import type { Condition, Situated } from '../src/domain/condition.js';
import type { Machine, MachineState, MachineTransition } from '../src/domain/machine.js';
import { toXStateConfig } from '../src/plan/to-xstate.js';
import { measure, report } from './harness.js';

const DAY = 86_400_000;
const ROWS = 1_000_000;
const MACHINES = 5;
const EVENTS = ['purchase', 'call-made', 'trial-started', 'invoice-overdue'];

interface BenchShape {
  readonly size: number;
  /** So many states lie around a third of them, each with a delay of its own. */
  readonly depth: number;
}

/** Every other transition asks an attribute, and some states pass on by condition or time. */
function createBenchMachine(number: number, { size, depth }: BenchShape): Machine {
  const holds = (i: number): Condition => ({
    attribute: `account.a${(i + number) % 8}`,
    in: [true],
  });
  const state = (i: number): string => `s${i % size}`;
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
  const simple = (i: number): MachineState => ({
    id: state(i),
    label: state(i),
    transitions: out(i),
  });
  const all = Array.from({ length: size }, (_, i) => simple(i));
  const inside = Math.ceil(size / 3);
  let states = all.slice(0, inside);
  for (let level = depth; level > 0; level--)
    states = [
      {
        id: `outer${level}`,
        label: `outer${level}`,
        initial: states[0]?.id ?? '',
        states,
        transitions: [{ afterMs: (50 + level) * DAY, target: state(size - 1) }],
      },
    ];
  return {
    id: `m${number}`,
    label: `m${number}`,
    of: 'account',
    initial: states[0]?.id ?? '',
    states: [...states, ...all.slice(inside)],
    file: '',
  };
}

let seed = 1;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return Math.floor((seed / 0x80000000) * below);
};

/** What happens, made before it is timed: record, event. */
const HAPPENINGS = 1 << 20;
const rowOf = Uint32Array.from({ length: HAPPENINGS }, () => random(ROWS));
const drawn = Uint8Array.from({ length: HAPPENINGS }, () => random(EVENTS.length));
let now = 0;

function measureBook(shape: BenchShape): void {
  const tables = Array.from({ length: MACHINES }, (_, number) =>
    createMachineTable(createBenchMachine(number, shape)),
  );
  const before = process.memoryUsage();
  const book = createMachineBook(tables, ROWS);
  const after = process.memoryUsage();
  const grown = after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed;
  const startedFrom = performance.now();
  for (let row = 0; row < ROWS; row++) {
    for (let guard = 0; guard < book.guards.length; guard++)
      if (random(2) === 1) book.setGuard(row, guard, true);
    book.start(row, 0);
  }
  const startedMs = performance.now() - startedFrom;
  const events = Uint16Array.from(drawn, (event) => book.events.get(EVENTS[event] ?? '') ?? 0);
  const sendAll = (together: boolean): number => {
    now += 1;
    if (together) return book.sendAll(rowOf, events, now);
    let moves = 0;
    for (let i = 0; i < HAPPENINGS; i++)
      moves += book.send(rowOf[i] as number, events[i] as number, now);
    return moves;
  };

  console.log(
    `\nA book of ${ROWS.toLocaleString('en-US')} records x ${MACHINES} machines of ${shape.size} states, ${1 + shape.depth} deep, guards as bits`,
  );
  console.log(
    `  memory             ${(book.bytes / 1e6).toFixed(0)} MB in columns, ${(grown / 1e6).toFixed(0)} MB more in use (at most 200)`,
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
      `  ${name} ${middle.toFixed(1)} million transitions a CPU second (${low.toFixed(1)} to ${high.toFixed(1)}; at least 5), records at random; ${sent} events make ${made.toLocaleString('en-US')} transitions`,
    );
  }
  const elapsedFrom = performance.now();
  const fired = book.elapse(now, now + 5 * DAY);
  console.log(
    `  5 days pass        ${Math.round(performance.now() - elapsedFrom)} ms for all, ${fired.toLocaleString('en-US')} transitions after a delay`,
  );
}

const USUAL: BenchShape = { size: 8, depth: 1 };
measureBook(USUAL);
measureBook({ size: 40, depth: 3 });

const machine = createBenchMachine(0, USUAL);
const table = createMachineTable(machine);
const single = createMachineBook([table], 1);
for (let guard = 0; guard < single.guards.length; guard++)
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
const eventNumbers = EVENTS.map((event) => single.events.get(event) ?? 0);

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
