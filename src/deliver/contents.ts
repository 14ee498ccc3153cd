import { attributesOf, isMissing, judge } from '../core/condition.js';
import { defined } from '../core/defined.js';
import { dateOfDay, dayNumber } from '../core/zone.js';
import type { Situated } from '../domain/condition.js';
import type { ContentView } from '../domain/decision.js';
import type { Content, MarkdownNode } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import type { Candidate } from './candidates.js';
import { type Attributes, showValue } from './phrase.js';
import type { Situation } from './situation.js';

const MOST = 3;

/**
 * Content for a play, best match first. What is tagged with an attribute must fit the situation (or what the play asks
 * for), and its own condition must not be false there; an attribute that content does not mention means any. More matches come
 * first, then what reps may find most helpful as far as they have said, then newer revisions, then ids.
 */
export function pickContents(
  { playbook, attributes, now, parameters }: Situation,
  { play, look: { situated } }: Candidate,
): readonly ContentView[] {
  const today = dateOfDay(dayNumber(now, playbook.zone));
  const wanted = new Map(
    Object.entries(play.content ?? {}).map(([key, values]) => [
      key,
      values === 'same' ? listOf(situated.get(key)) : values,
    ]),
  );
  const found: ContentView[] = [];
  for (const content of play.content ? playbook.contents : []) {
    const { id, title, kind, revision, expires, body, link } = content;
    const matched = matchContent(content, wanted, situated);
    if (matched && (expires === undefined || today < expires))
      found.push(defined({ id, title, kind, revision, body, link, matched }));
  }
  // The upper end of the interval: what is new, or little known, gets its turn until enough was said of it.
  const mayHelp = ({ id }: ContentView): number => parameters.contents?.[id]?.high ?? 1;
  found.sort(
    (a, b) =>
      b.matched.length - a.matched.length ||
      mayHelp(b) - mayHelp(a) ||
      b.revision - a.revision ||
      (a.id < b.id ? -1 : 1),
  );
  return found
    .slice(0, MOST)
    .map((view) => ({ ...view, values: fillHoles(view.body, situated, attributes) }));
}

/** What the holes of a text hold, by attribute. */
function fillHoles(
  nodes: readonly MarkdownNode[],
  situated: Situated,
  attributes: Attributes,
): NonNullable<ContentView['values']> {
  const values: { [attribute: string]: ReturnType<typeof showValue> } = {};
  for (const node of nodes) {
    if ('children' in node) Object.assign(values, fillHoles(node.children, situated, attributes));
    if (node.type !== 'hole') continue;
    const value = situated.get(node.attribute);
    if (!isMissing(value))
      values[node.attribute] = showValue(attributes.get(node.attribute), value);
  }
  return values;
}

/** The attributes in which content fits, or undefined when it does not. */
function matchContent(
  { attributes, when }: Content,
  wanted: ReadonlyMap<string, readonly AttributeValue[]>,
  situated: Situated,
): readonly string[] | undefined {
  const matched: string[] = [];
  for (const [key, tagged] of Object.entries(attributes)) {
    const value = situated.get(key);
    const values = wanted.get(key) ?? (isMissing(value) ? undefined : listOf(value));
    if (!values) continue;
    if (!tagged.some((one) => values.includes(one))) return undefined;
    matched.push(key);
  }
  // A bare key is content's own (the job it helps with): content must have it.
  const lacks = [...wanted.keys()].some((key) => !key.includes('.') && !attributes[key]);
  const holds = when && judge(when, situated);
  if (lacks || (when && holds === false)) return undefined;
  return when && holds ? [...new Set([...matched, ...attributesOf(when)])] : matched;
}

const listOf = (value: AttributeValue | undefined): readonly AttributeValue[] =>
  isMissing(value) ? [] : Array.isArray(value) ? value : [value];
