import { type Fact, GRADES } from '../domain/fact.js';

const MOST_DATA = 2_000_000;
/** The year 1653: before it, dates and time zones mean nothing. */
const EARLIEST = -1e13;

const isText = (text: unknown, form: RegExp): boolean =>
  typeof text === 'string' && form.test(text);
/** An id is used as a key of objects and in `play|record|begin`. */
const isId = (id: unknown): boolean => isText(id, /^(?!.{501})[^:|\s]+:[a-z-]+:[^|]+$/su);
const isMoment = (at: number): boolean => Number.isFinite(at) && at > EARLIEST;

const RULES: readonly (readonly [holds: (fact: Fact) => boolean, otherwise: string])[] = [
  [({ id }) => isText(id, /^.{1,1000}$/su), 'id must be 1 to 1000 characters'],
  [({ type }) => isText(type, /^[a-z][a-z0-9-]{0,63}$/), 'type must be a kebab-case word'],
  [
    ({ subjects }) => subjects.length > 0 && subjects.every(isId),
    'subjects must be a list of connection:type:id',
  ],
  [
    ({ subjects }) => subjects.every((key) => /^[^:]+:(account|contact|rep|company):/.test(key)),
    'subjects must be accounts, contacts, reps or the company',
  ],
  [({ about }) => about.every(isId), 'about must be a list of connection:type:id'],
  [({ by }) => by === undefined || isId(by), 'by must be connection:type:id'],
  [
    ({ occurredAt, learnedAt }) => isMoment(occurredAt) && isMoment(learnedAt),
    'occurredAt and learnedAt must be epoch milliseconds',
  ],
  [({ grade }) => GRADES.includes(grade), `grade must be one of ${GRADES.join(', ')}`],
  [
    ({ data }) => {
      const text = JSON.stringify(data);
      return text.startsWith('{') && text.length <= MOST_DATA;
    },
    `data must be an object of at most ${MOST_DATA} characters`,
  ],
  [
    ({ type, data }) => type !== 'response' || isText(Object(data.response).kind, /./),
    'a response must say what was answered',
  ],
];

/** Why a fact cannot be taken in, or undefined when it can. Facts come from outside: nothing about them is believed. */
export function findFault(fact: Fact): string | undefined {
  try {
    return RULES.find(([holds]) => !holds(fact))?.[1];
  } catch {
    return 'it is not shaped like a fact';
  }
}
