import type { Attribute } from '../domain/playbook.js';
import { ENGLISH } from '../view/strings.js';
import type { Slot } from './sentence.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';
import type { Option, Vocabulary } from './vocabulary.js';

const says = (table: { readonly [value: string]: string }): readonly Option[] =>
  Object.entries(table).map(([value, label]) => ({ value, label: label.replace(/:$/, '') }));

/** In the words of a sentence, with an ellipsis for what follows. */
const around = (text: string): string =>
  `${WORDS.operators.is} ${text.replace(/\{\w+\}/, WORDS.open)}`;

const OPERATORS: { readonly [operator: string]: string } = {
  is: WORDS.operators.is,
  list: WORDS.operators.list,
  gte: around(ENGLISH.atLeast),
  gt: around(ENGLISH.moreThan),
  lte: around(ENGLISH.atMost),
  lt: around(ENGLISH.lessThan),
  in: around(ENGLISH.sameAs),
  hasAll: WORDS.operators.hasAll,
  hasNone: WORDS.operators.hasNone,
  startsWith: around(ENGLISH.beginsWith),
  missing: `${WORDS.operators.is} ${ENGLISH.notKnown}`,
  known: WORDS.operators.known,
};

/** A field of an event beside one of an earlier event, as cards say it. */
export const COMPARISONS: readonly (readonly [operator: string, text: string])[] = [
  ['is', ENGLISH.sameFieldAs],
  ['isNot', ENGLISH.otherFieldThan],
  ['gt', ENGLISH.moreFieldThan],
  ['gte', ENGLISH.atLeastFieldOf],
  ['lt', ENGLISH.lessFieldThan],
  ['lte', ENGLISH.atMostFieldOf],
];

/** The forms that the value of a slot can have instead; undefined for a slot that holds a value. */
export function formsFor(
  { kind, path, attribute }: Slot,
  vocabulary: Vocabulary,
): readonly Option[] | undefined {
  switch (kind) {
    case 'trigger':
      return says(WORDS.triggers);
    case 'pattern':
      return says(WORDS.patterns);
    case 'group':
      return says(WORDS.groups);
    case 'worth':
      return says(WORDS.worth);
    case 'moment':
      return (['before', 'after'] as const).map(
        (value): Option => ({ value, label: ENGLISH[value].replace(/\{\w+\}/g, '').trim() }),
      );
    case 'operator':
      if (path.at(-2) === 'compare')
        return COMPARISONS.map(
          ([value, text]): Option => ({ value, label: text.replace(/\{\w+\}/g, WORDS.open) }),
        );
      return operatorsOf(attribute === undefined ? undefined : vocabulary.attribute(attribute)).map(
        (value): Option => ({ value, label: OPERATORS[value] ?? value }),
      );
    default:
      return undefined;
  }
}

/** What may be asked of an attribute; of a field of an event, whose type nobody knows, everything. */
export function operatorsOf(attribute: Attribute | undefined): readonly string[] {
  const known = ['missing', 'known'];
  switch (attribute?.type) {
    case 'number':
    case 'date':
      return ['gte', 'lte', 'gt', 'lt', 'is', 'list', 'in', ...known];
    case 'multi':
      return ['is', 'list', 'hasAll', 'hasNone', 'in', ...known];
    case 'boolean':
      return ['is', 'in', ...known];
    case 'choice':
      return ['is', 'list', 'in', ...known];
    case 'text':
      return ['is', 'list', 'startsWith', 'in', ...known];
    case undefined:
      return Object.keys(OPERATORS);
  }
}
