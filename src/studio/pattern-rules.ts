import type { JsonValue } from '../domain/value.js';
import { ENGLISH } from '../view/strings.js';
import { conditionRule } from './condition-rules.js';
import { eat } from './cursor.js';
import { COMPARISONS } from './forms.js';
import { isList, isMap } from './play-data.js';
import {
  constant,
  type Element,
  eatForm,
  type Form,
  formSlot,
  listOf,
  oneOf,
  only,
  phrase,
  type Rule,
  template,
  within,
} from './rule.js';
import type { Said, SlotKind } from './sentence.js';
import { readSlot, slot, slotAt } from './slot.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';

export const whereRule: Rule = within((env) => ({ ...env, bare: 'event' }), conditionRule);

/** `same amount as quote.amount`: fields of an event beside those of earlier ones. */
const compare: Rule = {
  write(map, path, env) {
    if (!isMap(map)) return undefined;
    const parts: Said[] = [];
    for (const [field, held] of Object.entries(map)) {
      const [operator, ...more] = isMap(held) ? Object.keys(held) : [];
      const found = COMPARISONS.find(([one]) => one === operator);
      if (!found || more.length > 0 || !isMap(held)) return undefined;
      const at = [...path, field];
      if (parts.length > 0) parts.push(WORDS.and);
      for (const piece of piecesOf(found))
        parts.push(
          piece === '{field}'
            ? slotAt('field', 'key', field, at, env)
            : piece === '{event}'
              ? slotAt('field', 'value', held[found[0]], [...at, found[0]], env)
              : typeof piece === 'string'
                ? piece
                : formSlot(piece, at, env),
        );
    }
    return parts.length === 0 ? undefined : parts;
  },
  read(cursor, env) {
    const found: [string, JsonValue][] = [];
    for (;;) {
      const { at } = cursor;
      if (found.length > 0 && !eat(cursor, WORDS.and)) break;
      const start = cursor.at;
      const one = COMPARISONS.reduce<[string, JsonValue] | undefined>((known, comparison) => {
        if (known) return known;
        cursor.at = start;
        const read: { [hole: string]: JsonValue } = {};
        for (const piece of piecesOf(comparison))
          if (piece === '{field}' || piece === '{event}') {
            const value = readSlot('field', cursor, env)?.value;
            if (value === undefined) return undefined;
            read[piece] = value;
          } else if (typeof piece === 'string' ? !eat(cursor, piece) : !eatForm(cursor, piece))
            return undefined;
        const { '{field}': field, '{event}': event = null } = read;
        return typeof field === 'string' ? [field, { [comparison[0]]: event }] : undefined;
      }, undefined);
      if (one) found.push(one);
      else if (found.length === 0) return undefined;
      else {
        cursor.at = at;
        break;
      }
    }
    return { value: Object.fromEntries(found) };
  },
};

/** The first words of a comparison say which it is. */
function piecesOf([operator, text]: readonly [string, string]): readonly (string | Form)[] {
  let isTold = false;
  return text
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .flatMap((piece) => {
      if (piece.startsWith('{') || isTold) return [piece];
      isTold = true;
      const says = piece.trim();
      const [before = '', after = ''] = piece.split(says);
      return [before, { form: 'operator' as const, is: operator, says }, after];
    });
}

const isWord = (value: JsonValue | undefined): boolean => !isList(value) && !isMap(value);

/** An event, and which: its conditions and what it has in common with earlier ones. */
function which(kind: SlotKind): readonly Element[] {
  return template(ENGLISH.eventOf, { event: { key: 'event', rule: slot(kind) } }).flatMap(
    (element): Element[] => {
      if (typeof element !== 'string') return [element];
      const [before = '', after] = element.split('{which}');
      if (after === undefined) return [element];
      return [
        before,
        { maybe: 'where', elements: [{ key: 'where', rule: whereRule }] },
        { maybe: 'compare', elements: [WORDS.beside, { key: 'compare', rule: compare }] },
        after,
      ];
    },
  );
}

const one = (kind: SlotKind): Rule => oneOf(phrase(...which(kind)), only(isWord, slot(kind)));

/** Several events; without words in front where none stand around them that could be taken for more of them. */
const anyOf = (kind: SlotKind, isTold: boolean): Element[] => [
  ...(isTold ? [WORDS.either] : []),
  {
    key: 'any',
    rule: isTold
      ? eventList(kind)
      : only((value) => isList(value) && value.length > 1, eventList(kind)),
  },
];
const eventList = (kind: SlotKind): Rule => listOf(one(kind), WORDS.comma, WORDS.or);

const eventsRule = (kind: SlotKind): Rule =>
  oneOf(phrase(...anyOf(kind, false)), phrase(...anyOf(kind, true)), one(kind));

/** Where other events or numbers follow. */
const toldEvents: Rule = oneOf(phrase(...anyOf('activity', true)), one('activity'));

const AS: Element = {
  maybe: 'as',
  elements: [WORDS.called, { key: 'as', rule: slot('field') }],
};
const NONE: Element = { key: 'no', rule: eventsRule('absent') };
const SPAN: Element = { key: 'within', rule: slot('span') };
const quiet = phrase(...template(ENGLISH.quietBefore, { event: NONE, span: SPAN }));
const meanwhile = phrase(...template(ENGLISH.noneMeanwhile, { event: NONE }));
const notFor = phrase(...template(ENGLISH.notFor, { event: NONE, span: SPAN }));

/** A step of a sequence; what does not happen is said otherwise before the first event than after the last. */
const step: Rule = oneOf(
  {
    write: (value, path, env) =>
      (isMap(value) && !('within' in value) ? meanwhile : path.at(-1) === 0 ? quiet : notFor).write(
        value,
        path,
        env,
      ),
    read: (cursor, env) => oneOf(quiet, notFor, meanwhile).read(cursor, env),
  },
  phrase(...anyOf('activity', false), AS),
  phrase(...anyOf('activity', true), AS),
  phrase(...which('activity'), AS),
  only(isWord, slot('activity')),
);

const BETWEEN = ENGLISH.thenNext.replace(/\{\w+\}/g, '');
/** What a card says behind `{what}`, for a field that a pattern may have. */
const behind = (text: string, maybe: string, hole: string, rule: Rule): Element => ({
  maybe,
  elements: template(text.replace('{what}', ''), { [hole]: { key: maybe, rule } }),
});
const WITHIN = behind(ENGLISH.allWithin, 'within', 'span', slot('span'));
const WITHOUT = behind(ENGLISH.without, 'without', 'event', eventsRule('absent'));
const STRICT: Element = {
  maybe: 'strict',
  elements: [{ key: 'strict', rule: constant(true, ENGLISH.strictly.replace('{what}', '')) }],
};
const pattern = (is: keyof typeof WORDS.patterns): Element => ({
  form: 'pattern',
  is,
  says: WORDS.patterns[is],
});

export const patternRule: Rule = oneOf(
  phrase(
    pattern('sequence'),
    ' ',
    { key: 'sequence', rule: listOf(step, BETWEEN) },
    STRICT,
    WITHIN,
    WITHOUT,
  ),
  phrase(
    pattern('all'),
    ' ',
    { key: 'all', rule: listOf(toldEvents, WORDS.comma, WORDS.and) },
    WITHIN,
    WITHOUT,
  ),
  phrase(pattern('any'), ' ', {
    key: 'any',
    rule: eventList('activity'),
  }),
  phrase(
    pattern('count'),
    ' ',
    ...template(ENGLISH.timesWithin.split('|').at(-1) as string, {
      event: { key: 'of', rule: toldEvents },
      count: { key: 'count', rule: slot('count') },
      span: SPAN,
    }),
    WITHOUT,
  ),
  phrase(pattern('first'), ' ', { key: 'first', rule: eventsRule('absent') }),
);

const moment = (is: 'before' | 'after'): Rule =>
  phrase(
    { key: is, rule: slot('span') },
    ' ',
    { form: 'moment', is, says: ENGLISH[is].replace(/\{\w+\}/g, '').trim() },
    WORDS.theField,
    { key: 'time', rule: slot('field') },
    WORDS.ofNext,
    { key: 'of', rule: eventsRule('absent') },
    { maybe: 'key', elements: [WORDS.toldBy, { key: 'key', rule: slot('field') }] },
    {
      maybe: 'cancelledBy',
      elements: [WORDS.unless, { key: 'cancelledBy', rule: eventsRule('activity') }],
    },
  );

export const momentRule: Rule = oneOf(moment('before'), moment('after'));
