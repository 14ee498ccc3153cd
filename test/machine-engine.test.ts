import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createMachineTable } from '../src/core/machine/machine-table.js';
import {
  elapseMachine,
  type MachineStep,
  startMachine,
  stepMachine,
} from '../src/core/machine/step-machine.js';
import type { AttributeValue, JsonObject } from '../src/domain/value.js';
import { happenings, machines, situatedIn } from './machine-cases.js';
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
});
