import fc from 'fast-check';
import type { Condition, Situated } from '../src/domain/condition.js';
import type { Machine, MachineState, MachineTransition } from '../src/domain/machine.js';
import type { AttributeValue, JsonObject } from '../src/domain/value.js';

/** What records of a random machine have, and what happens to them. */
const ATTRIBUTES = ['account.a', 'account.b', 'account.c'];
const EVENTS = ['ask', 'buy', 'call'];
const RAISED = ['red', 'blue'];

export type Happening =
  | { readonly event: string; readonly data: JsonObject }
  | { readonly attribute: string; readonly value: boolean | undefined }
  | { readonly passes: number };

export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        event: fc.constantFrom(...EVENTS, 'strange'),
        data: fc.record({ x: fc.boolean() }, { requiredKeys: [] }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        attribute: fc.constantFrom(...ATTRIBUTES),
        value: fc.constantFrom(true, false, undefined),
      }),
    },
    { weight: 3, arbitrary: fc.record({ passes: fc.integer({ min: 1, max: 25 }) }) },
  ),
  { minLength: 1, maxLength: 25 },
);

const condition: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom(...ATTRIBUTES), fc.boolean(), fc.integer({ min: 0, max: 5 }))
  .map(([attribute, wanted, form]): Condition => {
    const test = { attribute, in: [wanted] };
    return form === 0 ? { not: test } : form === 1 ? { attribute, missing: true } : test;
  });

/** Sound machines: up to twelve states, three deep, with everything that the format has. */
export const machines: fc.Arbitrary<Machine> = fc.gen().map((pick) => {
  const int = (max: number): number => pick(fc.integer, { min: 0, max });
  const chance = (percent: number): boolean => int(99) < percent;
  let made = 0;
  const ids: string[] = [];
  const compounds: string[] = [];
  type Draft = { -readonly [key in keyof MachineState]: MachineState[key] };
  const drafts: Draft[] = [];
  const make = (depth: number): Draft[] =>
    Array.from({ length: 1 + int(depth === 0 ? 3 : 2) }, (_, i) => {
      const id = `s${made++}`;
      const draft: Draft = { id, label: id };
      ids.push(id);
      drafts.push(draft);
      if (depth < 2 && chance(35) && made < 10) {
        draft.states = make(depth + 1);
        draft.initial = draft.states[int(draft.states.length - 1)]?.id ?? '';
        compounds.push(id);
      } else if (i > 0 && chance(15)) draft.final = true;
      if (chance(25)) draft.entry = [RAISED[int(1)] as string];
      if (chance(20)) draft.exit = [RAISED[int(1)] as string];
      return draft;
    });
  const states = make(0);
  const transitionsOf = (most: number): MachineTransition[] =>
    Array.from({ length: int(most) }, (): MachineTransition => {
      const target = ids[int(ids.length - 1)] as string;
      const again = chance(20) ? { reenter: true as const } : {};
      const guard = (percent: number): { when?: Condition } =>
        chance(percent) ? { when: pick(() => condition) } : {};
      const kind = int(9);
      if (kind < 4) {
        const where: Condition = { attribute: 'event.x', in: [chance(50)] };
        const { when } = guard(40);
        const all = [...(chance(25) ? [where] : []), ...(when ? [when] : [])];
        return {
          on: EVENTS[int(2)] as string,
          ...(all.length > 0 && { when: { all } }),
          target,
          ...again,
        };
      }
      if (kind === 4) return { on: RAISED[int(1)] as string, ...guard(30), target, ...again };
      if (kind === 5 && compounds.length > 0)
        return { on: `done.state.${compounds[int(compounds.length - 1)]}`, target };
      if (kind < 8) return { afterMs: 1 + int(14), ...guard(30), target, ...again };
      return { when: pick(() => condition), target };
    });
  for (const draft of drafts)
    if (!draft.final) {
      const transitions = transitionsOf(3);
      if (transitions.length > 0) draft.transitions = transitions;
    }
  const own = transitionsOf(2);
  return {
    id: 'm',
    label: 'm',
    of: 'account',
    initial: states[int(states.length - 1)]?.id ?? '',
    states,
    ...(own.length > 0 && { transitions: own }),
    file: 'machines/m.yaml',
  };
});

/** A record that holds these values, at an event with these fields. */
export function situatedIn(
  values: ReadonlyMap<string, AttributeValue | undefined>,
  data: JsonObject = {},
): Situated {
  return {
    get: (attribute) =>
      attribute.startsWith('event.')
        ? (data[attribute.slice('event.'.length)] as AttributeValue | undefined)
        : values.get(attribute),
    children: () => [],
  };
}
