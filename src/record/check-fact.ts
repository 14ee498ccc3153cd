import { EARLIEST, type Fact, GRADES } from '../domain/fact.js';

export const MOST_DATA = 2_000_000;

const isText = (text: unknown, form: RegExp): boolean =>
  typeof text === 'string' && form.test(text);
/** An id is used as a key of objects and in `play|record|begin`. */
const isId = (id: unknown): boolean => isText(id, /^(?!.{501})[^:|\s]+:[a-z-]+:[^|]+$/su);

/** A part of a fact. */
type Part = 'id' | 'type' | 'subjects' | 'about' | 'by' | 'moments' | 'grade' | 'data' | 'response';

const RULES: { readonly [part in Part]: (fact: Fact, characters: number) => boolean } = {
  id: ({ id }) => isText(id, /^.{1,1000}$/su),
  type: ({ type }) => isText(type, /^[a-z][a-z0-9-]{0,63}$/),
  subjects: ({ subjects }) =>
    subjects.length > 0 &&
    subjects.every((key) => isId(key) && /^[^:]+:(account|contact|rep|company):/.test(key)),
  about: ({ about }) => about.every(isId),
  by: ({ by }) => by === undefined || isId(by),
  moments: ({ occurredAt, learnedAt }) =>
    [occurredAt, learnedAt].every((at) => Number.isFinite(at) && at > EARLIEST),
  grade: ({ grade }) => GRADES.includes(grade),
  data: ({ data }, characters) => {
    if (characters <= MOST_DATA) return Object.prototype.toString.call(data) === '[object Object]';
    const text = JSON.stringify(data);
    return text.startsWith('{') && text.length <= MOST_DATA;
  },
  response: ({ type, data }) => type !== 'response' || isText(Object(data.response).kind, /./),
};

/** The part of a fact that is not as it must be; `shape`: it is no fact at all. */
export type Fault = Part | 'shape';

const PARTS = Object.entries(RULES);

/**
 * Why a fact cannot be taken in, or undefined when it can. Facts come from outside: nothing about them is believed, unless
 * it was read from JSON of so many characters, of which its data is no more than a part.
 */
export function findFault(
  fact: Fact,
  characters: number = Number.POSITIVE_INFINITY,
): Fault | undefined {
  try {
    for (const [part, holds] of PARTS) if (!holds(fact, characters)) return part as Fault;
    return undefined;
  } catch {
    return 'shape';
  }
}
