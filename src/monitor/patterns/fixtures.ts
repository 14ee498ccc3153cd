import { comparePositions, type Fact, noteFact } from '../../domain/fact.js';
import { type EventTests, NO_MEMORY, type PatternMemory } from '../../domain/pattern.js';
import type { Play, Playbook, Trigger } from '../../domain/playbook.js';
import type { RecordState } from '../../domain/subject.js';
import { type AttributeValue, type JsonObject, kindOf, type RecordId } from '../../domain/value.js';
import { compilePatterns, type PatternPlan } from './compile-patterns.js';
import { elapse } from './elapse.js';
import { feed } from './feed.js';
import type { Completion, PatternView, Revoked } from './feeding.js';

export const ACCOUNT = 'test:account:1';
export const HOUR = 3_600_000;
export const DAY: number = 24 * HOUR;

/** Plays with these triggers, in Berlin, with Good Friday and Easter Monday of 2027 free. */
export function planOf(
  triggers: { readonly [play: string]: Trigger },
  { about = 'account', ...settings }: Partial<Playbook> & Partial<Pick<Play, 'about'>> = {},
): PatternPlan {
  const plays = Object.entries(triggers).map(
    ([id, trigger]) => ({ id, about, trigger, expiresMs: DAY }) as Play,
  );
  const calendar = {
    zone: 'Europe/Berlin',
    workdays: [1, 2, 3, 4, 5],
    holidays: ['2027-03-26', '2027-03-29'],
  };
  return compilePatterns({ ...calendar, ...settings, plays } as Playbook);
}

export const one = (...types: readonly string[]): EventTests => types.map((event) => ({ event }));

/** A fact on the account; its id is its place in the text, so that facts of one moment are in that order. */
export function factOf(id: string, type: string, at: number, data: JsonObject = {}): Fact {
  return noteFact({ id, type, subjects: [ACCOUNT], about: [ACCOUNT], data }, at);
}

/** `A . B` is A at hour 0 and B at hour 2; `A+B` are of the same hour. */
export function factsOf(line: string, stepMs: number = HOUR): readonly Fact[] {
  return line
    .split(' ')
    .flatMap((word, hour) =>
      word === '.'
        ? []
        : word
            .split('+')
            .map((name, k) =>
              factOf(`${hour}.${k}-${name}`, name.replace(/\d/g, ''), hour * stepMs),
            ),
    );
}

export function viewOf(
  records: readonly RecordId[],
  values: { readonly [attribute: string]: AttributeValue } = {},
): PatternView {
  return {
    records: Object.fromEntries(
      records.map((id): [RecordId, RecordState] => [
        id,
        { id, kind: kindOf(id), values: {}, derived: {} },
      ]),
    ),
    situated: (_, event) => ({
      get: (attribute) =>
        attribute.startsWith('event.')
          ? (event?.[attribute.slice('event.'.length)] as AttributeValue | undefined)
          : values[attribute],
      children: () => [],
    }),
  };
}

export interface Watched {
  readonly memory: PatternMemory;
  readonly completed: readonly Completion[];
  readonly revoked: readonly Revoked[];
  /** The memory after each fact. */
  readonly memories: readonly PatternMemory[];
}

/** The facts in order, and then time up to `until`. */
export function watch(
  plan: PatternPlan,
  facts: readonly Fact[],
  until: number = facts.at(-1)?.occurredAt ?? 0,
  view: PatternView = viewOf([ACCOUNT]),
): Watched {
  let memory = NO_MEMORY;
  const completed: Completion[] = [];
  const revoked: Revoked[] = [];
  const memories: PatternMemory[] = [];
  for (const fact of facts.toSorted(comparePositions)) {
    const elapsed = elapse(plan, memory, fact.occurredAt);
    const fed = feed(plan, elapsed.memory, fact, view, ACCOUNT);
    completed.push(...elapsed.completed, ...fed.completed);
    revoked.push(...fed.revoked);
    memory = fed.memory;
    memories.push(memory);
  }
  const last = elapse(plan, memory, until);
  completed.push(...last.completed);
  return { memory: last.memory, completed, revoked, memories };
}

/** `3h: 0.0-A 3.0-B`, or with days where hours are many. */
export function tell({ completed }: Pick<Watched, 'completed'>): readonly string[] {
  return completed.map(
    ({ begin, facts }) =>
      `${begin / HOUR}h: ${facts.map(({ fact }) => fact.split('-')[1]).join(' ')}`,
  );
}
