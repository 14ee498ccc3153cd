import { advance } from './advance.js';
import { searchFirst } from './core/search-first.js';
import { createSubject } from './create-subject.js';
import { type Arbitrated, arbitrate } from './deliver/arbitration.js';
import { type Candidate, findCandidates, judgeCandidate } from './deliver/candidates.js';
import { foldLedger } from './deliver/ledger.js';
import { recordsInScope, type Situation } from './deliver/situation.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { ContactPolicy } from './domain/playbook.js';
import type { Opening, Subject } from './domain/subject.js';
import { COMPANY, kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import { ownerIn, type Rehearsal } from './replay-journey.js';
import { createSituation } from './situation.js';

/** A rep or the company at a moment; undefined where nothing is known of it. */
export type People = (key: SubjectKey, moment: number) => Subject | undefined;

const DAY_MS = 86_400_000;
/** Facts between states that are kept, and how many states between them are kept for another look. */
const STRIDE = 64;
const MOST_KEPT = 256;

/** Reps and the company as they were, from their facts in order. */
export function createPeople(
  facts: ReadonlyMap<SubjectKey, readonly Fact[]>,
  rehearsal: Rehearsal,
): People {
  const pasts = new Map<SubjectKey, (moment: number) => Subject>();
  for (const [key, own] of facts) pasts.set(key, createPast(key, own, rehearsal));
  return (key, moment) => pasts.get(key)?.(moment);
}

/** Nothing of them follows from time alone, so that how they are is told by how many of their facts are known. */
function createPast(
  key: SubjectKey,
  facts: readonly Fact[],
  { playbook, model }: Rehearsal,
): (moment: number) => Subject {
  const { version } = playbook;
  const start = Math.min(0, facts[0]?.occurredAt ?? 0);
  const published = noteFact(
    { id: `published/${version}`, type: 'published', subjects: [key], data: { version } },
    start,
  );
  const states = [advance(createSubject(key), { facts: [published], now: start, model })];
  const own = facts.filter(({ type }) => type !== 'published');
  const goOn = (from: Subject, first: number, end: number): Subject => {
    const some = own.slice(first, end);
    return advance(from, { facts: some, now: some.at(-1)?.occurredAt ?? from.clock, model });
  };
  for (let at = 0; at + STRIDE <= own.length; at += STRIDE)
    states.push(goOn(states.at(-1) as Subject, at, at + STRIDE));
  const between = new Map<number, Subject>();
  return (moment) => {
    const known = countUntil(own, moment);
    let state = between.get(known);
    if (!state) {
      const stride = Math.floor(known / STRIDE);
      state = goOn(states[stride] as Subject, stride * STRIDE, known);
      if (between.size >= MOST_KEPT) between.clear();
      between.set(known, state);
    }
    return state;
  };
}

/** How many of these facts, which are in order, had happened at a moment. */
const countUntil = (facts: readonly Fact[], moment: number): number =>
  searchFirst(facts, ({ occurredAt }) => occurredAt > moment);

/** A playbook, and the reps and the company as it sees them. */
export interface Stage {
  readonly rehearsal: Rehearsal;
  readonly people: People;
  /** What was seen there, by account, moment and who looked, for a stage that is looked at again. */
  readonly looks?: Map<string, Look>;
  /** Ids of plays in which it differs from the stage beside it; in all else they are the same. */
  readonly differs?: ReadonlySet<string>;
}

/** Who could be a card, as each stands alone, and what became of them among each other. */
interface Look extends Arbitrated {
  readonly candidates: readonly Candidate[];
}

/** Looks at a stage that are kept. */
const MOST_LOOKS = 5_000;

/** A card that is open and would be shown, were it not for another one. */
export interface Displacement {
  readonly play: string;
  readonly by: string;
}

/** What displaces what under each of two playbooks; each pair of openings counts once. */
export interface Displacements {
  readonly before: Map<string, Displacement>;
  readonly after: Map<string, Displacement>;
}

/**
 * Notes what displaces what on the page of an account, at a moment at which something opened that only one of two
 * playbooks has, for the owner of its record. A card is displaced under a playbook when it is open there, the other playbook
 * shows it at that moment, and arbitration or the contact policy kept it back. `touching` are facts that may be touches.
 */
export function noteDisplacements(
  found: Displacements,
  stages: { readonly before: Stage; readonly after: Stage },
  opened: readonly Opening[],
  before: Subject,
  after: Subject,
  touching: readonly Fact[],
): void {
  for (const asker of new Set(opened.map(({ record }) => ownerIn(after, record)))) {
    if (asker === undefined) continue;
    const shownBefore = lookAt(stages.before, before, asker, touching);
    const shownAfter = lookAt(stages.after, after, asker, touching, shownBefore);
    note(found.before, shownAfter, shownBefore);
    note(found.after, shownBefore, shownAfter);
  }
}

function lookAt(
  stage: Stage,
  account: Subject,
  asker: RecordId,
  touching: readonly Fact[],
  beside?: Look,
): Look {
  const { looks } = stage;
  const key = `${account.key}|${account.clock}|${asker}`;
  const known = looks?.get(key);
  if (known) return known;
  const seen = lookAnew(stage, account, asker, touching, beside);
  if (looks && looks.size >= MOST_LOOKS) looks.clear();
  looks?.set(key, seen);
  return seen;
}

/** Whoever stands alone as in the look beside it is not judged again. */
function lookAnew(
  stage: Stage,
  account: Subject,
  asker: RecordId,
  touching: readonly Fact[],
  beside?: Look,
): Look {
  const { differs, rehearsal } = stage;
  const situation = situationOn(stage, account, asker, touching);
  const same =
    beside && differs ? beside.candidates.filter(({ play }) => !differs.has(play.id)) : undefined;
  const { plays } = rehearsal.playbook;
  const left = same ? plays.filter(({ id }) => differs?.has(id)) : plays;
  const own = findCandidates(situation, left, recordsInScope(account, account.key));
  const candidates = [
    ...(same ?? []),
    ...own.map((candidate) => judgeCandidate(situation, candidate)),
  ];
  return { ...arbitrate(situation, candidates), candidates };
}

/** What one rep meets on an account at its moment. `touching` are facts that may be touches. */
export function situationOn(
  { rehearsal: { playbook, model }, people }: Stage,
  account: Subject,
  asker: RecordId,
  touching: readonly Fact[],
): Situation {
  const { clock: now } = account;
  const others = [people(asker, now), people(COMPANY, now)].filter((one) => one !== undefined);
  const contacts = findLedgers(touching, playbook.contactPolicy, now);
  return createSituation(model(playbook.version), {
    account,
    now,
    asker,
    others: [...others, ...contacts],
  });
}

/** The contacts that were touched lately, as far as the account knows: with their ledgers, and nothing else of them. */
function findLedgers(
  touching: readonly Fact[],
  policy: ContactPolicy,
  now: number,
): readonly Subject[] {
  const oldest = now - (Math.max(0, ...policy.limits.map(({ days }) => days)) + 2) * DAY_MS;
  const contacts = new Map<SubjectKey, Subject>();
  for (const fact of touching.slice(countUntil(touching, oldest - 1), countUntil(touching, now)))
    for (const key of fact.subjects) {
      if (kindOf(key) !== 'contact') continue;
      const contact = contacts.get(key) ?? createSubject(key);
      contacts.set(key, { ...contact, ledger: foldLedger(contact.ledger, fact, policy) });
    }
  return [...contacts.values()];
}

/** Cards that `here` keeps back and the other playbook shows, each with one that only `here` shows. */
function note(found: Map<string, Displacement>, there: Arbitrated, here: Arbitrated): void {
  const placeOf = ({ play, record }: Candidate): string => `${play.id}|${record.id}`;
  const shownThere = new Set(there.shown.map(placeOf));
  const shownHere = new Set(here.shown.map(placeOf));
  const come = here.shown.filter((card) => !shownThere.has(placeOf(card)));
  const gone = there.shown.flatMap((card) => {
    const place = placeOf(card);
    const stop = shownHere.has(place)
      ? undefined
      : here.judged.find((one) => placeOf(one) === place)?.stop;
    const behind = stop?.arbitration?.behind?.play;
    const ledger = stop?.stage === 'contact-policy' ? stop.ledger : undefined;
    // With free slots it is another card of this look that took them.
    return behind !== undefined || (ledger && ledger.used < ledger.limit) ? [{ card, behind }] : [];
  });
  gone.forEach(({ card, behind }, i) => {
    const by = come.find(({ play }) => play.id === behind) ?? come[i] ?? come.at(-1);
    const play = by?.play.id ?? behind;
    if (play !== undefined)
      found.set(`${by?.opening ?? play}>${card.opening}`, { play: card.play.id, by: play });
  });
}
