import { bareName } from '../core/bare-name.js';
import type { JsonValue } from '../domain/value.js';
import { capital, clean, plain } from '../view/format.js';
import { CONTENT_STRINGS as WORDS } from './content-strings.js';
import type { Tag, TagOperator } from './content-tags.js';
import { wordsOf } from './slot-words.js';
import { SENTENCE_STRINGS } from './strings.js';
import type { Vocabulary } from './vocabulary.js';

export interface TagWords {
  /** `Industry` */
  readonly name: string;
  /** `is not` */
  readonly operator: string;
  /** `Retail or Food` */
  readonly values: string;
}

export function tagWords({ attribute, operator, values }: Tag, vocabulary: Vocabulary): TagWords {
  const words = values.map((value) => valueWords(attribute, value, vocabulary));
  return {
    name: attributeWords(attribute, vocabulary),
    operator: operatorWords(operator, attribute, vocabulary),
    values: operator === 'between' ? bothOf(words) : eitherOf(words),
  };
}

/** `Industry is Retail or Food` */
export function tagText(tag: Tag, vocabulary: Vocabulary): string {
  const { name, operator, values } = tagWords(tag, vocabulary);
  return `${name} ${operator} ${values}`;
}

/** The label; with its kind of record where another has the same. */
export function attributeWords(id: string, vocabulary: Vocabulary): string {
  return vocabulary.once(`tag-name:${id}`, () => {
    const attribute = vocabulary.attribute(id);
    if (!attribute) return capital(plain(bareName(id)));
    const isShared = vocabulary.playbook.attributes.some(
      (one) => one.id !== id && one.label === attribute.label,
    );
    return isShared
      ? SENTENCE_STRINGS.nameOf
          .replace('{label}', () => clean(attribute.label))
          .replace('{kind}', () => SENTENCE_STRINGS.kinds[attribute.of])
      : clean(attribute.label);
  });
}

export function operatorWords(
  operator: TagOperator,
  id: string,
  { attribute }: Vocabulary,
): string {
  const dates: { readonly [operator: string]: string } = WORDS.dates;
  const own = attribute(id)?.type === 'date' ? dates[operator] : undefined;
  return own ?? WORDS.operators[operator];
}

export function valueWords(id: string, value: JsonValue, vocabulary: Vocabulary): string {
  return vocabulary.once(`tag-value:${id}=${JSON.stringify(value)}`, () => {
    const env = { vocabulary, bare: 'account', attribute: id, depth: 0 } as const;
    return clean(wordsOf('value', value, env) ?? JSON.stringify(value));
  });
}

function eitherOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  if (words.length < 2) return last;
  return WORDS.either
    .replace('{list}', () => words.slice(0, -1).join(', '))
    .replace('{last}', () => last);
}

const bothOf = ([low = '', high = '']: readonly string[]): string =>
  WORDS.both.replace('{low}', () => low).replace('{high}', () => high);
