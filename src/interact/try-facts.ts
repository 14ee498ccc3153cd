import { defined } from '../core/defined.js';
import { OpportuneError } from '../core/errors.js';
import { type Fact, noteFact } from '../domain/fact.js';
import type { Playbook } from '../domain/playbook.js';
import type { ResponseRequest } from '../domain/response.js';
import type { Subject } from '../domain/subject.js';
import {
  isRunning,
  TRY_LIMITS,
  type TryAccount,
  type TryEnd,
  type TryPlan,
} from '../domain/try.js';
import type { JsonObject, RecordId, SubjectKey } from '../domain/value.js';

const WEEK = 7 * 86_400_000;

/** Whether the playbook knows a role of contacts. */
export const knowsRole = ({ attributes }: Pick<Playbook, 'attributes'>, role: string): boolean =>
  attributes.find(({ id }) => id === 'contact.role')?.values?.some(({ id }) => id === role) ??
  false;

/**
 * A plan as it may be carried out.
 *
 * @throws OpportuneError `opportune/try`: it says nothing, or goes beyond what a try may be
 */
export function checkTryPlan({ how, role, weeks, accounts }: TryPlan): TryPlan {
  const fail = (where: string, problem: string, remedy: string): never => {
    throw new OpportuneError('opportune/try', problem, { where, remedy });
  };
  const said = typeof how === 'string' ? how.trim() : '';
  const { fewest, accounts: most, weeks: longest, words } = TRY_LIMITS;
  if (said === '' || said.length > words)
    fail(
      'how',
      `it has ${said.length} characters`,
      `Say in 1 to ${words} what is done another way`,
    );
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > longest)
    fail('weeks', `it is ${weeks}`, `Give a whole number from 1 to ${longest}`);
  if (!Number.isInteger(accounts) || accounts < fewest || accounts > most)
    fail('accounts', `it is ${accounts}`, `Give a whole number from ${fewest} to ${most}`);
  return defined({ how: said, role, weeks, accounts });
}

/** Whether one more would be too many for a rep: of all, of this play, or with accounts of another one that runs. */
export function isOneTooMany(
  tries: Subject['tries'],
  play: string,
  accounts: ReadonlySet<SubjectKey>,
  now: number,
): boolean {
  const running = Object.values(tries ?? {}).filter((one) => isRunning(one, now));
  return (
    running.length >= TRY_LIMITS.running ||
    running.some(
      (one) => one.play === play || one.accounts.some(({ account }) => accounts.has(account)),
    )
  );
}

export function toTryFact(
  { id, asker, play }: ResponseRequest,
  { how, role, weeks }: TryPlan,
  accounts: readonly TryAccount[],
  now: number,
): Fact {
  // It may have waited on a device: it begins when accounts get their arms, for no card could tell of one before.
  const data = defined({ id, play, how, role, until: now + weeks * WEEK, accounts });
  return noteFact(
    {
      id: `try/${id}`,
      type: 'try-started',
      subjects: [asker],
      grade: 'claimed',
      by: asker,
      data: data as unknown as JsonObject,
    },
    now,
  );
}

export function toTryEndFact(rep: RecordId, id: string, because: TryEnd, now: number): Fact {
  return noteFact(
    {
      id: `try/${id}/ended`,
      type: 'try-ended',
      subjects: [rep],
      by: rep,
      data: { id, because },
    },
    now,
  );
}
