import type { Sliced } from './core/run-sliced.js';
import { type Candidate, toCandidate } from './deliver/candidates.js';
import { pickContents } from './deliver/contents.js';
import { rank } from './deliver/decide.js';
import { recordsInScope, type Situation } from './deliver/situation.js';
import type { Stage } from './domain/decision.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import type { Subject } from './domain/subject.js';
import { COMPANY, type RecordId, type SubjectKey } from './domain/value.js';
import { gatherHistory } from './foresee.js';
import { createPeople, type People } from './replay-cards.js';
import {
  goTo,
  nextMoment,
  ownerIn,
  prepareReplay,
  type Rehearsal,
  type Replayed,
  replayedOn,
  setOutOn,
  subjectOn,
} from './replay-journey.js';
import { findNews, withNews } from './replay-news.js';
import { createSituation } from './situation.js';

/** A play on a record at the end, as the owner of the record meets it. */
export interface StandingCard {
  readonly play: string;
  readonly record: RecordId;
  /** What stopped it; `shown` where nothing did. */
  readonly stage: Stage;
  /** The play that is shown in its place. */
  readonly behind?: string;
  /** Ids of what goes with it, where nothing but other cards, the buyer's attention or the control group held it back. */
  readonly contents: readonly string[];
}

/** Recorded facts under a playbook that has been in force for some time, and how all stands at the end. */
export interface Rehearsed {
  readonly playbook: Playbook;
  /** Epoch milliseconds: from when on the playbook was in force, and the end. */
  readonly from: number;
  readonly until: number;
  readonly accounts: readonly {
    readonly subject: Subject;
    readonly cards: readonly StandingCard[];
    /** Content that goes with what opened here or stands here, as the records are at the end: with how many cards, by id. */
    readonly brought: ReadonlyMap<string, number>;
  }[];
  /** Everything that opened. */
  readonly openings: readonly Replayed[];
}

/** What stops a card that would otherwise be there. */
const HELD_BACK: ReadonlySet<Stage> = new Set([
  'shown',
  'answered',
  'holdout',
  'contact-policy',
  'arbitration',
]);

/** Whether the playbook has something to say on the record, seen now or held back by others, attention or an answer. */
export const speaks = ({ stage }: StandingCard): boolean => HELD_BACK.has(stage);

/** Facts in order, through a playbook. A slice is an account. */
export function* rehearse(
  facts: readonly Fact[],
  playbook: Playbook,
  { from, until }: { readonly from: number; readonly until: number },
): Sliced<Rehearsed> {
  const { own, people: folk, accounts: keys } = gatherHistory(facts, until);
  const rehearsal = prepareReplay(playbook);
  const people = createPeople(folk, rehearsal);
  const events = rehearsal.model(playbook.version).triggers.events;
  const news = findNews(folk.get(COMPANY) ?? [], events);
  const accounts: Rehearsed['accounts'][number][] = [];
  const openings: Replayed[] = [];
  for (const [i, key] of keys.entries()) {
    const told = withNews(key, own.get(key) ?? [], news);
    const { subject, opened } = goThrough(key, told, rehearsal, { from, until });
    openings.push(...opened);
    if (!subject.mergedInto)
      accounts.push({ subject, ...cardsOn(subject, opened, rehearsal, people) });
    yield (i + 1) / keys.length;
  }
  return { playbook, from, until, accounts, openings };
}

function goThrough(
  key: SubjectKey,
  facts: readonly Fact[],
  rehearsal: Rehearsal,
  span: { readonly from: number; readonly until: number },
): { readonly subject: Subject; readonly opened: readonly Replayed[] } {
  const journey = setOutOn(key, facts, rehearsal, span);
  for (let next = nextMoment(journey); next <= span.until; next = nextMoment(journey))
    goTo(journey, next);
  goTo(journey, span.until);
  // Openings that have ended are told; what is open stays with the account.
  return { subject: subjectOn(journey), opened: replayedOn(journey) };
}

/** Every play on every record of an account, each as the owner of that record meets it. */
function cardsOn(
  account: Subject,
  opened: readonly Replayed[],
  { playbook, model }: Rehearsal,
  people: People,
): Pick<Rehearsed['accounts'][number], 'cards' | 'brought'> {
  const records = recordsInScope(account, account.key);
  const owners = new Set(records.map(({ id }) => ownerIn(account, id)));
  const cards: StandingCard[] = [];
  const brought = new Map<string, number>();
  const bring = (id: string): unknown => brought.set(id, (brought.get(id) ?? 0) + 1);
  const isOpened = new Set(opened.map(({ play, record }) => `${play}|${record}`));
  for (const asker of owners) {
    if (asker === undefined) continue;
    const now = account.clock;
    const others = [people(asker, now), people(COMPANY, now)].filter((one) => one !== undefined);
    const situation = createSituation(model(playbook.version), { account, now, asker, others });
    const own = rank(situation, records)
      .judged.filter(({ record }) => ownerIn(account, record.id) === asker)
      .map((candidate) => toCard(situation, candidate));
    cards.push(...own);
    for (const { play: id, record: place } of opened) {
      const play = playbook.plays.find((one) => one.id === id);
      const record = records.find((one) => one.id === place);
      if (!play || !record || ownerIn(account, place) !== asker) continue;
      for (const content of pickContents(situation, toCandidate(situation, play, record)))
        bring(content.id);
    }
    // What opened is counted by then.
    for (const { play, record, contents } of own)
      if (!isOpened.has(`${play}|${record}`)) contents.forEach(bring);
  }
  return { cards, brought };
}

function toCard(situation: Situation, candidate: Candidate): StandingCard {
  const { play, record, stop } = candidate;
  const stage = stop?.stage ?? 'shown';
  const behind = stop?.arbitration?.behind?.play;
  const contents = HELD_BACK.has(stage) ? pickContents(situation, candidate) : [];
  return {
    play: play.id,
    record: record.id,
    stage,
    ...(behind !== undefined && { behind }),
    contents: contents.map(({ id }) => id),
  };
}
