import type { Fact, Playbook, SubjectKey } from 'opportune';
import { comparePositions } from '../src/domain/fact.js';
import type { Channel } from '../src/domain/playbook.js';
import { kindOf } from '../src/domain/value.js';
import { findOverruns, mayTouch, type Overrun } from '../src/replay-attention.js';
import type { Replayed } from '../src/replay-journey.js';
import type { Listing } from './replay-list.js';
import { bucketOf, type Spill } from './spill.js';

/** Somebody of whom more is asked than a limit allows. */
export interface Overrunning extends Overrun {
  /** A contact; or an account, for what names no contact. */
  readonly who: SubjectKey;
}

/** How many limits of how many people would be overrun: each is one limit of one contact, or account. */
export interface OverrunCounts {
  readonly before: number;
  readonly after: number;
  readonly onlyBefore: number;
  readonly onlyAfter: number;
}

type Playbooks = { readonly before: Playbook; readonly after: Playbook };

/** Touches by whom they touch, put aside until all accounts are through: a contact may be in several. */
export interface AttentionTally {
  /** Facts of the timeline of an account or contact. */
  addFacts(key: SubjectKey, facts: readonly Fact[]): void;
  addCards(playbook: keyof Playbooks, openings: readonly Replayed[]): void;
  /** Lists what is overrun under the second playbook only. */
  finish(listing: Listing<Overrunning>, from?: number): OverrunCounts;
}

type Entry =
  | { readonly who: SubjectKey; readonly fact: Fact }
  | {
      readonly who: SubjectKey;
      readonly card: keyof Playbooks;
      readonly at: number;
      readonly channel: Channel;
    };

const NAME = 'touches-';

export function createAttentionTally(spill: Spill, playbooks: Playbooks): AttentionTally {
  const { before, after } = playbooks;
  const put = (entry: Entry): void =>
    spill.add(`${NAME}${bucketOf(entry.who)}`, JSON.stringify(entry));
  return {
    addFacts(key, facts) {
      for (const fact of facts)
        if (mayTouch(fact, before.contactPolicy) || mayTouch(fact, after.contactPolicy))
          for (const who of touchedBy(key, fact)) put({ who, fact });
    },
    addCards(card, openings) {
      for (const { touch: channel, contact, account, begin: at } of openings)
        if (channel) put({ who: contact ?? account, card, at, channel });
    },
    finish(listing, from) {
      const counts = { before: 0, after: 0, onlyBefore: 0, onlyAfter: 0 };
      for (const bucket of spill.buckets()) {
        if (!bucket.startsWith(NAME)) continue;
        for (const [who, entries] of groupEntries(spill.lines(bucket))) {
          const facts = factsOf(entries);
          const [old, next] = (['before', 'after'] as const).map((side) =>
            findOverruns(facts, cardsOf(entries, side), playbooks[side], from),
          ) as [readonly Overrun[], readonly Overrun[]];
          const added = without(next, old);
          counts.before += old.length;
          counts.after += next.length;
          counts.onlyBefore += without(old, next).length;
          counts.onlyAfter += added.length;
          for (const overrun of added) listing.add({ who, ...overrun });
        }
        spill.drop(bucket);
      }
      return counts;
    },
  };
}

/** The contacts that it names, else the account. */
function touchedBy(key: SubjectKey, { subjects }: Fact): readonly SubjectKey[] {
  if (kindOf(key) === 'contact') return [key];
  const contacts = subjects.filter((one) => kindOf(one) === 'contact');
  return contacts.length > 0 ? contacts : [key];
}

function groupEntries(lines: Iterable<string>): ReadonlyMap<SubjectKey, readonly Entry[]> {
  const groups = new Map<SubjectKey, Entry[]>();
  for (const line of lines) {
    const entry = JSON.parse(line) as Entry;
    const group = groups.get(entry.who);
    if (group) group.push(entry);
    else groups.set(entry.who, [entry]);
  }
  return groups;
}

/** In order, each once: a contact of two accounts has come twice. */
function factsOf(entries: readonly Entry[]): readonly Fact[] {
  const facts = new Map<string, Fact>();
  for (const entry of entries) if ('fact' in entry) facts.set(entry.fact.id, entry.fact);
  return [...facts.values()].sort(comparePositions);
}

function cardsOf(
  entries: readonly Entry[],
  side: keyof Playbooks,
): readonly { readonly at: number; readonly channel: Channel }[] {
  return entries.flatMap((entry) => ('card' in entry && entry.card === side ? [entry] : []));
}

/** Overruns of limits over other days or channels than any of the others. */
function without(overruns: readonly Overrun[], others: readonly Overrun[]): readonly Overrun[] {
  return overruns.filter(
    ({ limit: { days, channel } }) =>
      !others.some(({ limit }) => limit.days === days && limit.channel === channel),
  );
}
