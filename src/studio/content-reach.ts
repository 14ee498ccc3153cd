import type { JsonObject, JsonValue } from '../domain/value.js';
import type { ReadTags, Tag } from './content-tags.js';
import { type ContentQuery, canBring } from './content-uses.js';
import { isList, isMap, type PlayData } from './play-data.js';
import type { Vocabulary } from './vocabulary.js';

const GROUPS = new Set(['any', 'all', 'not', 'has', 'hasNo']);

/**
 * The play as it stands where it brings content with these tags: its own conditions, and beside them what the content asks.
 * Undefined where it cannot bring it. An attribute that the play cannot read is missing there, and in nobody's way.
 */
export function playWithContent(
  play: PlayData,
  query: ContentQuery,
  content: ReadTags,
  vocabulary: Vocabulary,
): PlayData | undefined {
  if (!canBring(query, content.tags)) return undefined;
  const asked = content.tags.filter(({ attribute, operator }) => {
    const wanted = operator === 'is' ? query.get(attribute) : undefined;
    return wanted === undefined || wanted === 'same';
  });
  const isStrict = ({ attribute, operator }: Tag): boolean =>
    operator === 'is' && query.get(attribute) === 'same';
  const fits = conditionsOf({ ...content, tags: asked }, isStrict).filter((one) =>
    namesIn(one).every((name) => isReadable(name, play, vocabulary)),
  );
  if (fits.length === 0) return play;
  const { suitability } = play;
  return { ...play, suitability: { all: [...(isMap(suitability) ? [suitability] : []), ...fits] } };
}

/** Accounts that the content fits, whatever the plays: what it asks of accounts alone. */
export function accountsThatFit(content: ReadTags): PlayData {
  const fits = conditionsOf(content, () => false).filter((one) =>
    namesIn(one).every((name) => name.startsWith('account.')),
  );
  return { about: 'account', ...(fits.length > 0 && { eligibility: { all: fits } }) };
}

function conditionsOf(
  { tags, rest }: ReadTags,
  isStrict: (tag: Tag) => boolean,
): readonly JsonObject[] {
  const own = tags.filter(({ attribute }) => attribute.includes('.'));
  const said = own.map((tag): JsonObject => {
    const condition = conditionOf(tag);
    return isStrict(tag) ? condition : orUnknown(condition);
  });
  return rest ? [...said, orUnknown(qualify(rest) as JsonObject)] : said;
}

/** It is kept away only where it is known to be false. */
function orUnknown(condition: JsonObject): JsonObject {
  const names = [...new Set(namesIn(condition))];
  return { any: [condition, ...names.map((name) => ({ [name]: { missing: true } }))] };
}

function conditionOf({ attribute, operator, values }: Tag): JsonObject {
  const [first = null, second = null] = values;
  switch (operator) {
    case 'is':
      return { [attribute]: values };
    case 'isNot':
      return { not: { [attribute]: values } };
    case 'over':
      return { [attribute]: { gt: first } };
    case 'atLeast':
      return { [attribute]: { gte: first } };
    case 'under':
      return { [attribute]: { lt: first } };
    case 'atMost':
      return { [attribute]: { lte: first } };
    case 'between':
      return { [attribute]: { gte: first, lte: second } };
  }
}

/** In content's `when` a bare name is the account's, whatever the play is about. */
function qualify(condition: JsonValue): JsonValue {
  if (isList(condition)) return condition.map(qualify);
  if (!isMap(condition)) return condition;
  return Object.fromEntries(
    Object.entries(condition).map(([key, value]): [string, JsonValue] =>
      GROUPS.has(key) ? [key, qualify(value)] : [key.includes('.') ? key : `account.${key}`, value],
    ),
  );
}

function namesIn(condition: JsonValue): readonly string[] {
  if (isList(condition)) return condition.flatMap(namesIn);
  if (!isMap(condition)) return [];
  return Object.entries(condition).flatMap(([key, value]) =>
    GROUPS.has(key) ? namesIn(value) : [key],
  );
}

/** What the three filters of a play may read. */
function isReadable(
  name: string,
  { about, action, offers }: PlayData,
  vocabulary: Vocabulary,
): boolean {
  const kind = name.slice(0, name.indexOf('.'));
  if (!vocabulary.attribute(name)) return false;
  if (kind === 'account' || kind === 'rep' || kind === about) return true;
  if (kind === 'contact') return isMap(action) && typeof action.contact === 'string';
  return kind === 'product' && typeof offers === 'string';
}
