import { createRandom } from '../src/core/random.js';
import type { TagAttribute, Tagged, Tags } from '../src/studio/tagged.js';

/** A library of which it is known what every content is about, whatever somebody tagged it with. */
export interface TagLibrary {
  readonly attributes: readonly TagAttribute[];
  readonly contents: readonly (Tagged & { readonly truth: Tags })[];
}

export interface TagLibraryOptions {
  readonly size: number;
  readonly seed: number;
  /** Of the tags that are right, so many are missing, and so many contents have one that is wrong. */
  readonly noise?: number;
}

const SYLLABLES =
  'ba be bo da de di fa fe ga go ka ke ko la le li ma me mo na ne no pa pe ra re ri sa se so ta te to va vi wa za zo'.split(
    ' ',
  );
const ATTRIBUTES = 6;
const VALUES = 8;
/** Words that a text about a value is likely to use, of which some belong to two values. */
const OWN_WORDS = 14;
const ENDINGS = ['betrieb', 'kunden', 'anlage', 'markt'];

/**
 * Made-up words, as often as words are (1 / rank), on some of 48 values. A text names a value in 55 of 100 cases, by its label, in
 * the plural, by a synonym, or inside a longer word as in German; every fourth value is called like a common word, which
 * stands in texts about other things too, beside words of its own: an apple in a pie.
 */
export function makeTagLibrary({ size, seed, noise = 0.05 }: TagLibraryOptions): TagLibrary {
  const random = createRandom(`tag-library ${seed}`);
  const pick = <Item>(list: readonly Item[]): Item =>
    list[Math.floor(random() * list.length)] as Item;
  const used = new Set<string>();
  const word = (): string => {
    for (;;) {
      const made = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(SYLLABLES)).join(
        '',
      );
      if (made.length > 4 && !used.has(made)) {
        used.add(made);
        return made;
      }
    }
  };
  const words = (count: number): readonly string[] => Array.from({ length: count }, word);
  const background = words(4000);
  /** By rank, as in Zipf's law: the logarithm of the rank is uniform. */
  const common = (): string =>
    background[Math.floor(background.length ** random()) - 1] ?? (background[0] as string);
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

  const values = Array.from({ length: ATTRIBUTES * VALUES }, (_, number) => {
    const label = word();
    return {
      number,
      label,
      synonyms: words(2),
      own: [...words(OWN_WORDS)],
      // What is called the same, and is something else.
      homonym: number % 4 === 0 ? words(6) : undefined,
    };
  });
  for (const value of values)
    value.own.push(...(values[(value.number * 7 + 3) % values.length]?.own.slice(0, 3) ?? []));
  const idOf = (number: number): string => `account.kind${Math.floor(number / VALUES)}`;
  const attributes = Array.from(
    { length: ATTRIBUTES },
    (_, attribute): TagAttribute => ({
      id: idOf(attribute * VALUES),
      label: `Kind ${attribute}`,
      values: values
        .filter(({ number }) => Math.floor(number / VALUES) === attribute)
        .map(({ label, synonyms }) => ({ id: label, label: capital(label), synonyms })),
    }),
  );
  const tagsOf = (numbers: ReadonlySet<number>): Tags => {
    const tags: { [id: string]: string[] } = {};
    for (const number of numbers) {
      const id = idOf(number);
      tags[id] = [...(tags[id] ?? []), values[number]?.label ?? ''];
    }
    return tags;
  };

  const contents = Array.from({ length: size }, (_, at) => {
    const about = new Set<number>();
    const wanted = 1 + Math.floor(random() * 3);
    while (about.size < wanted) about.add(Math.floor(values.length * random() ** 1.5));
    const text: string[] = Array.from({ length: 50 + Math.floor(random() * 110) }, common);
    const put = (...more: string[]): void => {
      text.splice(Math.floor(random() * (text.length + 1)), 0, ...more);
    };
    for (const number of about) {
      const { label, synonyms, own } = values[number] as (typeof values)[number];
      for (let i = 0; i < 2 + Math.floor(random() * 5); i++) put(pick(own));
      if (random() > 0.55) continue;
      const kind = random();
      if (kind < 0.4) put(capital(label));
      else if (kind < 0.6) put(`${label}s`);
      else if (kind < 0.85) put(pick(synonyms));
      else put(`${capital(label)}${pick(ENDINGS)}`);
    }
    const other = pick(values);
    if (other.homonym && random() < 0.5 && !about.has(other.number))
      put(other.label, pick(other.homonym), pick(other.homonym));
    const tagged = new Set([...about].filter(() => random() >= noise));
    if (random() < noise) tagged.add(Math.floor(random() * values.length));
    const title = capital([common(), common(), common()].join(' '));
    const body = text.map((one, i) => (i % 12 === 0 ? capital(one) : one)).join(' ');
    return {
      id: `content-${at}`,
      text: `${title}\n${body}`,
      tags: tagsOf(tagged),
      truth: tagsOf(about),
    };
  });
  return { attributes, contents };
}
