import type { Playbook } from 'opportune';
import { createWords, ENGLISH } from 'opportune/view';
import type { Condition, Range, Test } from '../src/domain/condition.js';
import type { MachineTransition } from '../src/domain/machine.js';

/** What leads on, for the colour of a line. */
export type Cause = 'event' | 'time' | 'condition';

export interface Told {
  readonly cause: Cause;
  /** `after 14 days`, `call made`, `Stage is Won`. */
  readonly text: string;
}

export type Teller = (transition: MachineTransition) => Told;

type Value = string | number | boolean;

const DAY_MS = 86_400_000;
const UNITS = [
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Transitions of a playbook's machines in plain words. */
export function createTeller({ attributes, zone, currency }: Playbook): Teller {
  const byId = new Map(attributes.map((attribute) => [attribute.id, attribute]));
  const words = createWords(ENGLISH, { zone, currency }, 0);
  const labelOf = (id: string): string =>
    byId.get(id)?.label ?? plain(id.slice(id.indexOf('.') + 1));
  const tellValue = (id: string, value: Value): string => {
    const { type = 'text', unit, values } = byId.get(id) ?? {};
    if (type === 'date' && typeof value === 'number')
      return new Date(value * DAY_MS).toISOString().slice(0, 10);
    const label = values?.find((one) => one.id === value)?.label;
    return words.value(value, {
      type: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : type,
      ...(unit !== undefined && { unit }),
      ...(label !== undefined && { labels: [label] }),
    });
  };
  const rangeOf = (id: string, { gt, gte, lt, lte }: Range): string => {
    if (gte !== undefined && gte === lte) return tellValue(id, gte);
    if (gte !== undefined && lte !== undefined) {
      const isPlain = byId.get(id)?.type === 'number' && byId.get(id)?.unit === 'days';
      return `${isPlain ? words.number(gte) : tellValue(id, gte)} to ${tellValue(id, lte)}`;
    }
    const bounds = [
      ['more than ', gt],
      ['at least ', gte],
      ['less than ', lt],
      ['at most ', lte],
    ] as const;
    return bounds
      .flatMap(([word, bound]) => (bound === undefined ? [] : [`${word}${tellValue(id, bound)}`]))
      .join(', ');
  };
  const tellTest = (test: Test): string => {
    const { attribute } = test;
    const label = labelOf(attribute);
    const list = (values: readonly Value[], either: boolean): string =>
      words.list(
        values.map((value) => tellValue(attribute, value)),
        either,
      );
    if ('missing' in test) return `${label} ${test.missing ? 'not known' : 'known'}`;
    if ('inAttribute' in test) return `${label} is in ${labelOf(test.inAttribute)}`;
    if ('startsWith' in test) return `${label} begins with ${test.startsWith}`;
    if ('range' in test) return `${label}: ${rangeOf(attribute, test.range)}`;
    if ('hasAll' in test) return `${label}: ${list(test.hasAll, false)}`;
    if ('hasNone' in test) return `${label}: none of ${list(test.hasNone, true)}`;
    if ('textIn' in test) return `${label}: ${list(test.textIn, true)}`;
    const [only] = test.in;
    if (typeof only === 'boolean' && test.in.length === 1) return only ? label : `not: ${label}`;
    return `${label}: ${list(test.in, true)}`;
  };
  const tell = (condition: Condition): string => {
    if ('all' in condition) return condition.all.map(tell).join('; ');
    if ('any' in condition) return condition.any.map(tell).join(', or ');
    if ('not' in condition) return `not (${tell(condition.not)})`;
    if ('has' in condition) return `has ${condition.has} (${tell(condition.where)})`;
    if ('hasNo' in condition) return `has no ${condition.hasNo} (${tell(condition.where)})`;
    return tellTest(condition);
  };
  return ({ on, afterMs, when }) => {
    const guard = when ? tell(when) : '';
    const only = guard === '' ? '' : `, if ${guard}`;
    if (afterMs !== undefined) return { cause: 'time', text: `after ${tellTime(afterMs)}${only}` };
    if (on === undefined) return { cause: 'condition', text: guard };
    const done = on.startsWith('done.state.');
    return { cause: 'event', text: `${done ? 'when it is over' : plain(on)}${only}` };
  };
}

const plain = (id: string): string => id.replaceAll('-', ' ');

function tellTime(ms: number): string {
  const [unit, size] = UNITS.find(([, one]) => ms % one === 0 && ms >= one) ?? ['minute', 60_000];
  return `${ms / size} ${unit}${ms === size ? '' : 's'}`;
}
