import { push } from './core/push.js';
import type { Sliced } from './core/run-sliced.js';
import type { Fact } from './domain/fact.js';
import type { Play, Playbook } from './domain/playbook.js';
import { COMPANY, kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import { groupFacts } from './fact-order.js';
import { replayBoth } from './replay.js';
import { findOverruns, mayTouch, type Overrun } from './replay-attention.js';
import { createPeople, type Displacement, noteDisplacements, type Stage } from './replay-cards.js';
import { prepareReplay, type Replayed } from './replay-journey.js';
import { findNews, withNews } from './replay-news.js';

/** What would have been otherwise, had another playbook been in force: of the plays that it changes, adds or takes away. */
export interface Foresight {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  /** The plays that differ, by id. */
  readonly plays: readonly string[];
  /** Cards that opened, by week from `from` on; the last week may be a shorter one. */
  readonly weeks: readonly { readonly before: number; readonly after: number }[];
  readonly before: number;
  readonly after: number;
  /** Of the cards after: how many accounts and reps have some, the most that one rep has, and minutes of work in all. */
  readonly accounts: number;
  readonly reps: number;
  readonly mostOfOne: number;
  readonly minutes: number;
  /** Cards that another card would have kept back, under the second playbook alone, most often first. */
  readonly displaced: readonly (Displacement & { readonly times: number })[];
  /** Whose attention would be asked for more often than the contact policy allows, under the second playbook alone. */
  readonly overruns: readonly (Overrun & { readonly who: SubjectKey })[];
  /** The latest cards that only the second playbook has, newest first. */
  readonly examples: readonly Replayed[];
}

const WEEK_MS = 7 * 86_400_000;
const MOST_EXAMPLES = 20;

/** Plays of which two playbooks say something else. */
export function differingPlays(before: Playbook, after: Playbook): readonly string[] {
  const wordsOf = ({ plays }: Playbook): ReadonlyMap<string, string> =>
    new Map(plays.map((play) => [play.id, JSON.stringify(play)]));
  const [old, next] = [wordsOf(before), wordsOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])].filter((id) => old.get(id) !== next.get(id));
}

/** Facts in order, through both. A slice is an account. */
export function* foresee(
  facts: readonly Fact[],
  playbooks: { readonly before: Playbook; readonly after: Playbook },
  { from, until }: { readonly from: number; readonly until: number },
): Sliced<Foresight> {
  const { before, after } = playbooks;
  const plays = differingPlays(before, after);
  const differs = new Set(plays);
  const own = groupFacts(facts, until);
  const people = new Map([...own].filter(([key]) => ['rep', 'company'].includes(kindOf(key))));
  const stages = { before: stageOf(before, people), after: stageOf(after, people) };
  const events = new Set([...eventsOf(stages.before), ...eventsOf(stages.after)]);
  const news = findNews(people.get(COMPANY) ?? [], events);
  const rehearsals = { before: stages.before.rehearsal, after: stages.after.rehearsal };
  const tally = createTally(after, from, until);
  const touches = createTouches(playbooks, from);
  const accounts = [...own.keys()].filter((key) => kindOf(key) === 'account');
  for (const [key, some] of own) if (kindOf(key) === 'contact') touches.addFacts(key, some);
  for (const [i, account] of accounts.entries()) {
    const told = withNews(account, own.get(account) ?? [], news);
    const touching = told.filter((fact) => mayTouch(fact, before.contactPolicy));
    touches.addFacts(account, told);
    const displaced = { before: new Map(), after: new Map<string, Displacement>() };
    const found = replayBoth(account, told, rehearsals, { from, until }, (...differing) =>
      noteDisplacements(displaced, stages, ...differing, touching),
    );
    tally.add(
      found.before.filter(({ play }) => differs.has(play)),
      found.after.filter(({ play }) => differs.has(play)),
    );
    tally.addDisplaced(displaced.after.values());
    touches.addCards('before', found.before);
    touches.addCards('after', found.after);
    yield (i + 1) / accounts.length;
  }
  return { from, until, plays, ...tally.result(), overruns: touches.overruns() };
}

function stageOf(playbook: Playbook, people: ReadonlyMap<SubjectKey, readonly Fact[]>): Stage {
  const rehearsal = prepareReplay(playbook);
  return { rehearsal, people: createPeople(people, rehearsal) };
}

const eventsOf = ({ rehearsal: { playbook, model } }: Stage): Iterable<string> =>
  model(playbook.version).triggers.events.keys();

interface Tally {
  add(before: readonly Replayed[], after: readonly Replayed[]): void;
  addDisplaced(displaced: Iterable<Displacement>): void;
  result(): Omit<Foresight, 'from' | 'until' | 'plays' | 'overruns'>;
}

function createTally({ plays }: Playbook, from: number, until: number): Tally {
  const minutesOf = new Map(plays.map(({ id, action }: Play) => [id, action.minutes]));
  const weeks = Array.from({ length: Math.max(1, Math.ceil((until - from) / WEEK_MS)) }, () => ({
    before: 0,
    after: 0,
  }));
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
    add(before, after) {
      count('before', before);
      count('after', after);
      const known = new Set(before.map(({ play, record, begin }) => `${play}|${record}|${begin}`));
      for (const one of after) {
        accounts.add(one.account);
        minutes += minutesOf.get(one.play) ?? 0;
        if (one.owner !== undefined) byRep.set(one.owner, (byRep.get(one.owner) ?? 0) + 1);
        if (!known.has(`${one.play}|${one.record}|${one.begin}`)) examples.push(one);
      }
      examples = examples.sort((a, b) => b.begin - a.begin).slice(0, MOST_EXAMPLES);
    },
    addDisplaced(found) {
      for (const { play, by } of found) {
        const key = `${by}|${play}`;
        displaced.set(key, { play, by, times: (displaced.get(key)?.times ?? 0) + 1 });
      }
    },
    result: () => ({
      weeks,
      before: weeks.reduce((sum, week) => sum + week.before, 0),
      after: weeks.reduce((sum, week) => sum + week.after, 0),
      accounts: accounts.size,
      reps: byRep.size,
      mostOfOne: Math.max(0, ...byRep.values()),
      minutes,
      displaced: [...displaced.values()].sort((a, b) => b.times - a.times),
      examples,
    }),
  };
}

/** Touches that happened and those that cards would be, by whom they touch: a contact may be in several accounts. */
function createTouches(
  playbooks: { readonly before: Playbook; readonly after: Playbook },
  from: number,
) {
  const facts = new Map<SubjectKey, Fact[]>();
  const cards = {
    before: new Map<SubjectKey, Replayed[]>(),
    after: new Map<SubjectKey, Replayed[]>(),
  };
  const overrunsOf = (side: 'before' | 'after', who: SubjectKey): readonly Overrun[] =>
    findOverruns(
      facts.get(who) ?? [],
      (cards[side].get(who) ?? []).flatMap(({ begin: at, touch: channel }) =>
        channel ? [{ at, channel }] : [],
      ),
      playbooks[side],
      from,
    );
  return {
    /** What touched a contact is in the contact's own timeline; in the account's is what names none. */
    addFacts(key: SubjectKey, some: readonly Fact[]): void {
      for (const fact of some)
        if (
          mayTouch(fact, playbooks.after.contactPolicy) &&
          (kindOf(key) === 'contact' || !fact.subjects.some((one) => kindOf(one) === 'contact'))
        )
          push(facts, key, fact);
    },
    addCards(side: 'before' | 'after', openings: readonly Replayed[]): void {
      for (const one of openings) if (one.touch) push(cards[side], one.contact ?? one.account, one);
    },
    overruns(): readonly (Overrun & { readonly who: SubjectKey })[] {
      return [...cards.after.keys()].flatMap((who) => {
        const old = overrunsOf('before', who).map(({ limit }) => JSON.stringify(limit));
        return overrunsOf('after', who)
          .filter(({ limit }) => !old.includes(JSON.stringify(limit)))
          .map((overrun) => ({ who, ...overrun }));
      });
    },
  };
}
