import { push } from './core/push.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import { kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import type { Foresight, Playbooks } from './foresee.js';
import { findOverruns, mayTouch, type Overrun } from './replay-attention.js';
import type { Displacement } from './replay-cards.js';
import type { Replayed } from './replay-journey.js';

/** Adds up what would have been otherwise, account by account. */
export interface Tally {
  /** All that opened on an account under each playbook, and what was displaced under the second alone. */
  add(
    before: readonly Replayed[],
    after: readonly Replayed[],
    displaced: Iterable<Displacement>,
  ): void;
  /** `factsOf` gives what happened to a contact, or to an account. */
  result(
    factsOf: (who: SubjectKey) => readonly Fact[],
  ): Omit<Foresight, 'from' | 'until' | 'plays'>;
}

const WEEK_MS = 7 * 86_400_000;
const MOST_EXAMPLES = 20;

export function createTally(
  playbooks: Playbooks,
  { from, until }: Pick<Foresight, 'from' | 'until'>,
  differing: readonly string[],
): Tally {
  const differs = new Set(differing);
  const minutesOf = new Map(playbooks.after.plays.map(({ id, action }) => [id, action.minutes]));
  const weeks = Array.from({ length: Math.max(1, Math.ceil((until - from) / WEEK_MS)) }, () => ({
    before: 0,
    after: 0,
  }));
  const attention = createAttention(playbooks, from, differs);
  const accounts = new Set<SubjectKey>();
  const byRep = new Map<RecordId, number>();
  const displaced = new Map<string, Displacement & { times: number }>();
  let examples: Replayed[] = [];
  let minutes = 0;
  const count = (side: 'before' | 'after', openings: readonly Replayed[]): void => {
    for (const { begin } of openings) {
      const week = weeks[Math.min(weeks.length - 1, Math.floor((begin - from) / WEEK_MS))];
      if (week && begin >= from) week[side] += 1;
    }
  };
  return {
    add(before, after, kept) {
      attention.add('before', before);
      attention.add('after', after);
      const [old, next] = [before, after].map((all) => all.filter(({ play }) => differs.has(play)));
      if (!old || !next) return;
      count('before', old);
      count('after', next);
      const known = new Set(old.map(({ play, record, begin }) => `${play}|${record}|${begin}`));
      for (const one of next) {
        accounts.add(one.account);
        minutes += minutesOf.get(one.play) ?? 0;
        if (one.owner !== undefined) byRep.set(one.owner, (byRep.get(one.owner) ?? 0) + 1);
        if (!known.has(`${one.play}|${one.record}|${one.begin}`)) examples.push(one);
      }
      if (next.length > 0)
        examples = examples.sort((a, b) => b.begin - a.begin).slice(0, MOST_EXAMPLES);
      for (const { play, by } of kept) {
        const key = `${by}|${play}`;
        displaced.set(key, { play, by, times: (displaced.get(key)?.times ?? 0) + 1 });
      }
    },
    result: (factsOf) => ({
      weeks,
      before: weeks.reduce((sum, week) => sum + week.before, 0),
      after: weeks.reduce((sum, week) => sum + week.after, 0),
      accounts: accounts.size,
      reps: byRep.size,
      mostOfOne: Math.max(0, ...byRep.values()),
      minutes,
      displaced: [...displaced.values()].sort((a, b) => b.times - a.times),
      overruns: attention.overruns(factsOf),
      examples,
    }),
  };
}

/** Touches that happened and those that cards would be, by whom they touch: a contact may be in several accounts. */
function createAttention(playbooks: Playbooks, from: number, differs: ReadonlySet<string>) {
  const cards = {
    before: new Map<SubjectKey, Replayed[]>(),
    after: new Map<SubjectKey, Replayed[]>(),
  };
  const touched = new Set<SubjectKey>();
  const wordsOf = ({ contactPolicy, zone }: Playbook): string =>
    JSON.stringify([contactPolicy, zone]);
  const isSamePolicy = wordsOf(playbooks.before) === wordsOf(playbooks.after);
  const overrunsOf = (
    side: 'before' | 'after',
    who: SubjectKey,
    facts: readonly Fact[],
  ): readonly Overrun[] =>
    findOverruns(
      facts,
      (cards[side].get(who) ?? []).flatMap(({ begin: at, touch: channel }) =>
        channel ? [{ at, channel }] : [],
      ),
      playbooks[side],
      from,
    );
  return {
    add(side: 'before' | 'after', openings: readonly Replayed[]): void {
      for (const one of openings) {
        if (!one.touch) continue;
        const who = one.contact ?? one.account;
        push(cards[side], who, one);
        // Where neither cards nor limits are others, nothing is asked for that was not before.
        if (differs.has(one.play) || !isSamePolicy) touched.add(who);
      }
    },
    overruns(factsOf: (who: SubjectKey) => readonly Fact[]): Foresight['overruns'] {
      return [...touched].sort().flatMap((who) => {
        if (!cards.after.has(who)) return [];
        // What touched a contact is in the contact's own timeline; in the account's is what names none.
        const facts = factsOf(who).filter(
          (fact) =>
            mayTouch(fact, playbooks.after.contactPolicy) &&
            (kindOf(who) === 'contact' || !fact.subjects.some((one) => kindOf(one) === 'contact')),
        );
        const old = overrunsOf('before', who, facts).map(({ limit }) => JSON.stringify(limit));
        return overrunsOf('after', who, facts)
          .filter(({ limit }) => !old.includes(JSON.stringify(limit)))
          .map((overrun) => ({ who, ...overrun }));
      });
    },
  };
}
