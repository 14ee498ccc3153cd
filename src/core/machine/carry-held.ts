import type { MachineHeld, MachineState } from '../../domain/machine.js';
import { type MachineTable, walkStates } from './machine-table.js';

/**
 * What is held of a machine, in the terms of its next version: the same state, or the one that says `was`; where that has
 * states inside by now, its initial one. Times carry over state by state, and a state around that is new has lasted as
 * long as the one inside it. Undefined when the state is gone.
 */
export function carryHeld(
  held: MachineHeld,
  before: MachineTable,
  after: MachineTable,
): MachineHeld | undefined {
  const states = new Map<string, MachineState>();
  let state: MachineState | undefined;
  walkStates(after.machine, (one) => {
    states.set(one.id, one);
    if (one.was === held.state) state ??= one;
  });
  state = states.get(held.state) ?? state;
  while (state?.states) state = states.get(state.initial ?? '');
  const leaf = after.leaves[after.leafNumbers.get(state?.id ?? '') ?? -1];
  const old = before.leaves[before.leafNumbers.get(held.state) ?? -1];
  if (!leaf || !old) return undefined;
  const since: number[] = [];
  let inside = held.since[held.since.length - 1] ?? 0;
  for (let level = leaf.path.length - 1; level >= 0; level--) {
    const id = leaf.path[level] ?? '';
    const was = states.get(id)?.was;
    const place = level === 0 ? 0 : Math.max(old.path.indexOf(id), old.path.indexOf(was ?? ''));
    inside = (place < 0 ? undefined : held.since[place]) ?? inside;
    since.unshift(inside);
  }
  return { state: leaf.id, since };
}
