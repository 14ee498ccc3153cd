import type { Answered, LifeView } from '../domain/decision.js';
import { clean, type Words } from './format.js';
import type { Reading } from './reading.js';

/** Where a play stands on its record, as a sentence: `Done by you, 12 Nov; rests until 12 Dec.` */
export function toLifeText(
  { state, since, until, ended, answered }: LifeView,
  reading: Reading,
): string {
  const { words } = reading;
  const { strings } = words;
  const end = until === undefined ? Number.NaN : Date.parse(until);
  if (answered) return toRestText(toAnsweredText(answered, reading), end, words);
  // What is judged whenever its record is looked at has no card that opened once.
  if (since === undefined)
    return { armed: strings.lifeArmed, spent: strings.lifeSpent }[state as string] ?? '';
  const when = words.when(Date.parse(since));
  if (state === 'open')
    return words.fill(strings.lifeOpen, { when, day: words.day(words.dayOf(end)) });
  const closed = words.fill(ended === 'expired' ? strings.expiredAt : strings.withdrawnAt, {
    when,
  });
  return words.fill(strings.lifeClosed, {
    what: closed,
    next: state === 'spent' ? strings.lifeSpent : strings.lifeArmed,
  });
}

/** Who answered what, and when: `Hidden by Tom Okafor, 2 Nov: Bought elsewhere`. */
export function toAnsweredText({ kind, reason, asker, at }: Answered, reading: Reading): string {
  const { words, playbook, who } = reading;
  const { anotherReason } = words.strings;
  const label = playbook.reasons.find(({ id }) => id === reason)?.label ?? anotherReason;
  return sayAnswered(kind, who(asker), Date.parse(at), clean(label), words);
}

/** The same for a name and a reason that are known in words. */
export function sayAnswered(
  kind: string,
  name: string,
  at: number,
  reason: string,
  words: Words,
): string {
  const { answeredHidden, answeredDone, answeredSnoozed, answeredOther } = words.strings;
  const text = {
    'not-relevant': answeredHidden,
    done: answeredDone,
    'already-done': answeredDone,
    snooze: answeredSnoozed,
  }[kind];
  return words.fill(text ?? answeredOther, { name, when: words.when(at), reason });
}

/** Until when a play rests by what was answered. */
export function toRestText(what: string, until: number, words: Words): string {
  return words.fill(words.strings.restsUntil, { what, day: words.day(words.dayOf(until)) });
}
