import type { JsonValue } from '../domain/value.js';
import type { Chosen, Dropped } from './choose.js';
import { getAt, isList, isMap, type Path, type PlayData, renameAt, setAt } from './play-data.js';
import type { Slot } from './sentence.js';

type Map = { readonly [key: string]: JsonValue };

/** The play with one value built in another way; what both ways have in common stays. */
export function changeForm(
  play: PlayData,
  { path, kind, attribute }: Pick<Slot, 'path' | 'kind' | 'attribute'>,
  form: string,
): Chosen {
  const before = getAt(play, path) ?? null;
  const isThere = isMap(before) && Object.hasOwn(before, form);
  if (isThere && ['trigger', 'pattern', 'moment', 'worth'].includes(kind))
    return { play, dropped: [] };
  switch (kind) {
    case 'trigger':
      return put(play, path, before, toTrigger(isMap(before) ? before : {}, form), 'trigger');
    case 'pattern':
      return put(play, path, before, toPattern(isMap(before) ? before : {}, form), 'pattern');
    case 'worth':
      return put(
        play,
        path,
        before,
        form === 'share' ? { share: null, of: null } : { value: null },
        'amount',
      );
    case 'moment':
      return { play: renameAt(play, [...path, otherMoment(form)], form) as PlayData, dropped: [] };
    case 'group':
      return changeGroup(play, path, form);
    case 'operator':
      return changeOperator(play, path, form, attribute);
    default:
      return { play, dropped: [] };
  }
}

const otherMoment = (form: string): string => (form === 'before' ? 'after' : 'before');

/** What was there and is nowhere in what comes instead is told. */
function put(
  play: PlayData,
  path: Path,
  before: JsonValue,
  after: JsonValue,
  what: string,
): Chosen {
  const kept = isMap(after) ? after : {};
  const dropped = Object.entries(isMap(before) ? before : {}).flatMap(([key, value]): Dropped[] =>
    Object.hasOwn(kept, key) || value === null || holds(after, value)
      ? []
      : [{ path: [...path, key], value, because: `is no part of this ${what}` }],
  );
  return { play: setAt(play, path, after) as PlayData, dropped };
}

function holds(data: JsonValue, value: JsonValue): boolean {
  if (JSON.stringify(data) === JSON.stringify(value)) return true;
  if (isList(data)) return data.some((item) => holds(item, value));
  return isMap(data) && Object.values(data).some((item) => holds(item, value));
}

function toTrigger(before: Map, form: string): JsonValue {
  const until = 'until' in before ? { until: before.until ?? null } : {};
  const { event = null, where } = before;
  const one: JsonValue = where === undefined ? event : { event, where };
  const [first = null] = isMap(before.pattern) ? eventsIn(before.pattern) : [];
  switch (form) {
    case 'becomes':
      return { becomes: null };
    case 'event':
      return {
        ...(isMap(first)
          ? { event: first.event ?? null, ...(first.where !== undefined && { where: first.where }) }
          : { event: first }),
        ...until,
      };
    case 'pattern':
      return { pattern: { sequence: [one] }, ...until };
    case 'at':
      return {
        at: { before: '1 day', time: null, of: event === null ? first : one },
        ...until,
      };
    default:
      return { opened: true };
  }
}

/** The events that a pattern waits for, in order. */
function eventsIn(pattern: Map): readonly JsonValue[] {
  const { sequence, all, any, of, first } = pattern;
  if (isList(sequence)) return sequence.filter((step) => !isMap(step) || !('no' in step));
  if (isList(all)) return all;
  if (isList(any)) return any;
  const one = of ?? first;
  return one === undefined || one === null ? [] : [one];
}

function toPattern(before: Map, form: string): JsonValue {
  const events = eventsIn(before).map(withoutSteps);
  const { within, without } = before;
  const ends = {
    within: within ?? '7 days',
    ...(without !== undefined && { without }),
  };
  const [first = null] = events;
  switch (form) {
    case 'all':
      return { all: events.length > 1 ? events : [first, null], ...ends };
    case 'any':
      return {
        any: events.flatMap((event) => (isMap(event) && isList(event.any) ? event.any : [event])),
      };
    case 'count':
      return { count: 3, of: first, ...ends };
    case 'first':
      return { first };
    default:
      return { sequence: events.length > 0 ? events : [null], ...(events.length > 1 && ends) };
  }
}

/** An event without what only a step of a sequence has. */
function withoutSteps(event: JsonValue): JsonValue {
  if (!isMap(event)) return event;
  const { as: _, compare: __, ...rest } = event;
  return rest;
}

/** `any`, `all` and `not` hold conditions; `has` and `hasNo` hold records. */
function changeGroup(play: PlayData, path: Path, form: string): Chosen {
  const key = String(path.at(-1));
  const held = getAt(play, path) ?? null;
  if (key === form) return { play, dropped: [] };
  const areAlike = (keys: readonly string[]): boolean => keys.includes(key) && keys.includes(form);
  const renamed = renameAt(play, path, form) as PlayData;
  const at = [...path.slice(0, -1), form];
  if (areAlike(['any', 'all']) || areAlike(['has', 'hasNo'])) return { play: renamed, dropped: [] };
  const conditions =
    key === 'any' || key === 'all'
      ? isList(held)
        ? held
        : []
      : [key === 'not' ? held : { [key]: held }];
  if (form === 'any' || form === 'all')
    return { play: setAt(renamed, at, conditions) as PlayData, dropped: [] };
  if (form === 'not') {
    const [only = null] = conditions;
    const inner = conditions.length === 1 ? only : { [key]: held };
    return { play: setAt(renamed, at, inner) as PlayData, dropped: [] };
  }
  return {
    play: setAt(renamed, at, { contact: {} }) as PlayData,
    dropped: held === null ? [] : [{ path, value: held, because: 'asks nothing of other records' }],
  };
}

/** Several values only where the operator takes several. */
function changeOperator(
  play: PlayData,
  path: Path,
  form: string,
  attribute: string | undefined,
): Chosen {
  const held = getAt(play, path) ?? null;
  if (path.at(-2) === 'compare') {
    const [value = null] = isMap(held) ? Object.values(held) : [];
    return { play: setAt(play, path, { [form]: value }) as PlayData, dropped: [] };
  }
  // An attribute may be called like an operator.
  const isNamed = attribute === undefined || names(attribute, path.at(-2));
  const isInside = isNamed && OPERATORS.has(String(path.at(-1)));
  const home = isInside ? path.slice(0, -1) : path;
  // What follows these is no value of the attribute.
  const operator = isInside ? path.at(-1) : undefined;
  const operands = operator === 'missing' || operator === 'in' ? [] : isList(held) ? held : [held];
  if (operator === form && form !== 'missing') return { play, dropped: [] };
  const operand = withOperand(form, operands);
  const { value } = operand;
  const lost = operator === 'in' && form !== 'in' ? [held] : operand.lost;
  const around = getAt(play, home);
  const others = isInside && isMap(around) ? Object.keys(around).length - 1 : 0;
  const isOperator = form !== 'is' && form !== 'list';
  const key = form === 'known' ? 'missing' : form;
  const dropped = lost.map((one): Dropped => ({ path, value: one, because: 'has no place there' }));
  if (isInside && isOperator) {
    // Two bounds of the same kind say no more than one.
    const taken = key === operator ? undefined : getAt(play, [...home, key]);
    if (taken !== undefined)
      dropped.push({ path: [...home, key], value: taken, because: 'is replaced' });
    const freed = taken === undefined ? play : setAt(play, [...home, key], undefined);
    const renamed = renameAt(freed as PlayData, path, key);
    return { play: setAt(renamed, [...home, key], value) as PlayData, dropped };
  }
  const after = isOperator ? { [key]: value } : value;
  const besides =
    others > 0 && isMap(around)
      ? Object.entries(around).filter(([name]) => name !== path.at(-1))
      : [];
  return {
    play: setAt(play, home, after) as PlayData,
    dropped: [
      ...dropped,
      ...besides.map(
        ([name, one]): Dropped => ({
          path: [...home, name],
          value: one,
          because: 'cannot be asked beside one value',
        }),
      ),
    ],
  };
}

const names = (attribute: string, key: string | number | undefined): boolean =>
  attribute === key || attribute.endsWith(`.${key}`);

const OPERATORS: ReadonlySet<string> = new Set([
  ...['gt', 'gte', 'lt', 'lte', 'in', 'hasAll', 'hasNone', 'startsWith', 'missing'],
]);

function withOperand(
  form: string,
  values: readonly JsonValue[],
): { readonly value: JsonValue; readonly lost: readonly JsonValue[] } {
  const real = values.filter((one) => one !== null);
  switch (form) {
    case 'list':
    case 'hasAll':
    case 'hasNone':
      return { value: real.length > 0 ? real : [null], lost: [] };
    case 'missing':
    case 'known':
      return { value: form === 'missing', lost: real };
    case 'in':
      return { value: null, lost: real };
    default: {
      const [first = null, ...rest] = real;
      return { value: first, lost: rest };
    }
  }
}
