import type { JsonValue } from '../domain/value.js';
import type { NameKind } from '../plan/context.js';
import { conditionRule, entriesOf, equalsRule } from './condition-rules.js';
import { momentRule, patternRule, whereRule } from './pattern-rules.js';
import { isMap } from './play-data.js';
import { type Element, oneOf, only, phrase, type Rule } from './rule.js';
import { slot } from './slot.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';
import type { Env, Vocabulary } from './vocabulary.js';

/** One part of what a play says, for some of its fields. */
export interface Clause {
  readonly keys: readonly string[];
  readonly rule: Rule;
  /** Without it a text is no play. */
  readonly closes?: true;
}

const trigger = (is: keyof typeof WORDS.triggers): Element => ({
  form: 'trigger',
  is,
  says: WORDS.triggers[is],
});
const UNTIL: Element = {
  maybe: 'until',
  elements: [WORDS.until, { key: 'until', rule: conditionRule }],
};

const triggerRule: Rule = oneOf(
  phrase(
    trigger('becomes'),
    ' ',
    { key: 'becomes', rule: conditionRule },
    { maybe: 'rearm', elements: [WORDS.rearm, { key: 'rearm', rule: conditionRule }] },
  ),
  phrase(
    trigger('event'),
    ' ',
    { key: 'event', rule: slot('activity') },
    { maybe: 'where', elements: [WORDS.where, { key: 'where', rule: whereRule }] },
    UNTIL,
  ),
  phrase(trigger('pattern'), ' ', { key: 'pattern', rule: patternRule }, UNTIL),
  phrase(trigger('at'), ' ', { key: 'at', rule: momentRule }, UNTIL),
  phrase({
    key: 'opened',
    rule: {
      write: (value, path, env) =>
        value === true ? phrase(trigger('opened')).write(value, path.slice(0, -1), env) : undefined,
      read: (cursor, env) => phrase(trigger('opened')).read(cursor, env) && { value: true },
    },
  }),
  slot('trigger'),
);

const actionRule: Rule = oneOf(
  phrase(
    { key: 'kind', rule: slot('action'), free: true },
    { maybe: 'contact', elements: [WORDS.with, { key: 'contact', rule: slot('contact') }] },
    { maybe: 'touch', elements: [WORDS.by, { key: 'touch', rule: slot('channel') }] },
    { maybe: 'asks', elements: [WORDS.asking, { key: 'asks', rule: slot('name') }] },
    { maybe: 'link', elements: [WORDS.opening, { key: 'link', rule: slot('text') }] },
    { maybe: 'verb', elements: [WORDS.button, { key: 'verb', rule: slot('text') }] },
    WORDS.taking,
    { key: 'minutes', rule: slot('minutes'), free: true },
    WORDS.minutes,
  ),
  slot('action'),
);

const worth = (is: keyof typeof WORDS.worth): Element => ({
  form: 'worth',
  is,
  says: WORDS.with.trim(),
});

const servesEntries: Rule = entriesOf({
  key: 'goal',
  between: WORDS.and,
  value: oneOf(
    phrase(' ', worth('share'), ' ', { key: 'share', rule: slot('share') }, WORDS.of, {
      key: 'of',
      rule: slot('name'),
    }),
    phrase(' ', worth('value'), ' ', { key: 'value', rule: slot('amount') }),
    phrase(WORDS.exactly, { rule: slot('exact') }),
  ),
  inside: (goal, env) => {
    const unit = env.vocabulary.playbook.goals.find(({ id }) => id === goal)?.unit;
    return { ...env, ...(unit !== undefined && { unit }) };
  },
});

const servesRule: Rule = oneOf(servesEntries, slot('goal'));

const contentEntries: Rule = entriesOf({
  key: 'tag',
  between: WORDS.and,
  value: equalsRule('tag-value'),
  inside: (name, env) => ({ ...env, attribute: tagId(name, env) }),
});

const contentRule: Rule = oneOf(contentEntries, slot('tag'));

/** A bare name is looked up first for the play's record, then for the others, else it is a word of content's own. */
export function tagId(name: string, { bare, vocabulary }: Env): string {
  if (name.includes('.')) return name;
  const kinds: readonly NameKind[] = [bare, 'account', 'contact', 'product', 'rep', 'opportunity'];
  const known = kinds.find((kind) => vocabulary.attribute(`${kind}.${name}`));
  return known ? `${known}.${name}` : name;
}

const DONE: Element[] = [{ key: 'done', rule: slot('duration') }, WORDS.whenDone];
const NOT_RELEVANT: Element[] = [
  { key: 'notRelevant', rule: slot('duration') },
  WORDS.whenNotRelevant,
];
const has =
  (...keys: readonly string[]) =>
  (value: JsonValue | undefined): boolean =>
    isMap(value) && keys.every((key) => Object.hasOwn(value, key));
const restRule: Rule = oneOf(
  only(has('done', 'notRelevant'), phrase(...DONE, WORDS.and, ...NOT_RELEVANT)),
  only(has('done'), phrase(...DONE)),
  only(has('notRelevant'), phrase(...NOT_RELEVANT)),
  slot('exact'),
);

const validRule: Rule = oneOf(
  only(
    (value) => has('from')(value) || has('until')(value),
    phrase(
      { maybe: 'from', elements: [WORDS.from, { key: 'from', rule: slot('date') }] },
      { maybe: 'until', elements: [WORDS.to, { key: 'until', rule: slot('date') }] },
    ),
  ),
  phrase(' ', { rule: slot('exact') }),
);

/** `always`: said with open slots also where the play has no such field. */
function clause(
  key: string,
  says: string,
  rule: Rule,
  { always, after = '' }: { readonly always?: true; readonly after?: string } = {},
): Clause {
  const elements: Element[] = [says, { key, rule, ...(always && { free: true }) }, after];
  return { keys: [key], rule: always ? phrase(...elements) : phrase({ maybe: key, elements }) };
}

const stop = { after: '.' } as const;

/** In the order in which they are said. */
export const CLAUSES: readonly Clause[] = [
  clause('trigger', WORDS.clauses.trigger, triggerRule, { always: true }),
  clause('eligibility', WORDS.clauses.eligibility, conditionRule),
  clause('applicability', WORDS.clauses.applicability, conditionRule),
  clause('suitability', WORDS.clauses.suitability, conditionRule),
  clause('title', WORDS.clauses.title, slot('text'), { always: true }),
  clause('action', WORDS.clauses.action, actionRule, { always: true }),
  clause('content', WORDS.clauses.content, contentRule),
  clause('offers', WORDS.clauses.offers, slot('product')),
  clause('why', WORDS.clauses.why, slot('text'), { always: true }),
  clause('expires', WORDS.clauses.expires, slot('duration')),
  { keys: [], rule: phrase('.'), closes: true },
  clause('for', WORDS.clauses.for, slot('audience'), { always: true, ...stop }),
  clause('serves', WORDS.clauses.serves, servesRule, stop),
  clause('mandatory', WORDS.clauses.mandatory, slot('mandatory'), stop),
  clause('buyerRequested', WORDS.clauses.buyerRequested, slot('requested'), stop),
  clause('propensity', WORDS.clauses.propensity, slot('share'), {
    after: WORDS.clauses.propensityAfter,
  }),
  clause('coolDown', WORDS.clauses.coolDown, restRule, stop),
  clause('valid', WORDS.clauses.valid, validRule, stop),
  clause('owner', WORDS.clauses.owner, slot('text'), { always: true, ...stop }),
  clause('id', WORDS.clauses.id, slot('id'), { always: true, ...stop }),
  clause('was', WORDS.clauses.was, slot('id'), stop),
];

export const aboutClause: Rule = phrase(WORDS.clauses.about, {
  key: 'about',
  rule: slot('about'),
  free: true,
});

/** A field that has no words, said as it is. */
export const asWritten: Rule = entriesOf({
  key: 'text',
  between: WORDS.and,
  value: phrase(WORDS.written, { rule: slot('exact') }),
  inside: (_, env) => env,
});

/** How names are meant in a play about records of that kind. */
export function envFor(about: JsonValue | undefined, vocabulary: Vocabulary): Env {
  const bare = about === 'account' || about === 'contact' ? about : 'opportunity';
  return { vocabulary, bare, depth: 0 };
}
