import { walkStates } from '../core/machine/machine-table.js';
import type { Machine, MachineState, MachineTransition } from '../domain/machine.js';
import type { JsonObject, JsonValue } from '../domain/value.js';

/**
 * The machine as a configuration for `createMachine` of XState 5, plain JSON, to be drawn or tried in tools that know it.
 * A raised event is the action `{ type: 'raise', params: { event } }`. A guard is `{ type: 'holds', params }`:
 * `params.condition` has to be true and, where there is one, the state `params.inside` (`#id`) active. Such a transition has no
 * target: its condition leads to where the record is already, and keeps it there.
 */
export function toXStateConfig(machine: Machine): JsonObject {
  const nodes = new Map<string, Node>();
  walkStates(machine, (state, around) => {
    nodes.set(state.id, { state, path: [...around, state.id].join('.') });
  });
  const { id, label, initial, states, transitions } = machine;
  return {
    id,
    initial,
    ...(label !== id && { description: label }),
    ...toTransitions(transitions, id, nodes),
    states: toStates(states, nodes),
  };
}

interface Node {
  readonly state: MachineState;
  /** With the ids around it: `lifecycle.customer.active`. */
  readonly path: string;
}
type Nodes = ReadonlyMap<string, Node>;

function toStates(states: readonly MachineState[], nodes: Nodes): JsonObject {
  return Object.fromEntries(states.map((state) => [state.id, toState(state, nodes)]));
}

function toState(state: MachineState, nodes: Nodes): JsonObject {
  const { id, label, initial, states, final, transitions, entry, exit } = state;
  return {
    ...(label !== id && { description: label }),
    ...(final && { type: 'final' }),
    ...(entry && { entry: entry.map(toRaise) }),
    ...(exit && { exit: exit.map(toRaise) }),
    ...toTransitions(transitions, pathOf(id, nodes), nodes),
    ...(states && { initial: initial ?? '', states: toStates(states, nodes) }),
  };
}

const toRaise = (type: string): JsonObject => ({ type: 'raise', params: { event: { type } } });
const pathOf = (id: string, nodes: Nodes): string => nodes.get(id)?.path ?? id;

function toTransitions(
  transitions: readonly MachineTransition[] = [],
  source: string,
  nodes: Nodes,
): JsonObject {
  const on: { [event: string]: JsonValue[] } = {};
  const after: { [ms: string]: JsonValue[] } = {};
  const always: JsonValue[] = [];
  const onDone: JsonValue[] = [];
  for (const transition of transitions) {
    const { on: event, afterMs, when, target, reenter } = transition;
    const condition = when as unknown as JsonValue;
    const entry: JsonObject = {
      target: `#${pathOf(target, nodes)}`,
      ...(when && { guard: { type: 'holds', params: { condition } } }),
      ...(reenter && { reenter }),
    };
    const done = /^done\.state\.(.*)$/.exec(event ?? '')?.[1];
    const donePath = done === undefined ? undefined : pathOf(done, nodes);
    if (afterMs !== undefined) push(after, String(afterMs), entry);
    else if (event === undefined) {
      const inside = whereItStays(target, source, nodes);
      if (inside !== undefined)
        always.push({ guard: { type: 'holds', params: { condition, inside: `#${inside}` } } });
      always.push(entry);
    } else if (donePath === source) onDone.push(entry);
    else push(on, donePath === undefined ? event : `xstate.done.state.${donePath}`, entry);
  }
  return {
    ...(always.length > 0 && { always }),
    ...(Object.keys(on).length > 0 && { on }),
    ...(Object.keys(after).length > 0 && { after }),
    ...(onDone.length > 0 && { onDone }),
  };
}

/** The state in which a record is already where a condition of `source` would lead it. */
function whereItStays(target: string, source: string, nodes: Nodes): string | undefined {
  const path = pathOf(target, nodes);
  if (`${path}.`.startsWith(`${source}.`)) return path;
  if (!source.startsWith(`${path}.`)) return undefined;
  let state = nodes.get(target)?.state;
  while (state?.states) state = nodes.get(state.initial ?? '')?.state;
  return state && pathOf(state.id, nodes);
}

function push(lists: { [key: string]: JsonValue[] }, key: string, value: JsonValue): void {
  lists[key] = [...(lists[key] ?? []), value];
}
