import { defined } from '../core/defined.js';
import { dateOfDay, dayNumber } from '../core/zone.js';
import type { ArbitrationView } from '../domain/decision.js';
import { isValidOn, type Play } from '../domain/playbook.js';
import type { Opening, RecordState } from '../domain/subject.js';
import type { RecordId } from '../domain/value.js';
import { weigh } from './arbitrate.js';
import { type Look, pickContact, type Situation } from './situation.js';
import { findStop, type Stop } from './stages.js';

/** A play that could be a card: open on a record, or one that is judged whenever the record is looked at. */
export interface Candidate {
  readonly play: Play;
  readonly record: RecordState;
  readonly opening: string;
  readonly life?: Opening;
  readonly contact?: RecordState;
  readonly look: Look;
  readonly arbitration?: ArbitrationView;
  readonly stop?: Stop;
}

export function findCandidates(
  situation: Situation,
  plays: readonly Play[],
  records: readonly RecordState[],
): readonly Candidate[] {
  const { account, now, playbook } = situation;
  const open = new Map<string, Opening>();
  for (const opening of Object.values(account.openings)) {
    if (opening.end === undefined) open.set(`${opening.play}|${opening.record}`, opening);
  }
  const today = dateOfDay(dayNumber(now, playbook.zone));
  const found: Candidate[] = [];
  for (const play of plays) {
    const always = 'opened' in play.trigger;
    if (always && !isValidOn(today, play.valid)) continue;
    for (const record of records) {
      if (record.kind !== play.about) continue;
      const life = always ? undefined : open.get(`${play.id}|${record.id}`);
      // By the clock it has closed, though nobody has told the account of the time yet.
      if (!always && (!life || now >= life.begin + play.expiresMs)) continue;
      found.push(toCandidate(situation, play, record, life));
    }
  }
  return found;
}

export function toCandidate(
  situation: Situation,
  play: Play,
  record: RecordState,
  life: Opening | undefined,
): Candidate {
  const contact = pickContact(situation.account, record, play.action.contact, life);
  return defined({
    play,
    record,
    opening: life?.key ?? `${play.id}|${record.id}|opened`,
    life,
    contact,
    look: situation.look(record, contact?.id, life?.event),
  });
}

/** The candidate with the first stage that stops it before it meets the others, and its priority when none does. */
export function judgeCandidate(situation: Situation, candidate: Candidate): Candidate {
  const { play, record, look, life } = candidate;
  if (life?.from !== undefined && life.from > situation.now) {
    return { ...candidate, stop: { stage: 'trigger', until: new Date(life.from).toISOString() } };
  }
  const stop = findStop(situation, play, record, look.situated);
  if (stop) return { ...candidate, stop };
  return {
    ...candidate,
    arbitration: weigh(play, look.situated, situation.playbook, situation.parameters),
  };
}

/** Where candidates stand among each other: mandatory ones first, then by priority, ties by play and record. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    Number(b.play.mandatory ?? false) - Number(a.play.mandatory ?? false) ||
    (b.arbitration?.priority ?? 0) - (a.arbitration?.priority ?? 0) ||
    compareIds(a.play.id, b.play.id) ||
    compareIds(a.record.id, b.record.id)
  );
}

const compareIds = (a: RecordId, b: RecordId): number => (a < b ? -1 : a > b ? 1 : 0);
