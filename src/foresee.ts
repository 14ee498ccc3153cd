import type { Sliced } from './core/run-sliced.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import { COMPANY, kindOf, type SubjectKey } from './domain/value.js';
import { groupFacts } from './fact-order.js';
import { createTally } from './foresee-tally.js';
import { replayBoth } from './replay.js';
import { mayTouch, type Overrun } from './replay-attention.js';
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

/** Two playbooks, of which the first is in force. */
export interface Playbooks {
  readonly before: Playbook;
  readonly after: Playbook;
}

/** The history on which a change is tried. */
export interface History {
  readonly accounts: readonly SubjectKey[];
  readonly own: ReadonlyMap<SubjectKey, readonly Fact[]>;
  /** Reps and the company. */
  readonly people: ReadonlyMap<SubjectKey, readonly Fact[]>;
}

/** Facts in order. */
export function gatherHistory(facts: readonly Fact[], until: number): History {
  const own = groupFacts(facts, until);
  return {
    own,
    people: new Map([...own].filter(([key]) => ['rep', 'company'].includes(kindOf(key)))),
    accounts: [...own.keys()].filter((key) => kindOf(key) === 'account'),
  };
}

/** Plays of which two playbooks say something else. */
export function differingPlays({ before, after }: Playbooks): readonly string[] {
  const wordsOf = ({ plays }: Playbook): ReadonlyMap<string, string> =>
    new Map(plays.map((play) => [play.id, JSON.stringify(play)]));
  const [old, next] = [wordsOf(before), wordsOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])].filter((id) => old.get(id) !== next.get(id));
}

/** Every account through both. A slice is an account. */
export function* foresee(
  history: History,
  playbooks: Playbooks,
  span: { readonly from: number; readonly until: number },
): Sliced<Foresight> {
  const { own, people, accounts } = history;
  const plays = differingPlays(playbooks);
  const stages = {
    before: setStage(playbooks.before, people),
    after: setStage(playbooks.after, people),
  };
  const news = findNews(people.get(COMPANY) ?? [], eventsOf(stages.before, stages.after));
  const rehearsals = { before: stages.before.rehearsal, after: stages.after.rehearsal };
  const tally = createTally(playbooks, span, plays);
  const told = (account: SubjectKey): readonly Fact[] =>
    withNews(account, own.get(account) ?? [], news);
  for (const [i, account] of accounts.entries()) {
    const facts = told(account);
    const touching = facts.filter((fact) => mayTouch(fact, playbooks.before.contactPolicy));
    const displaced = { before: new Map(), after: new Map<string, Displacement>() };
    const found = replayBoth(account, facts, rehearsals, span, (...differing) =>
      noteDisplacements(displaced, stages, ...differing, touching),
    );
    tally.add(found.before, found.after, displaced.after.values());
    yield (i + 1) / accounts.length;
  }
  const factsOf = (who: SubjectKey): readonly Fact[] =>
    kindOf(who) === 'account' ? told(who) : (own.get(who) ?? []);
  return { ...span, plays, ...tally.result(factsOf) };
}

export function setStage(playbook: Playbook, people: History['people']): Stage {
  const rehearsal = prepareReplay(playbook);
  return { rehearsal, people: createPeople(people, rehearsal) };
}

/** What happens that plays of some of them wait for. */
export function eventsOf(...stages: readonly Stage[]): ReadonlySet<string> {
  return new Set(
    stages.flatMap(({ rehearsal: { playbook, model } }) => [
      ...model(playbook.version).triggers.events.keys(),
    ]),
  );
}
