import { defined } from '../core/defined.js';
import type { PlayLife, PlayState } from '../domain/play-life.js';
import type { Play } from '../domain/playbook.js';
import type { Response } from '../domain/response.js';
import type { Opening, Subject } from '../domain/subject.js';
import type { RecordId } from '../domain/value.js';
import { findRest } from './stages.js';

/** What an answer that rests makes of a play. */
const RESTS: { readonly [kind in Response['kind']]?: PlayState } = {
  snooze: 'snoozed',
  'not-relevant': 'dismissed',
};

/**
 * Where a play stands on a record of this account, as that rep sees it now. Pure; docs/play-life draws the same as a
 * machine. Whether a card that is open is also shown is for the stages of a decision to say.
 */
export function playLife(
  account: Subject,
  { id, trigger, expiresMs }: Play,
  record: RecordId,
  asker: RecordId,
  now: number,
): PlayLife {
  const openings = Object.values(account.openings).filter(
    (one) => one.play === id && one.record === record,
  );
  const card = openings.find(({ end }) => end === undefined);
  const answer = findRest({ account, now }, id, record, asker);
  if (answer) {
    const { at: since, restsUntil: until, response } = answer;
    return defined({
      state: RESTS[response.kind] ?? 'done',
      since,
      until,
      opening: card?.key,
      answer,
    });
  }
  if (card) {
    const { begin: since, key: opening } = card;
    return { state: 'open', since, until: since + expiresMs, opening };
  }
  if ('opened' in trigger) return { state: 'open' };
  const last = openings.reduce<Opening | undefined>(
    (latest, one) => ((one.end ?? 0) > (latest?.end ?? 0) ? one : latest),
    undefined,
  );
  const stands = account.standing[record]?.[id] !== undefined;
  return defined({ state: stands ? 'spent' : 'armed', since: last?.end, ended: last?.ended });
}
