import { defined } from '../core/defined.js';
import { dateOfDay, dayNumber, toIso } from '../core/zone.js';
import type { ArbitrationView, Card } from '../domain/decision.js';
import { isValidOn, type Play } from '../domain/playbook.js';
import { type Opening, openOf, type RecordState } from '../domain/subject.js';
import type { RecordId } from '../domain/value.js';
import { weigh } from './arbitrate.js';
import { findTry } from './own-try.js';
import { rankIn } from './rank-in.js';
import { type Look, pickContact, type Situation } from './situation.js';
import { findStop, type Stop } from './stages.js';

/** A play that could be a card: open on a record, or one that is judged whenever the record is looked at. */
export interface Candidate {
  readonly play: Play;
  readonly record: RecordState;
  readonly opening: string;
  readonly life?: Opening;
  readonly contact?: RecordState;
  /** The asker's, where this account is in one. */
  readonly ownTry?: Card['ownTry'];
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
  const today = dateOfDay(dayNumber(now, playbook.zone));
  const open = openOf(account.openings).flatMap((life) => {
    const play = plays.find(({ id }) => id === life.play);
    const record = records.find(({ id }) => id === life.record);
    return play && record ? [toCandidate(situation, play, record, life)] : [];
  });
  const always = plays.filter(
    ({ trigger, valid }) => 'opened' in trigger && isValidOn(today, valid),
  );
  return [
    ...open,
    ...always.flatMap((play) =>
      records
        .filter(({ kind }) => kind === play.about)
        .map((record) => toCandidate(situation, play, record)),
    ),
  ];
}

export function toCandidate(
  situation: Situation,
  play: Play,
  record: RecordState,
  life?: Opening,
): Candidate {
  const { account } = situation;
  const { contact: role } = play.action;
  const own = findTry(situation, play);
  // Where nobody has that role, or the play is about one person, it stays with whom the play names.
  const tried = role && role !== 'self' && role !== 'event' ? own?.role : undefined;
  const contact = pickContact(account, record, tried) ?? pickContact(account, record, role, life);
  return defined({
    ownTry: own?.told,
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
  const { playbook, parameters, now } = situation;
  const stop: Stop | undefined =
    life?.from !== undefined && life.from > now
      ? { stage: 'trigger', until: toIso(life.from) }
      : findStop(situation, play, record, look.situated);
  return stop
    ? { ...candidate, stop }
    : {
        ...candidate,
        arbitration: rankIn(
          weigh(play, look.situated, playbook, parameters),
          situation.account.arm,
          candidate.opening,
        ),
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
