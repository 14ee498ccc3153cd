import { type Fact, GRADES } from '../domain/fact.js';

const KINDS = new Set(['account', 'contact', 'rep', 'company']);
const MOST_DATA = 2_000_000;

/** Why a fact cannot be taken in, or undefined when it can. Facts come from outside: nothing about them is believed. */
export function findFault(fact: Fact): string | undefined {
  if (typeof fact?.id !== 'string' || fact.id === '' || fact.id.length > 1000)
    return 'a fact needs an id of 1 to 1000 characters';
  if (typeof fact.type !== 'string' || !/^[a-z][a-z0-9-]{0,63}$/.test(fact.type))
    return 'the type must be a kebab-case word';
  if (!Array.isArray(fact.subjects) || fact.subjects.length === 0)
    return 'a fact needs at least one subject';
  for (const key of fact.subjects) {
    if (typeof key !== 'string' || !isId(key) || !KINDS.has(key.split(':')[1] ?? '')) {
      return `subject ${JSON.stringify(key)} is not connection:type:id of an account, contact, rep or company`;
    }
  }
  if (!Array.isArray(fact.about) || !fact.about.every((id) => typeof id === 'string' && isId(id)))
    return 'about must be a list of connection:type:id';
  if (!Number.isFinite(fact.occurredAt) || !Number.isFinite(fact.learnedAt))
    return 'occurredAt and learnedAt must be epoch milliseconds';
  if (!GRADES.includes(fact.grade)) return `the grade must be one of ${GRADES.join(', ')}`;
  if (typeof fact.data !== 'object' || fact.data === null || Array.isArray(fact.data))
    return 'data must be an object';
  if (JSON.stringify(fact.data).length > MOST_DATA)
    return `data is longer than ${MOST_DATA} characters`;
  return undefined;
}

/** An id is used as a key of objects and in `play|record|begin`. */
const isId = (id: string): boolean => /^[^:|\s]+:[a-z-]+:[^|]+$/u.test(id) && id.length <= 500;
