import { bareName } from '../core/bare-name.js';
import { ACTION_KINDS, type Attribute } from '../domain/playbook.js';
import type { JsonValue } from '../domain/value.js';
import { KINDS } from '../plan/attribute-table.js';
import { CHANNELS } from '../plan/common-shapes.js';
import type { NameKind } from '../plan/context.js';
import { plain } from '../view/format.js';
import { ENGLISH } from '../view/strings.js';
import type { SlotKind } from './sentence.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';
import type { Env, Option, Vocabulary } from './vocabulary.js';

/** Offered where nothing was typed; any other can be. */
const USUAL_MINUTES = [5, 10, 15, 20, 30, 45, 60];
const USUAL_DAYS = [7, 14, 30, 60, 90];

const ABOUT = ['account', 'contact', 'opportunity'] as const;

/** What a slot of that kind can hold there; empty where anything of its type can stand. */
export function optionsThere(kind: SlotKind, env: Env): readonly Option[] {
  const { vocabulary, bare, attribute } = env;
  const name = kind === 'name' || kind === 'tag' ? `${kind}:${bare}` : `${kind}:${attribute ?? ''}`;
  return vocabulary.once(name, () => listOptions(kind, env));
}

function listOptions(kind: SlotKind, { vocabulary, bare, attribute }: Env): readonly Option[] {
  const { playbook } = vocabulary;
  const known = (id: string, label: string): Option => option(id, label, id, vocabulary);
  switch (kind) {
    case 'about':
      return ABOUT.map((id) => known(id, ENGLISH.records[id]));
    case 'child':
      return ABOUT.map((id) => known(id, ENGLISH.records[id]));
    case 'action':
      return ACTION_KINDS.map((id) => known(id, WORDS.actions[id]));
    case 'channel':
      return CHANNELS.map((id) => known(id, ENGLISH.channels[id]));
    case 'contact':
      return [
        ...valuesOf('contact.role', vocabulary),
        ...Object.entries(WORDS.contacts).map(([id, label]) => known(id, label)),
      ];
    case 'audience':
      return [
        ...Object.entries(WORDS.audiences).map(([id, label]) => known(id, label)),
        ...valuesOf('rep.role', vocabulary),
      ];
    case 'goal':
      return playbook.goals.map(({ id, label }) => known(id, label));
    case 'product':
      return playbook.products.map(({ id, label }) => known(id, label));
    case 'activity':
      return vocabulary.activities.map((id) => known(id, activityName(id)));
    case 'absent':
      return nouns(vocabulary);
    case 'name':
      return namesFrom(bare, vocabulary);
    case 'tag':
      return [
        ...[...vocabulary.tags.keys()].map((id) => known(id, id)),
        ...namesFrom(bare, vocabulary),
        ...bareNames(bare, vocabulary),
      ];
    case 'mandatory':
      return [true, false].map((value) => ({ value, label: WORDS.mandatory[`${value}`] }));
    case 'requested':
      return [true, false].map((value) => ({ value, label: WORDS.requested[`${value}`] }));
    case 'condition':
      return [{ value: {}, label: WORDS.anything }];
    case 'value':
    case 'tag-value':
      return [
        ...(kind === 'tag-value' ? [{ value: 'same', label: WORDS.same }] : []),
        ...valuesOf(attribute, vocabulary),
      ];
    case 'minutes':
      return USUAL_MINUTES.map((value) => ({ value, label: `${value}` }));
    case 'duration':
      return USUAL_DAYS.map((count) => ({ value: `${count} days`, label: `${count} days` }));
    default:
      return [];
  }
}

function option(
  value: JsonValue,
  label: string,
  id: string,
  { synonyms }: Pick<Vocabulary, 'synonyms'>,
): Option {
  const also = [...(typeof value === 'string' && value !== label ? [value] : []), ...synonyms(id)];
  return { value, label, ...(also.length > 0 && { also }) };
}

function activityName(id: string): string {
  const events: { readonly [type: string]: string } = ENGLISH.events;
  return Object.hasOwn(events, id) ? (events[id] as string) : plain(id);
}

/** After "no": the noun where only one activity has it. */
function nouns(vocabulary: Vocabulary): readonly Option[] {
  const known: { readonly [type: string]: string } = ENGLISH.eventNouns;
  const nounOf = (id: string): string =>
    Object.hasOwn(known, id) ? (known[id] as string) : activityName(id);
  const all = vocabulary.activities.map(nounOf);
  return vocabulary.activities.map((id) => {
    const noun = nounOf(id);
    const isOnly = all.filter((one) => one === noun).length === 1;
    return option(id, isOnly ? noun : activityName(id), id, vocabulary);
  });
}

/** Attributes as a play names them there: bare ones of one kind, and all of them with their kind. */
function namesFrom(bare: NameKind, vocabulary: Vocabulary): readonly Option[] {
  const all = [...vocabulary.playbook.attributes].sort(
    (a, b) => KINDS.indexOf(a.of) - KINDS.indexOf(b.of),
  );
  const qualified = (one: Attribute): string =>
    WORDS.nameOf.replace('{label}', () => one.label).replace('{kind}', () => WORDS.kinds[one.of]);
  return [
    ...all
      .filter(({ of }) => of === bare)
      .map((one) => option(bareName(one.id), one.label, one.id, vocabulary)),
    ...all.map((one) => {
      const named = option(one.id, qualified(one), one.id, vocabulary);
      return { ...named, also: [...(named.also ?? []), one.label] };
    }),
  ];
}

/** Attributes of other kinds by their bare names, where content is looked for by them. */
function bareNames(bare: NameKind, vocabulary: Vocabulary): readonly Option[] {
  const { attributes } = vocabulary.playbook;
  const own = new Set(attributes.flatMap(({ of, id }) => (of === bare ? [bareName(id)] : [])));
  return attributes
    .filter(({ id }) => !own.has(bareName(id)))
    .map((one) => option(bareName(one.id), one.label, one.id, vocabulary));
}

/** Declared values of an attribute, or of a word of content's own. */
function valuesOf(id: string | undefined, vocabulary: Vocabulary): readonly Option[] {
  if (id === undefined) return [];
  const attribute = vocabulary.attribute(id);
  if (attribute?.type === 'boolean') {
    const { yesValue, noValue } = ENGLISH;
    return [
      { value: true, label: yesValue },
      { value: false, label: noValue },
    ];
  }
  if (!attribute) return (vocabulary.tags.get(id) ?? []).map((value) => ({ value, label: value }));
  return [
    ...(attribute.values ?? []).map(({ id: value, label }) =>
      option(value, label, `${id}=${value}`, vocabulary),
    ),
    ...vocabulary.groups(id),
  ];
}
