import type { MachineState } from '../domain/machine.js';
import type { Attribute, Playbook } from '../domain/playbook.js';
import type { JsonValue } from '../domain/value.js';
import { ACTIVITIES } from '../plan/activities.js';
import type { NameKind } from '../plan/context.js';

/** One choice of a slot. */
export interface Option {
  readonly value: JsonValue;
  readonly label: string;
  /** Other words by which people look for it. */
  readonly also?: readonly string[];
}

/** The words of a playbook: what the slots of its plays can hold. */
export interface Vocabulary {
  readonly currency: string;
  readonly playbook: Playbook;
  attribute(id: string): Attribute | undefined;
  /** States with states inside, of a machine's attribute. */
  groups(id: string): readonly Option[];
  /** Types of activity. */
  readonly activities: readonly string[];
  /** Words of content's own, with the values in use. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  synonyms(id: string): readonly string[];
  /** What is computed from it, once: lists of options, by their name. */
  once<T>(name: string, make: () => T): T;
}

/** What a name or a value means depends on where it stands. */
export interface Env {
  readonly vocabulary: Vocabulary;
  /** What a bare name belongs to. */
  readonly bare: NameKind;
  /** The id of the attribute whose values are meant. */
  readonly attribute?: string;
  /** The unit of the goal that is served. */
  readonly unit?: string;
  readonly depth: number;
}

export interface VocabularyOptions {
  /** Other words for attributes (`account.industry`), their values (`account.industry=Food`), activities, goals, products. */
  readonly synonyms?: { readonly [id: string]: readonly string[] };
}

export function createVocabulary(
  playbook: Playbook,
  { synonyms = {} }: VocabularyOptions = {},
): Vocabulary {
  const attributes = new Map(playbook.attributes.map((one) => [one.id, one]));
  const own = new Map<string, readonly string[]>(
    playbook.attributes.flatMap(({ id, values = [] }) =>
      values.map((value) => [`${id}=${value.id}`, value.synonyms ?? []] as const),
    ),
  );
  const kept = new Map<string, unknown>();
  return {
    currency: playbook.currency,
    playbook,
    attribute: (id) => attributes.get(id),
    groups: (id) =>
      playbook.machines
        ?.filter((machine) => `${machine.of}.${machine.id}` === id)
        .flatMap(({ states }) => groupsIn(states)) ?? [],
    activities: activitiesOf(playbook),
    tags: tagsOf(playbook),
    synonyms: (id) => [
      ...(Object.hasOwn(synonyms, id) ? (synonyms[id] ?? []) : []),
      ...(own.get(id) ?? []),
    ],
    once<T>(name: string, make: () => T): T {
      if (!kept.has(name)) kept.set(name, make());
      return kept.get(name) as T;
    },
  };
}

function groupsIn(states: readonly MachineState[]): readonly Option[] {
  return states.flatMap(({ id, label, states: inner }) =>
    inner ? [{ value: id, label }, ...groupsIn(inner)] : [],
  );
}

/** Those that connectors tell of, and those that the playbook names anywhere. */
function activitiesOf(playbook: Playbook): readonly string[] {
  const found = new Set(ACTIVITIES.map(({ id }) => id));
  for (const type of Object.keys(playbook.contactPolicy.touches)) found.add(type);
  for (const { derive } of playbook.attributes)
    if (derive && 'facts' in derive) for (const type of derive.facts.types) found.add(type);
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value))
      if (key === 'event' && typeof inner === 'string') found.add(inner);
      else walk(inner);
  };
  for (const { trigger } of playbook.plays) walk(trigger);
  return [...found];
}

function tagsOf({ contents, plays }: Playbook): ReadonlyMap<string, readonly string[]> {
  const tags = new Map<string, Set<string>>();
  const queries = plays.map(({ content }) => content ?? {});
  for (const tagged of [...contents.map(({ attributes }) => attributes), ...queries])
    for (const [name, values] of Object.entries(tagged))
      if (!name.includes('.') && values !== 'same') {
        const known = tags.get(name) ?? new Set();
        for (const value of values) known.add(String(value));
        tags.set(name, known);
      }
  return new Map([...tags].map(([name, values]) => [name, [...values]]));
}
