import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { judge } from '../src/core/condition.js';
import { createMachineBook } from '../src/core/machine/machine-book.js';
import { createMachineTable } from '../src/core/machine/machine-table.js';
import {
  elapseMachine,
  type MachineStep,
  startMachine,
  stepMachine,
} from '../src/core/machine/step-machine.js';
import { findOutcomes, TOO_MANY } from '../src/core/machine/step-outcomes.js';
import type { Condition, Situated } from '../src/domain/condition.js';
import type { Machine, MachineHeld } from '../src/domain/machine.js';
import type { AttributeValue, JsonObject } from '../src/domain/value.js';
import { type Happening, happenings, machines, situatedIn } from './machine-cases.js';
import { createOracle } from './machine-oracle.js';

const FIXED = { seed: 20_261_122, numRuns: 600 };

describe('a compiled machine', () => {
  it('is in the state in which XState is, with the same delays running, whatever happens in whatever order', () => {
    let moves = 0;
    let stopped = 0;
    let delays = 0;
    fc.assert(
      fc.property(machines, happenings, (machine, story) => {
        const table = createMachineTable(machine);
        const values = new Map<string, AttributeValue | undefined>();
        const situated = (data?: JsonObject) => situatedIn(values, data);
        const oracle = createOracle(machine, situated);
        let now = 0;
        let step: MachineStep = startMachine(table, situated(), now);
        const agree = (): boolean => {
          moves += step.moves.length;
          assert.equal(oracle.failed(), step.stopped === true);
          if (step.stopped) {
            stopped += 1;
            return false;
          }
          const { held } = step;
          const leaf = table.leaves[table.leafNumbers.get(held.state) ?? -1];
          const pending = (leaf?.delays ?? [])
            .map(({ level, ms }) => (held.since[level] ?? 0) + ms)
            .filter((at) => at > now)
            .sort((a, b) => a - b);
          delays += pending.length;
          assert.equal(held.state, oracle.leaf());
          assert.deepEqual(pending, oracle.pending());
          assert.equal(held.since.length, leaf?.path.length);
          return true;
        };
        if (!agree()) return;
        for (const one of story) {
          if ('event' in one) {
            oracle.send(one.event, one.data);
            step = stepMachine(table, step.held, situated(one.data), now, one.event);
          } else if ('attribute' in one) {
            values.set(one.attribute, one.value);
            oracle.send('attributes-changed');
            step = stepMachine(table, step.held, situated(), now);
          } else {
            const until = now + one.passes;
            oracle.pass(until);
            step = elapseMachine(table, step.held, () => situated(), now, until);
            now = until;
          }
          if (!agree()) return;
        }
      }),
      FIXED,
    );
    assert.ok(moves > 4_000, `only ${moves} moves`);
    assert.ok(delays > 1_000, `only ${delays} delays`);
    assert.ok(stopped > 5, `only ${stopped} without end`);
  });

  it('hears what leaving raises from the inside outwards, then what entering raises from the outside inwards', () => {
    const hearing = (id: string, event: string, target: string) => ({
      id,
      label: id,
      transitions: [{ on: event, target }],
    });
    const machine: Machine = {
      id: 'm',
      label: 'm',
      of: 'account',
      initial: 'out',
      states: [
        {
          id: 'out',
          label: 'out',
          initial: 'in',
          states: [{ id: 'in', label: 'in', exit: ['one'] }],
          exit: ['two'],
          transitions: [{ on: 'ask', target: 'other' }],
        },
        {
          id: 'other',
          label: 'other',
          initial: 'first',
          entry: ['three'],
          states: [
            { ...hearing('first', 'one', 'second'), entry: ['four'] },
            hearing('second', 'two', 'third'),
            hearing('third', 'three', 'fourth'),
            hearing('fourth', 'four', 'fifth'),
            { id: 'fifth', label: 'fifth' },
          ],
        },
      ],
      file: '',
    };
    const table = createMachineTable(machine);
    const situated = situatedIn(new Map());
    const { held } = startMachine(table, situated, 0);
    const oracle = createOracle(machine, () => situated);
    oracle.send('ask');
    assert.equal(oracle.leaf(), 'fifth');
    assert.equal(stepMachine(table, held, situated, 1, 'ask').held.state, 'fifth');
  });
});

/**
 * Whether a book of these machines is, for every record, where machines of its own are: time passes for all alike, and then
 * something happens to each. Gives the number of moves.
 */
function agreeInBook(
  several: readonly Machine[],
  stories: readonly (readonly Happening[])[],
): number {
  let moves = 0;
  const tables = several.map(createMachineTable);
  const book = createMachineBook(tables, stories.length);
  const records = stories.map(() => new Map<string, AttributeValue | undefined>());
  const setGuards = (row: number, data?: JsonObject): Situated => {
    const situated = situatedIn(records[row] ?? new Map(), data);
    book.guards.forEach((guard, number) => {
      book.setGuard(row, number, judge(guard, situated) === true);
    });
    return situated;
  };
  const held = records.map((_, row) => {
    const situated = setGuards(row);
    book.start(row, 0);
    return tables.map((table) => startMachine(table, situated, 0).held);
  });
  let now = 0;
  for (let i = 0; i < 25; i++) {
    const until = now + 1 + (i % 7);
    for (const [row, own] of held.entries()) {
      const situated = setGuards(row);
      for (const [m, table] of tables.entries()) {
        const step = elapseMachine(table, own[m] as MachineHeld, () => situated, now, until);
        own[m] = step.held;
        moves += step.moves.length;
      }
    }
    book.elapse(now, until);
    now = until;
    const events = new Uint16Array(stories.length);
    for (const [row, own] of held.entries()) {
      const happening = stories[row]?.[i];
      const event = happening && 'event' in happening ? happening.event : undefined;
      if (happening && 'attribute' in happening)
        records[row]?.set(happening.attribute, happening.value);
      const data = happening && 'data' in happening ? happening.data : undefined;
      const situated = setGuards(row, data);
      for (const [m, table] of tables.entries())
        own[m] = stepMachine(table, own[m] as MachineHeld, situated, now, event).held;
      events[row] = book.events.get(event ?? '') ?? 0;
    }
    if (i % 2 === 0) book.sendAll(Uint32Array.from(stories.keys()), events, now);
    else for (const [row, event] of events.entries()) book.send(row, event, now);
    for (const [row, own] of held.entries())
      for (const [m, { state, since }] of own.entries()) {
        const inBook = book.held(row, m);
        assert.equal(inBook?.state, state);
        assert.deepEqual(
          inBook?.since,
          since.map((at, level) => (Number.isNaN(inBook?.since[level]) ? Number.NaN : at)),
        );
      }
  }
  return moves;
}

describe('a book of machines', () => {
  const ROWS = 3;
  const stories = fc.array(happenings, { minLength: ROWS, maxLength: ROWS });

  it('is for every record where machines of its own are, with guards as bits', () => {
    let moves = 0;
    fc.assert(
      fc.property(machines, machines, stories, (one, other, told) => {
        moves += agreeInBook([one, other], told);
      }),
      { ...FIXED, numRuns: 300 },
    );
    assert.ok(moves > 1_000, `only ${moves} moves`);
  });

  it('takes a step as it comes where it asks too many different things to be looked up', () => {
    const attribute = (i: number): string => `account.${'abc'[i % 3]}`;
    const asks = (i: number): Condition => ({
      any: [
        { attribute: attribute(i), in: [true] },
        { attribute: 'event.x', in: [i % 2 === 0] },
        { attribute: `account.never${i}`, in: [true] },
      ],
    });
    const states = Array.from({ length: 12 }, (_, i) => ({
      id: `s${i}`,
      label: '',
      transitions: [
        { when: asks(i), target: `s${(i + 1) % 12}` },
        { when: asks(i + 12), target: `s${(i + 5) % 12}` },
        { on: 'ask', target: `s${(i + 3) % 12}` },
        { afterMs: 5, target: `s${(i + 2) % 12}` },
      ],
    }));
    const machine: Machine = {
      id: 'asking',
      label: '',
      of: 'account',
      initial: 's0',
      states,
      file: '',
    };
    const table = createMachineTable(machine);
    const { roots } = findOutcomes(table, []);
    assert.ok(roots.includes(TOO_MANY));
    fc.assert(
      fc.property(stories, (told) => {
        agreeInBook([machine], told);
      }),
      { ...FIXED, numRuns: 10 },
    );
  });
});
