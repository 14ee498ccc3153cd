import { defined } from '../core/defined.js';
import type { Fact } from '../domain/fact.js';
import type { Subject } from '../domain/subject.js';
import type { Try } from '../domain/try.js';

/** A try that begins, or the end of one, into those of its rep. What ended first stays its end. */
export function foldTry(tries: Subject['tries'], fact: Fact): Subject['tries'] {
  const { type, data, occurredAt } = fact;
  if (type === 'try-started') {
    const { id, play, how, role, until, accounts } = data as unknown as Try;
    const begun: Try = defined({ id, play, how, role, startedAt: occurredAt, until, accounts });
    return { ...tries, [id]: begun };
  }
  if (type !== 'try-ended') return tries;
  const { id, because } = data as unknown as Pick<Try, 'id' | 'because'>;
  const own = tries && Object.hasOwn(tries, id) ? tries[id] : undefined;
  return own && own.endedAt === undefined
    ? { ...tries, [id]: defined({ ...own, endedAt: occurredAt, because }) }
    : tries;
}
