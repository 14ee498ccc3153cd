import type { Fact, RecordId, Subject } from 'opportune';
import type { ClearNames } from './clear-names.js';
import { mapTexts } from './walk.js';

export const isContact = (id: string): boolean => /^[^:|\s]+:contact:/.test(id);

/** Facts of the agent's own whose texts are ids, keys and words of ours; the fields named are written by people. */
const OWN: { readonly [type: string]: readonly string[] } = {
  response: ['response'],
  bid: [],
  'bid-withdrawn': [],
  published: [],
  'roll-out': [],
  'holdout-assigned': [],
  learned: [],
  rate: [],
  merged: [],
  'taken-over': [],
  seen: [],
  tip: ['text', 'attributes'],
  'tip-settled': ['text', 'because'],
  'try-started': ['how'],
  'try-ended': [],
};
const FREE_IN_RESPONSE: readonly string[] = ['text', 'answer'];

/** An id, or a day or a moment: says nothing of its own about a person. */
const PLAIN =
  /^(?:[^:|\s]{1,100}:(?:account|contact|opportunity|rep|product|company):[^|\s@]{1,200}|-?\d{4,6}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|)$/;

export const isPlain = (text: string): boolean => PLAIN.test(text);

/** The contacts that a fact concerns, erased ones too, in order. */
export function findConcerned(fact: Fact): readonly RecordId[] {
  const { about, by, subjects, source } = fact;
  const found = new Set<RecordId>();
  for (const list of [about, subjects, by === undefined ? [] : [by], source ? [source.record] : []])
    for (const id of list) if (isContact(id)) found.add(id);
  return found.size < 2 ? [...found] : [...found].sort();
}

/** What becomes of each text: a personal one, and any other (by default it stays). */
export interface Replacing<Personal> {
  readonly personal: Personal;
  readonly other?: (text: string) => string;
  /** A record, or another part of a subject, as it was replaced before; undefined: it has to be done. */
  readonly known?: (part: object) => object | undefined;
}

type Map = (value: unknown) => unknown;

/** A fact with the texts in it replaced. Not personal are ids, times, and what a playbook compares. */
export function mapFactTexts(
  fact: Fact,
  clear: ClearNames,
  { personal: text, other = same }: Replacing<(text: string) => string>,
): Fact {
  const personal: Map = (value) => mapTexts(value, (one) => (isPlain(one) ? one : text(one)));
  const rest: Map = other === same ? same : (value) => mapTexts(value, other);
  const { data, ...skeleton } = fact;
  const mapped = mapData(fact, clear, personal, rest);
  const whole = rest(skeleton);
  return mapped === data && whole === skeleton
    ? fact
    : ({ ...(whole as typeof skeleton), data: mapped } as Fact);
}

const same = <Value>(value: Value): Value => value;

function mapData(
  { type, data, about: [first = ''] }: Fact,
  clear: ClearNames,
  personal: Map,
  other: Map,
): unknown {
  if (type === 'record-changed' || type === 'record-deleted') {
    if (!isContact(first)) return other(data);
    const value = (bare: string, held: unknown): unknown =>
      mapContactValue(bare, held, clear, personal, other);
    return mapFields(data, (name, held) => {
      if (name === 'values') return mapFields(held, value);
      if (name !== 'previous') return personal(held);
      return mapFields(held, (bare, known) =>
        mapFields(known, (part, one) => (part === 'value' ? value(bare, one) : other(one))),
      );
    });
  }
  const own = Object.hasOwn(OWN, type) ? OWN[type] : undefined;
  return mapFields(data, (name, value) => {
    if (own && !own.includes(name)) return other(value);
    if (name === 'response')
      return mapFields(value, (part, held) =>
        FREE_IN_RESPONSE.includes(part) ? personal(held) : other(held),
      );
    return (!own && clear.fields.has(name)) || isMoney(value) ? other(value) : personal(value);
  });
}

/** A value of a contact: a choice that the playbook declares stays as it is. */
function mapContactValue(
  bare: string,
  value: unknown,
  { attributes }: ClearNames,
  personal: Map,
  other: Map,
): unknown {
  const id = `contact.${bare}`;
  if (isMoney(value)) return other(value);
  if (!attributes.has(id)) return personal(value);
  const declared = attributes.get(id);
  return mapTexts(value, (one) =>
    String(!declared || declared.has(one) ? other(one) : personal(one)),
  );
}

function mapFields(held: unknown, map: (name: string, value: unknown) => unknown): unknown {
  if (typeof held !== 'object' || held === null || Array.isArray(held)) return held;
  const fields = held as { readonly [name: string]: unknown };
  let changed: { [name: string]: unknown } | undefined;
  for (const name in fields) {
    const value = map(name, fields[name]);
    if (value === fields[name]) continue;
    changed ??= { ...fields };
    changed[name] = value;
  }
  return changed ?? held;
}

const isMoney = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'amountMinor' in value;

/** Names under which a subject's state holds what people wrote. */
const WRITTEN: ReadonlySet<string> = new Set(['text', 'because', 'answer', 'how']);

/**
 * A subject with the texts in it replaced. Personal are the values of its contacts, told with the contact, and what evidence,
 * openings, answers and tips quote, told without.
 */
export function mapSubjectTexts(
  subject: Subject,
  clear: ClearNames,
  {
    personal: text,
    other = same,
    known: knownAs = () => undefined,
  }: Replacing<(text: string, person: RecordId | undefined) => string>,
): Subject {
  const personal: Map = (value) =>
    mapTexts(value, (one) => (isPlain(one) ? one : text(one, undefined)));
  const rest: Map = other === same ? same : (value) => mapTexts(value, other);

  const quote: Map = (value) => {
    if (typeof value === 'string') return other(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return mapList(value, quote);
    const isEvidence = 'fact' in value && 'occurredAt' in value;
    const attribute = 'attribute' in value ? String(value.attribute) : undefined;
    return mapFields(value, (name, held) => {
      if (isEvidence && name === 'data')
        return mapFields(held, (field, part) =>
          clear.fields.has(field) || isMoney(part) ? rest(part) : personal(part),
        );
      if (WRITTEN.has(name) && (typeof held === 'string' || Array.isArray(held)))
        return personal(held);
      if (name === 'attributes' && 'signed' in value) return personal(held);
      if (attribute !== undefined && (name === 'from' || name === 'to'))
        return clear.attributes.has(attribute) ? rest(held) : personal(held);
      return quote(held);
    });
  };

  /** The first and the last of a text hold what somebody wrote; those of a choice what is compared. */
  const derived = (kind: string, held: unknown): unknown =>
    mapFields(held, (bare, accumulator) =>
      mapFields(accumulator, (part, held) =>
        (part === 'first' || part === 'last') && !clear.attributes.has(`${kind}.${bare}`)
          ? mapFields(held, (name, value) =>
              name === 'value' ? personal(value) : quoteField(name, value),
            )
          : quote(held),
      ),
    );
  const quoteField = (name: string, value: unknown): unknown =>
    WRITTEN.has(name) ? personal(value) : quote(value);

  const values = (id: string, held: unknown): unknown => {
    const own: Map = (value) => mapTexts(value, (one) => (isPlain(one) ? one : text(one, id)));
    return mapFields(held, (bare, known) =>
      mapFields(known, (field, value) =>
        field === 'value' ? mapContactValue(bare, value, clear, own, rest) : rest(value),
      ),
    );
  };
  const orKnown = (part: unknown, map: Map): unknown =>
    (typeof part === 'object' && part !== null ? knownAs(part) : undefined) ?? map(part);
  return mapFields(subject, (name, part) =>
    name !== 'records'
      ? orKnown(part, quote)
      : mapFields(part, (id, record) =>
          orKnown(record, (held) =>
            mapFields(held, (name, field) =>
              name === 'derived'
                ? derived(id.split(':')[1] ?? '', field)
                : name === 'values' && isContact(id)
                  ? values(id, field)
                  : rest(field),
            ),
          ),
        ),
  ) as Subject;
}

function mapList(list: readonly unknown[], map: Map): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const one = map(list[i]);
    if (one === list[i]) continue;
    changed ??= [...list];
    changed[i] = one;
  }
  return changed ?? list;
}
