import { isMissing } from '../core/condition.js';
import { defined } from '../core/defined.js';
import type { Situated } from '../domain/condition.js';
import type { ContentView } from '../domain/decision.js';
import type { Content, MarkdownNode, Play, Playbook } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import { type Attributes, showValue } from './phrase.js';

const MOST = 3;

/**
 * Content for a play, best match first. What is tagged with an attribute must fit the situation (or what the play asks
 * for); an attribute that content does not mention means any. More matches come first, then newer revisions, then ids.
 */
export function pickContents(
  play: Play,
  situated: Situated,
  { contents }: Playbook,
  attributes: Attributes,
  today: string,
): readonly ContentView[] {
  if (!play.content) return [];
  const wanted = Object.entries(play.content).map(
    ([key, values]) => [key, values === 'same' ? listOf(situated.get(key)) : values] as const,
  );
  const found: ContentView[] = [];
  for (const content of contents) {
    if (content.expires !== undefined && today >= content.expires) continue;
    const matched = matchContent(content, wanted, situated);
    if (!matched) continue;
    const { id, title, kind, revision, body, link } = content;
    found.push(defined({ id, title, kind, revision, body, link, matched }));
  }
  found.sort(
    (a, b) =>
      b.matched.length - a.matched.length || b.revision - a.revision || (a.id < b.id ? -1 : 1),
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

function matchContent(
  content: Content,
  wanted: readonly (readonly [string, readonly AttributeValue[]])[],
  situated: Situated,
): readonly string[] | undefined {
  const matched: string[] = [];
  for (const [key, values] of wanted) {
    const tagged = content.attributes[key];
    if (!tagged) {
      // A bare key is content's own (the job it helps with): content must have it.
      if (!key.includes('.')) return undefined;
      continue;
    }
    if (!shares(tagged, values)) return undefined;
    matched.push(key);
  }
  for (const [key, tagged] of Object.entries(content.attributes)) {
    if (matched.includes(key) || !key.includes('.')) continue;
    const value = situated.get(key);
    if (isMissing(value)) continue;
    if (!shares(tagged, listOf(value))) return undefined;
    matched.push(key);
  }
  return matched;
}

const listOf = (value: AttributeValue | undefined): readonly AttributeValue[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const shares = (a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean =>
  a.some((value) => b.includes(value));
