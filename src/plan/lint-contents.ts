import { attributesOf } from '../core/condition.js';
import { isSatisfiable } from '../core/condition-logic.js';
import type { Condition } from '../domain/condition.js';
import type { Content, Play } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import type { Context } from './context.js';
import { findNearest } from './did-you-mean.js';
import type { Draft } from './draft.js';
import { type PlayDraft, wholeCondition } from './read-play.js';
import { conjoin } from './read-tests.js';
import { fieldOf } from './tree-access.js';

/** Content that no play can bring, and plays that ask for content there is none of. */
export function lintContents({ plays, contents }: Draft, context: Context): void {
  const { report, today } = context;
  const asking = plays.filter(({ play }) => play.content && !isOver(play, today));
  const offered = contents.filter(
    ({ content }) => content.expires === undefined || content.expires > today,
  );
  const finds = new Set<PlayDraft>();
  for (const { content, at } of offered) {
    const finder = asking.find(({ play }) => canBring(play, content, context));
    if (finder) finds.add(finder);
    else
      report.warn(
        'unreachable',
        at,
        `no play asks for content "${content.id}"`,
        hintFor(content, asking),
      );
  }
  for (const draft of asking) {
    if (finds.has(draft)) continue;
    const { play, at, map } = draft;
    if (offered.some(({ content }) => canBring(play, content, context))) continue;
    report.warn(
      'finds-nothing',
      fieldOf(map, 'content')?.at ?? at,
      `play "${play.id}" asks for content that there is none of`,
      `write some with ${Object.entries(play.content ?? {})
        .map(([name, values]) => `${name}: ${values === 'same' ? 'the same' : values.join(' or ')}`)
        .join(', ')}, or ask for less`,
    );
  }
}

function isOver({ valid }: Play, today: string): boolean {
  return valid?.until !== undefined && valid.until < today;
}

/**
 * Whether some record would bring that content with the play. What the play asks for, content must have or, where it is an
 * attribute of a record, leave open; every attribute that content is tagged with must fit the record.
 */
function canBring(play: Play, content: Content, { attributes }: Context): boolean {
  const query = Object.entries(play.content ?? {});
  const asked = new Set<string>();
  const fits: Condition[] = [];
  for (const [name, values] of query) {
    const tagged = content.attributes[name];
    if (!tagged) {
      if (!name.includes('.')) return false;
      continue;
    }
    asked.add(name);
    if (values === 'same') fits.push(isAny(name, tagged));
    else if (!tagged.some((value) => values.includes(value))) return false;
  }
  for (const [name, tagged] of Object.entries(content.attributes))
    if (name.includes('.') && !asked.has(name))
      fits.push({ any: [isAny(name, tagged), { attribute: name, missing: true }] });
  const { when } = content;
  // Unknown where one of its attributes is missing, and then it is in nobody's way.
  if (when)
    fits.push({
      any: [
        when,
        ...[...attributesOf(when)].map((attribute): Condition => ({ attribute, missing: true })),
      ],
    });
  return (
    fits.length === 0 ||
    isSatisfiable(conjoin([wholeCondition(play), ...fits]), attributes.domain) === true
  );
}

function isAny(attribute: string, values: readonly AttributeValue[]): Condition {
  return { attribute, in: values as readonly (string | number | boolean)[] };
}

/** What would bring it: the nearest word that some play asks for, else its own. */
function hintFor(content: Content, asking: readonly PlayDraft[]): string {
  const own = Object.entries(content.attributes).filter(([name]) => !name.includes('.'));
  for (const [name, values] of own)
    for (const value of values) {
      const words = asking.flatMap(({ play }) => {
        const wanted = play.content?.[name];
        return wanted && wanted !== 'same' ? wanted.map((word) => ({ id: String(word) })) : [];
      });
      const near = findNearest(String(value), words);
      if (near && near.id !== value) return `did you mean "${name}: ${near.id}"?`;
    }
  const [first] = own;
  return first
    ? `ask for it in a play with content: { ${first[0]}: ${first[1].join(' or ')} }, or delete it`
    : 'tag it with what a play asks for, or delete it';
}
