import { bareLetters } from '../core/count-edits.js';
import type { JsonObject, JsonValue } from '../domain/value.js';
import type { Tag, TagOperator } from './content-tags.js';
import { isList, isMap } from './play-data.js';
import { rankText, type Sought, toSought } from './rank-text.js';
import { readWords } from './slot-words.js';
import { attributeWords, operatorWords, tagText, valueWords } from './tag-words.js';
import type { Option, Vocabulary } from './vocabulary.js';

const MOST_OPTIONS = 50;
const KINDS = new Set(['account', 'opportunity', 'contact', 'product', 'rep']);
const RANGES = new Set(['number', 'date']);

/** How people write what is meant; the longer ones first. */
const WRITTEN: readonly (readonly [words: string, operator: TagOperator])[] = [
  ['is not', 'isNot'],
  ['not', 'isNot'],
  ['more than', 'over'],
  ['at least', 'atLeast'],
  ['less than', 'under'],
  ['at most', 'atMost'],
  ['between', 'between'],
  ['over', 'over'],
  ['above', 'over'],
  ['after', 'over'],
  ['from', 'atLeast'],
  ['under', 'under'],
  ['below', 'under'],
  ['before', 'under'],
  ['until', 'atMost'],
  ['is', 'is'],
  ['>=', 'atLeast'],
  ['<=', 'atMost'],
  ['≥', 'atLeast'],
  ['≤', 'atMost'],
  ['>', 'over'],
  ['<', 'under'],
  ['=', 'is'],
  [':', 'is'],
];
const SPLIT = new RegExp(
  `^(.*?)(?:(?:^|\\s)(${WRITTEN.filter(([words]) => /\w/.test(words))
    .map(([words]) => words)
    .join('|')})(?:\\s+|$)|\\s*(>=|<=|[≥≤><=:])\\s*)(.*)$`,
  'iu',
);

/** One attribute of the vocabulary, or one of its values, as it is looked for. */
interface Entry {
  readonly attribute: string;
  readonly name: Sought;
  readonly value?: JsonValue;
  readonly words?: Sought;
  readonly whole?: Sought;
  readonly also: readonly Sought[];
  readonly label: string;
}

/**
 * Tags that are meant by what was typed, the likeliest first: `ret`, `industry is not retail`, `employees over 500`. The value
 * of an option is a tag, or a text to go on from. With nothing typed: what there is to ask about.
 */
export function tagOptions(typed: string, vocabulary: Vocabulary): readonly Option[] {
  const entries = entriesOf(vocabulary);
  const words = typed.trim();
  if (words === '') return beginnings(entries.filter(isName), vocabulary).slice(0, MOST_OPTIONS);
  const split = SPLIT.exec(typed.trimStart());
  const asked = split ? splitOptions(split, entries, vocabulary) : [];
  if (asked.length > 0) return asked.slice(0, MOST_OPTIONS);
  const wanted = bareLetters(words);
  const ranked = rank(entries, (entry) =>
    isName(entry)
      ? isRange(entry, vocabulary)
        ? rankText(entry.name, wanted)
        : Number.POSITIVE_INFINITY
      : Math.min(
          rankOf(entry, wanted),
          entry.whole ? rankText(entry.whole, wanted) + 0.5 : Number.POSITIVE_INFINITY,
        ),
  );
  return ranked
    .flatMap((entry): readonly Option[] =>
      isName(entry)
        ? beginnings([entry], vocabulary)
        : [{ value: toData(tagOf(entry, 'is')), label: entry.label }],
    )
    .slice(0, MOST_OPTIONS);
}

/** The tag that an option stands for; undefined for a text to go on from. */
export function toTag(value: JsonValue): Tag | undefined {
  if (!isMap(value) || !isList(value.values)) return undefined;
  return {
    attribute: String(value.attribute),
    operator: value.operator as TagOperator,
    values: value.values,
  };
}

const toData = ({ attribute, operator, values }: Tag): JsonObject => ({
  attribute,
  operator,
  values,
});
const isName = ({ value }: Entry): boolean => value === undefined;
const tagOf = ({ attribute, value }: Entry, operator: TagOperator): Tag => ({
  attribute,
  operator,
  values: [value as JsonValue],
});
const isRange = ({ attribute }: Entry, vocabulary: Vocabulary): boolean =>
  RANGES.has(vocabulary.attribute(attribute)?.type ?? '');

function rankOf({ words, also }: Entry, wanted: string): number {
  const texts = words ? [words, ...also] : also;
  return Math.min(...texts.map((text, i) => rankText(text, wanted) + (i > 0 ? 0.25 : 0)));
}

function rank(entries: readonly Entry[], rankOne: (entry: Entry) => number): readonly Entry[] {
  return entries
    .map((entry, index) => ({ entry, index, rank: rankOne(entry) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ entry }) => entry);
}

/** What is left to say: `Employees over `. */
function beginnings(names: readonly Entry[], vocabulary: Vocabulary): readonly Option[] {
  return names.flatMap((entry) => {
    const { attribute } = entry;
    const operators: readonly TagOperator[] = isRange(entry, vocabulary)
      ? ['over', 'under', 'between']
      : ['is'];
    return operators.map((operator): Option => {
      const text = `${attributeWords(attribute, vocabulary)} ${operatorWords(operator, attribute, vocabulary)} `;
      return { value: text, label: `${text}…` };
    });
  });
}

function splitOptions(
  [, left = '', word = '', sign = '', right = '']: RegExpExecArray,
  entries: readonly Entry[],
  vocabulary: Vocabulary,
): readonly Option[] {
  const written = (word || sign).toLowerCase();
  const operator = WRITTEN.find(([words]) => words === written)?.[1] ?? 'is';
  const name = bareLetters(left);
  const value = bareLetters(right);
  const isOpposite = operator === 'isNot';
  if (operator === 'is' || isOpposite) {
    const named = (entry: Entry): number => (name === '' ? 0 : rankText(entry.name, name));
    const listed = rank(entries, (entry) =>
      isName(entry) || (isOpposite && !vocabulary.attribute(entry.attribute))
        ? Number.POSITIVE_INFINITY
        : named(entry) * 10 + (value === '' ? 0 : rankOf(entry, value)),
    ).map((entry): Option => {
      const tag = tagOf(entry, operator);
      return { value: toData(tag), label: tagText(tag, vocabulary) };
    });
    if (name === '') return listed;
    return [...listed, ...freeOptions(operator, { name, right }, entries, vocabulary)];
  }
  if (name === '') return [];
  return freeOptions(operator, { name, right }, entries, vocabulary);
}

/** Numbers, days and texts of one's own. */
function freeOptions(
  operator: TagOperator,
  { name, right }: { readonly name: string; readonly right: string },
  entries: readonly Entry[],
  vocabulary: Vocabulary,
): readonly Option[] {
  const isRanged = operator !== 'is' && operator !== 'isNot';
  const named = rank(entries.filter(isName), (entry) =>
    isRanged === isRange(entry, vocabulary) ? rankText(entry.name, name) : Number.POSITIVE_INFINITY,
  );
  return named.flatMap((entry): readonly Option[] => {
    const { attribute } = entry;
    const own = vocabulary.attribute(attribute);
    if (operator === 'isNot' && !own) return [];
    const parts = operator === 'between' ? right.split(/\s+(?:and|to)\s+|\s*–\s*/i) : [right];
    const env = { vocabulary, bare: 'account', attribute, depth: 0 } as const;
    const values = parts.map((part) =>
      own ? readWords('value', part.trim(), env)?.value : part.trim() || undefined,
    );
    if (values.length !== (operator === 'between' ? 2 : 1) || values.includes(undefined))
      return right.trim() === '' && isRanged
        ? beginnings([entry], vocabulary).filter(({ value }) =>
            String(value).endsWith(` ${operatorWords(operator, attribute, vocabulary)} `),
          )
        : [];
    const tag: Tag = { attribute, operator, values: values as JsonValue[] };
    const known = entries.some((one) => one.attribute === attribute && one.value === values[0]);
    return known ? [] : [{ value: toData(tag), label: tagText(tag, vocabulary) }];
  });
}

function entriesOf(vocabulary: Vocabulary): readonly Entry[] {
  return vocabulary.once('tag-entries', () => {
    const own = [...vocabulary.tags].map(([attribute, values]) => ({ attribute, values }));
    const declared = vocabulary.playbook.attributes
      .filter(({ of }) => KINDS.has(of))
      .map(({ id, type, values = [] }) => ({
        attribute: id,
        values: type === 'boolean' ? [true, false] : values.map((one) => one.id),
      }));
    return [...own, ...declared].flatMap(({ attribute, values }): readonly Entry[] => {
      const label = attributeWords(attribute, vocabulary);
      const name = toSought(label);
      const synonyms = (id: string): readonly Sought[] => vocabulary.synonyms(id).map(toSought);
      return [
        { attribute, name, also: synonyms(attribute), label },
        ...values.map((value): Entry => {
          const words = valueWords(attribute, value, vocabulary);
          const text = tagText({ attribute, operator: 'is', values: [value] }, vocabulary);
          const whole = toSought(`${label} ${words}`);
          const also = [...synonyms(`${attribute}=${value}`), toSought(String(value))];
          return { attribute, name, value, words: toSought(words), whole, also, label: text };
        }),
      ];
    });
  });
}
