import { GRADES } from '../domain/fact.js';
import { type Fault, MOST_DATA } from './check-fact.js';

/** How a part of a fact must be, told to whoever sent one that is not. */
export const FAULT_WORDS: { readonly [fault in Fault]: string } = {
  id: 'id must be 1 to 1000 characters',
  type: 'type must be a kebab-case word',
  subjects:
    'subjects must be a list of connection:type:id, of accounts, contacts, reps or the company',
  about: 'about must be a list of connection:type:id',
  by: 'by must be connection:type:id',
  moments: 'occurredAt and learnedAt must be epoch milliseconds',
  grade: `grade must be one of ${GRADES.join(', ')}`,
  data: `data must be an object of at most ${MOST_DATA} characters`,
  response: 'a response must say what was answered',
  shape: 'it is not shaped like a fact',
};
