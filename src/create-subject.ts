import { EMPTY_LEDGER } from './deliver/ledger.js';
import { EARLIEST } from './domain/fact.js';
import type { Subject } from './domain/subject.js';
import type { SubjectKey } from './domain/value.js';

/** A subject of which nothing is known yet. */
export function createSubject(key: SubjectKey): Subject {
  return {
    key,
    at: { occurredAt: EARLIEST, id: '' },
    judgedAt: EARLIEST,
    clock: EARLIEST,
    playbook: '',
    records: {},
    openings: {},
    standing: {},
    answers: {},
    ledger: EMPTY_LEDGER,
    placed: {},
    rates: {},
    tooLate: 0,
    sinceSnapshot: 0,
  };
}
