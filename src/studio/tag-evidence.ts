import { hashUnit } from '../core/hash-unit.js';
import { type Sliced, within } from '../core/run-sliced.js';
import { createNameFinder, type FindNames, type NameHit, type NameOf } from './find-names.js';
import { marginOf, type Separator, type Sided, separate } from './separate.js';
import { splitWords, type Word } from './split-words.js';
import type { TagAttribute, Tagged } from './tagged.js';
import { makeVectors, type Neighbour, type Vector, type Vectors } from './text-vectors.js';

/** A proposal that somebody took or refused, and the text that it was made for. */
export interface Correction {
  readonly text: string;
  readonly attribute: string;
  readonly value: string;
  readonly taken: boolean;
}

/** One value that content may be tagged with. */
export interface Tag {
  readonly attribute: string;
  readonly value: string;
}

/** A text of which it is known whether tags are right: of all of them, or of one where somebody said so. */
export interface Row {
  readonly id: string;
  readonly words: readonly Word[];
  readonly vector: Vector;
  readonly hits: ReadonlyMap<number, NameHit>;
  readonly tags: ReadonlySet<number>;
  /** Of a correction: the tag that it is about. */
  readonly only?: number;
  readonly counts: number;
  /** Equal texts are in the same. */
  readonly fold: number;
}

export interface Ground {
  readonly tags: readonly Tag[];
  /** Contents with a tag, then corrections; the first are the rows of the vectors. */
  readonly rows: readonly Row[];
  readonly contents: number;
  readonly vectors: Vectors;
  readonly findNames: FindNames;
  readonly folds: number;
}

/** What was learned from all rows, or from those outside a fold. */
export interface Learned {
  /** By tag; none where too few texts have it. */
  readonly separators: readonly (Separator | undefined)[];
  /** By tag: log odds that it is right where its name stands. */
  readonly nameOdds: readonly number[];
  /** By tag: log odds that a content has it. */
  readonly common: readonly number[];
}

/** Each of them costs a training; a large library can spare more of itself. */
const FOLDS = 5;
const FOLDS_OF_MANY = 3;
const MANY = 1000;
/** What somebody said of a proposal, against a tag that content has or has not. */
const CORRECTION_COUNTS = 3;
const FEWEST_TAGGED = 3;
/** Most texts without a tag that are held against those with it. */
const MOST_AGAINST = 2500;
const ROWS_A_SLICE = 50;
/** A rate is held by so many cases of what it was expected to be. */
const EXPECTED = 4;

/** Contents without any tag are not yet tagged, and show nothing. */
export function* layGround(
  library: readonly Tagged[],
  attributes: readonly TagAttribute[],
  corrections: readonly Correction[],
): Sliced<Ground> {
  const tags = attributes.flatMap(({ id, values }) =>
    values.map((value): Tag => ({ attribute: id, value: value.id })),
  );
  const numbers = new Map(tags.map((tag, number) => [keyOf(tag), number]));
  const findNames = createNameFinder(namesOf(attributes));
  const known = library.flatMap(({ id, text, tags: own }) => {
    const numbered = Object.entries(own).flatMap(([attribute, values]) =>
      values.flatMap((value) => numbers.get(keyOf({ attribute, value })) ?? []),
    );
    return numbered.length > 0 ? [{ id, text, tags: new Set(numbered), counts: 1 }] : [];
  });
  const split: (readonly Word[])[] = [];
  for (const [row, { text }] of known.entries()) {
    split.push(splitWords(text));
    if (row % ROWS_A_SLICE === 0) yield (0.3 * row) / known.length;
  }
  const vectors = yield* within(makeVectors(split), 0.3, 0.7);
  const current = new Map(known.map(({ text, tags: own }) => [text, own]));
  const told = corrections.flatMap(({ text, attribute, value, taken }) => {
    const only = numbers.get(keyOf({ attribute, value }));
    if (only === undefined) return [];
    // A content that has it otherwise by now was changed after somebody said so.
    const now = current.get(text);
    if (now && now.has(only) !== taken) return [];
    const own = new Set(taken ? [only] : []);
    return [{ id: '', text, tags: own, only, counts: CORRECTION_COUNTS }];
  });
  const folds = known.length > MANY ? FOLDS_OF_MANY : FOLDS;
  const rows: Row[] = [];
  for (const [at, { text, ...rest }] of [...known, ...told].entries()) {
    const words = split[at] ?? splitWords(text);
    rows.push({
      ...rest,
      words,
      vector: vectors.rows[at] ?? vectors.vectorOf(words),
      hits: findNames(text, words),
      fold: Math.floor(hashUnit(text) * folds),
    });
    if (at % ROWS_A_SLICE === 0) yield 0.7 + (0.3 * at) / (known.length + told.length);
  }
  return { tags, rows, contents: known.length, vectors, findNames, folds };
}

const keyOf = ({ attribute, value }: Tag): string => `${attribute}=${value}`;

function namesOf(attributes: readonly TagAttribute[]): readonly NameOf[] {
  let number = -1;
  return attributes.flatMap(({ label, synonyms = [], values }) => {
    const isBoolean = values.every(({ id }) => id === 'true' || id === 'false');
    return values.flatMap(({ id, label: own, synonyms: more = [] }): NameOf[] => {
      number++;
      const plain = id.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
      const names = isBoolean ? (id === 'true' ? [label, ...synonyms] : []) : [plain, own];
      return [...names, ...more].map((name) => ({ value: number, name }));
    });
  });
}

/** From all rows but those of a fold. */
export function* learnTags(ground: Ground, without?: number): Sliced<Learned> {
  const { tags, vectors } = ground;
  const rows = ground.rows.filter(({ fold }) => fold !== without);
  const contents = rows.filter(({ only }) => only === undefined);
  const told = new Map<number, Row[]>();
  for (const row of rows)
    if (row.only !== undefined) told.set(row.only, [...(told.get(row.only) ?? []), row]);
  const having = tags.map(() => 0);
  for (const { tags: own } of contents) for (const tag of own) having[tag] = (having[tag] ?? 0) + 1;
  const separators: (Separator | undefined)[] = [];
  // As many against as many for, whatever is left out.
  const most = (MOST_AGAINST * contents.length) / Math.max(ground.contents, 1);
  for (const [tag] of tags.entries()) {
    const own = told.get(tag) ?? [];
    const texts = sidesOf(tag, contents, own, most);
    const speaking = texts.filter(({ side }) => side === 1).length;
    const learns = speaking >= FEWEST_TAGGED && speaking < texts.length;
    separators.push(learns ? separate(texts, vectors.size) : undefined);
    if (learns) yield (tag + 1) / tags.length;
  }
  return {
    separators,
    nameOdds: nameOddsOf(tags, rows),
    common: having.map((count) => logOdds((count + 0.5) / (contents.length + 10))),
  };
}

/** Those with the tag against those without; where these are too many, first those in which its name stands. */
function sidesOf(
  tag: number,
  contents: readonly Row[],
  told: readonly Row[],
  least: number,
): readonly Sided[] {
  const speaking = contents.filter(({ tags }) => tags.has(tag));
  const others = contents.filter(({ tags }) => !tags.has(tag));
  const most = Math.max(least, 3 * speaking.length);
  const named = others.length > most ? others.filter(({ hits }) => hits.has(tag)) : [];
  const rest = named.length > 0 ? others.filter(({ hits }) => !hits.has(tag)) : others;
  const step = Math.max(1, rest.length / Math.max(most - named.length, 1));
  const picked = Array.from(
    { length: Math.floor(rest.length / step) },
    (_, i) => rest[Math.floor(i * step)] as Row,
  );
  return [...speaking, ...named.slice(0, most), ...picked, ...told].map(
    ({ vector, tags, counts }) => ({ vector, side: tags.has(tag) ? 1 : -1, counts }),
  );
}

/** The rate of each tag is expected to be its attribute's, and that to be the rate of all. */
function nameOddsOf(tags: readonly Tag[], rows: readonly Row[]): readonly number[] {
  const right = tags.map(() => 0);
  const all = tags.map(() => 0);
  for (const { hits, tags: own, only, counts } of rows)
    for (const tag of hits.keys()) {
      if (only !== undefined && only !== tag) continue;
      all[tag] = (all[tag] as number) + counts;
      if (own.has(tag)) right[tag] = (right[tag] as number) + counts;
    }
  const rate = (own: readonly number[], expected: number): number => {
    const [hit, of] = [right, all].map((list) =>
      own.reduce((sum, tag) => sum + (list[tag] as number), 0),
    ) as [number, number];
    return (hit + EXPECTED * expected) / (of + EXPECTED);
  };
  const every = tags.map((_, tag) => tag);
  const ofAll = rate(every, 0.5);
  const ofAttribute = new Map<string, number>();
  for (const { attribute } of tags)
    if (!ofAttribute.has(attribute)) {
      const own = every.filter((tag) => tags[tag]?.attribute === attribute);
      ofAttribute.set(attribute, rate(own, ofAll));
    }
  return tags.map(({ attribute }, tag) =>
    logOdds(rate([tag], ofAttribute.get(attribute) ?? ofAll)),
  );
}

const logOdds = (rate: number): number => Math.log(rate / (1 - rate));

/** A text, held against what was learned. */
export interface Seen {
  readonly vector: Vector;
  readonly hits: ReadonlyMap<number, NameHit>;
  readonly neighbours: readonly Neighbour[];
}

/** What one thinks before anything was judged, in the order of {@link evidenceFor}. */
export const BELIEF: readonly number[] = [-3, 1.5, 4, 3.2, 0.8, -0.5, 0.8, 0.3, 0.3, 0.3, 0.5];
/** A neighbour counts by its likeness, against so much that shows nothing. */
const NO_NEIGHBOUR = 0.5;
/** Below all of these a tag is not worth a thought. */
const LEAST_MARGIN = -0.7;
const LEAST_SHARE = 0.1;

/** How much of what is alike has the tag. */
function shareOf(tag: number, neighbours: readonly Neighbour[], { rows }: Ground): number {
  let having = 0;
  let all = NO_NEIGHBOUR;
  for (const { row, likeness } of neighbours) {
    all += likeness;
    if (rows[row]?.tags.has(tag)) having += likeness;
  }
  return having / all;
}

/** What speaks for a tag and against it; undefined where nothing speaks for it. */
export function evidenceFor(
  tag: number,
  { vector, hits, neighbours }: Seen,
  ground: Ground,
  { separators, nameOdds, common }: Learned,
): readonly number[] | undefined {
  const hit = hits.get(tag);
  const separator = separators[tag];
  const margin = separator ? Math.min(2, Math.max(-2, marginOf(vector, separator))) : 0;
  const share = shareOf(tag, neighbours, ground);
  if (!hit && (!separator || margin < LEAST_MARGIN) && share < LEAST_SHARE) return undefined;
  const named = Number(hit !== undefined);
  return [
    1,
    margin,
    share,
    named,
    named * (nameOdds[tag] ?? 0),
    Number(hit?.inside ?? false),
    Number(hit?.inTitle ?? false),
    Math.log(hit?.count ?? 1),
    Number(hit?.exact ?? false),
    Math.min(3, Math.max(-2, (common[tag] ?? -3) + 3)),
    named * margin,
  ];
}
