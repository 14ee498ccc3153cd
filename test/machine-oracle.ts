import {
  type AnyActor,
  type AnyMachineSnapshot,
  and,
  createActor,
  createMachine,
  raise,
  stateIn,
} from 'xstate';
import { judge } from '../src/core/condition.js';
import type { Condition, Situated } from '../src/domain/condition.js';
import type { Machine } from '../src/domain/machine.js';
import type { JsonObject } from '../src/domain/value.js';
import { toXStateConfig } from '../src/plan/to-xstate.js';

/** The same machine in XState, with a clock that goes when told. */
export interface Oracle {
  send(type: string, data?: JsonObject): void;
  /** Lets the clock go on to that moment, timers in order. */
  pass(until: number): void;
  /** The innermost active state. */
  leaf(): string;
  /** When the timers that run will end, in order. */
  pending(): readonly number[];
  /** It would have gone on without end. */
  failed(): boolean;
}

const MOST_ITERATIONS = 1_000;

export function createOracle(machine: Machine, situated: (data: JsonObject) => Situated): Oracle {
  let now = 0;
  let ids = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  const clock = {
    setTimeout(run: (...args: unknown[]) => void, ms: number): number {
      timers.set(++ids, { at: now + ms, run });
      return ids;
    },
    clearTimeout: (id: number) => void timers.delete(id),
  };
  const config = {
    ...withGuards(toXStateConfig(machine)),
    options: { maxIterations: MOST_ITERATIONS },
  };
  const logic = createMachine(config as Parameters<typeof createMachine>[0]).provide({
    actions: { raise: raise((_, params) => (params as { event: { type: string } }).event) },
  });
  let failed = false;
  const actor: AnyActor = createActor(logic, { clock });
  actor.subscribe({
    error: () => {
      failed = true;
    },
  });
  actor.start();

  function withGuards(value: unknown): JsonObject {
    const walk = (one: unknown): unknown => {
      if (Array.isArray(one)) return one.map(walk);
      if (typeof one !== 'object' || one === null) return one;
      const entries = Object.entries(one).map(([key, inner]): [string, unknown] => [
        key,
        key === 'guard' ? toGuard((inner as { params: Params }).params) : walk(inner),
      ]);
      return Object.fromEntries(entries);
    };
    return walk(value) as JsonObject;
  }
  type Params = { readonly condition?: Condition; readonly inside?: string };
  function toGuard({ condition, inside }: Params): unknown {
    const holds = ({ event }: { event: JsonObject }): boolean =>
      condition === undefined || judge(condition, situated(event)) === true;
    return inside === undefined ? holds : and([stateIn(inside), holds as never]);
  }

  return {
    send: (type, data = {}) => actor.send({ ...data, type }),
    pass(until) {
      for (;;) {
        const [next] = [...timers]
          .filter(([, { at }]) => at <= until)
          .sort(([a, one], [b, other]) => one.at - other.at || a - b);
        if (!next) break;
        const [id, { at, run }] = next;
        timers.delete(id);
        now = at;
        run();
      }
      now = until;
    },
    leaf() {
      const { value } = actor.getSnapshot() as AnyMachineSnapshot;
      let inner: unknown = value;
      while (typeof inner === 'object' && inner !== null) {
        const [[id, next]] = Object.entries(inner) as [[string, unknown]];
        inner =
          typeof next === 'object' && next !== null && Object.keys(next).length === 0 ? id : next;
      }
      return String(inner);
    },
    pending: () => [...timers.values()].map(({ at }) => at).sort((a, b) => a - b),
    failed: () => failed,
  };
}
