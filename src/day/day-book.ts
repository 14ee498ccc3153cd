import { EMPTY_LEDGER, foldLedger } from '../deliver/ledger.js';
import { teamsOf } from '../deliver/situation.js';
import type { Fact } from '../domain/fact.js';
import type { Playbook } from '../domain/playbook.js';
import type { Ledger } from '../domain/subject.js';
import { COMPANY, kindOf, type RecordId, type SubjectKey } from '../domain/value.js';
import { createPeople } from '../replay-cards.js';
import { goTo, ownerIn, prepareReplay, setOutOn, subjectOn } from '../replay-journey.js';
import { findNews, withNews } from '../replay-news.js';
import { createSituation } from '../situation.js';
import { type DayCard, dayCardsOf } from './day-cards.js';
import type { DayProblem } from './day-problem.js';

/** Everything that some reps could work on, and how their buyers' attention stands. */
export interface DayBook {
  readonly cards: readonly DayCard[];
  readonly touches: DayProblem['touches'];
  readonly accounts: number;
  /** Of everybody who has a card, by id. */
  readonly reps: ReadonlyMap<RecordId, PlannedRep>;
}

export interface PlannedRep {
  readonly name?: string;
  readonly teams: readonly string[];
}

export interface DayBookOptions {
  /** Facts of reps and of the company, in order. */
  readonly people: ReadonlyMap<SubjectKey, readonly Fact[]>;
  /** Epoch milliseconds: what happened later is not known, and the playbook is in force from then on. */
  readonly now: number;
  /** Plays that are new or being tried. */
  readonly tried: ReadonlySet<string>;
}

const DAY_MS = 86_400_000;

/**
 * Gathers accounts and contacts one after the other, and keeps of each only its cards and its last touches; the facts of
 * each come in order, each once.
 */
export function createDayBook(
  playbook: Playbook,
  { people: told, now, tried }: DayBookOptions,
): { add(key: SubjectKey, facts: readonly Fact[]): void; finish(): DayBook } {
  const rehearsal = prepareReplay(playbook);
  const people = createPeople(told, rehearsal);
  const model = rehearsal.model(playbook.version);
  const news = findNews(told.get(COMPANY) ?? [], model.triggers.events);
  const company = people(COMPANY, now);
  const cards: DayCard[] = [];
  const reps = new Map<RecordId, PlannedRep>();
  const ledgers = createLedgers(playbook, now);
  let accounts = 0;
  return {
    add(key, facts) {
      const known = facts.filter(({ occurredAt }) => occurredAt <= now);
      ledgers.add(known);
      if (kindOf(key) !== 'account') return;
      accounts++;
      for (const card of cardsOf(key, withNews(key, known, news))) {
        cards.push(card);
        if (!reps.has(card.rep)) reps.set(card.rep, describe(card.rep));
      }
    },
    finish: () => ({ cards, touches: ledgers.touches(), accounts, reps }),
  };

  function describe(rep: RecordId): PlannedRep {
    const record = people(rep, now)?.records[rep] ?? company?.records[rep];
    const name = record?.values.name?.value;
    return { ...(typeof name === 'string' && { name }), teams: teamsOf(record) };
  }

  function cardsOf(key: SubjectKey, own: readonly Fact[]): readonly DayCard[] {
    const journey = setOutOn(key, own, rehearsal, { from: now, until: now });
    goTo(journey, now);
    const account = subjectOn(journey);
    if (account.mergedInto) return [];
    const owners = new Set(Object.keys(account.records).map((id) => ownerIn(account, id)));
    return [...owners].flatMap((asker) => {
      if (asker === undefined) return [];
      const others = [people(asker, now), company].filter((one) => one !== undefined);
      return dayCardsOf(createSituation(model, { account, now, asker, others }), tried);
    });
  }
}

/** Touches of every account and contact, as far back as a limit looks. */
function createLedgers(
  { contactPolicy }: Playbook,
  now: number,
): { add(facts: readonly Fact[]): void; touches(): DayProblem['touches'] } {
  const ledgers = new Map<SubjectKey, Ledger>();
  const oldest = now - (Math.max(0, ...contactPolicy.limits.map(({ days }) => days)) + 2) * DAY_MS;
  return {
    add(facts) {
      for (const fact of facts) {
        if (fact.occurredAt < oldest) continue;
        if (fact.type !== 'response' && !Object.hasOwn(contactPolicy.touches, fact.type)) continue;
        for (const key of fact.subjects) {
          if (kindOf(key) !== 'account' && kindOf(key) !== 'contact') continue;
          const ledger = ledgers.get(key) ?? EMPTY_LEDGER;
          // A contact's own timeline and that of its account tell the same fact.
          if (ledger.touches.some(({ id, echo }) => id === fact.id || echo === fact.id)) continue;
          ledgers.set(key, foldLedger(ledger, fact, contactPolicy));
        }
      }
    },
    touches: () =>
      new Map(
        [...ledgers].map(([key, { touches }]) => [
          key,
          touches.map(({ at, channel }) => ({ at, channel })),
        ]),
      ),
  };
}
