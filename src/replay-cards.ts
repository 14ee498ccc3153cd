import { advance, createSubject } from './advance.js';
import { push } from './core/push.js';
import { decide } from './deliver/decide.js';
import { foldLedger } from './deliver/ledger.js';
import type { Card, Decision } from './domain/decision.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { ContactPolicy } from './domain/playbook.js';
import type { Subject } from './domain/subject.js';
import { COMPANY, kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import {
  findStates,
  ownerIn,
  type Rehearsal,
  type ReplayDifference,
  type Replayed,
  type ReplayOptions,
} from './replay.js';
import { mayTouch } from './replay-attention.js';
import { createSituation } from './situation.js';

/** A rep or the company at a moment; undefined where nothing is known of it. */
export type People = (key: SubjectKey, moment: number) => Subject | undefined;

const DAY_MS = 86_400_000;
/** Facts between states that are kept. */
const STRIDE = 64;

/** Reps and the company as they were, from their facts in order. */
export function createPeople(
  facts: ReadonlyMap<SubjectKey, readonly Fact[]>,
  rehearsal: Rehearsal,
): People {
  const pasts = new Map<SubjectKey, (moment: number) => Subject>();
  for (const [key, own] of facts) pasts.set(key, createPast(key, own, rehearsal));
  return (key, moment) => pasts.get(key)?.(moment);
}

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
  for (let at = 0; at + STRIDE <= own.length; at += STRIDE) {
    const some = own.slice(at, at + STRIDE);
    const now = some.at(-1)?.occurredAt ?? start;
    states.push(advance(states.at(-1) as Subject, { facts: some, now, model }));
  }
  return (moment) => {
    const next = own.findIndex(({ occurredAt }) => occurredAt > moment);
    const known = next < 0 ? own.length : next;
    const state = Math.floor(known / STRIDE);
    const some = own.slice(state * STRIDE, known);
    return advance(states[state] as Subject, { facts: some, now: moment, model });
  };
}

/** A playbook, and the reps and the company as it sees them. */
export interface Stage {
  readonly rehearsal: Rehearsal;
  readonly people: People;
}

/** A card that is open and would be shown, were it not for another one. */
export interface Displacement {
  readonly play: string;
  readonly by: string;
}

/**
 * What displaces what on the page of an account, judged each time an opening begins that only one of two playbooks has,
 * for the owner of its record. A card is displaced under a playbook when it is open there, the other playbook shows it at
 * that moment, and arbitration or the contact policy kept it back; each pair of openings counts once.
 */
export function findDisplacements(
  account: SubjectKey,
  facts: readonly Fact[],
  stages: { readonly before: Stage; readonly after: Stage },
  { onlyBefore, onlyAfter }: Pick<ReplayDifference, 'onlyBefore' | 'onlyAfter'>,
  options: ReplayOptions,
): { readonly before: readonly Displacement[]; readonly after: readonly Displacement[] } {
  const begun = new Map<number, Replayed[]>();
  for (const one of [...onlyBefore, ...onlyAfter]) push(begun, one.begin, one);
  const moments = [...begun.keys()].sort((a, b) => a - b);
  const statesOf = ({ rehearsal }: Stage): ReadonlyMap<number, Subject> =>
    findStates(account, facts, rehearsal, options, moments);
  const [old, next] = [statesOf(stages.before), statesOf(stages.after)];
  const touching = facts.filter((fact) =>
    [stages.before, stages.after].some(({ rehearsal: { playbook } }) =>
      mayTouch(fact, playbook.contactPolicy),
    ),
  );
  const found = {
    before: new Map<string, Displacement>(),
    after: new Map<string, Displacement>(),
  };
  for (const moment of moments) {
    const [before, after] = [old.get(moment), next.get(moment)];
    if (!before || !after) continue;
    const askers = new Set(begun.get(moment)?.map(({ record }) => ownerIn(after, record)));
    for (const asker of askers) {
      if (asker === undefined) continue;
      const shownBefore = lookAt(stages.before, before, asker, touching);
      const shownAfter = lookAt(stages.after, after, asker, touching);
      note(found.before, shownAfter, shownBefore);
      note(found.after, shownBefore, shownAfter);
    }
  }
  return { before: [...found.before.values()], after: [...found.after.values()] };
}

function lookAt(
  { rehearsal: { playbook, model }, people }: Stage,
  account: Subject,
  asker: RecordId,
  touching: readonly Fact[],
): Decision {
  const { clock: now } = account;
  const others = [people(asker, now), people(COMPANY, now)].filter((one) => one !== undefined);
  const contacts = findLedgers(touching, playbook.contactPolicy, now);
  const situation = createSituation(model(playbook.version), {
    account,
    now,
    asker,
    others: [...others, ...contacts],
  });
  return decide(situation, account.key);
}

/** The contacts that were touched lately, as far as the account knows: with their ledgers, and nothing else of them. */
function findLedgers(
  touching: readonly Fact[],
  policy: ContactPolicy,
  now: number,
): readonly Subject[] {
  const oldest = now - (Math.max(0, ...policy.limits.map(({ days }) => days)) + 2) * DAY_MS;
  const contacts = new Map<SubjectKey, Subject>();
  for (const fact of touching) {
    if (fact.occurredAt > now) break;
    if (fact.occurredAt < oldest) continue;
    for (const key of fact.subjects) {
      if (kindOf(key) !== 'contact') continue;
      const contact = contacts.get(key) ?? createSubject(key);
      contacts.set(key, { ...contact, ledger: foldLedger(contact.ledger, fact, policy) });
    }
  }
  return [...contacts.values()];
}

/** Cards that `here` keeps back and the other playbook shows, each with one that only `here` shows. */
function note(found: Map<string, Displacement>, there: Decision, here: Decision): void {
  const placeOf = ({ play, record }: Pick<Card, 'play' | 'record'>): string => `${play}|${record}`;
  const shownThere = new Set(there.shown.map(placeOf));
  const shownHere = new Set(here.shown.map(placeOf));
  const come = here.shown.filter((card) => !shownThere.has(placeOf(card)));
  const gone = there.shown.flatMap((card) => {
    const place = placeOf(card);
    const verdict = shownHere.has(place)
      ? undefined
      : here.verdicts.find((one) => placeOf(one) === place);
    const behind = verdict?.arbitration?.behind?.play;
    const ledger = verdict?.stage === 'contact-policy' ? verdict.ledger : undefined;
    // With free slots it is another card of this look that took them.
    return behind !== undefined || (ledger && ledger.used < ledger.limit) ? [{ card, behind }] : [];
  });
  gone.forEach(({ card, behind }, i) => {
    const by = come.find(({ play }) => play === behind) ?? come[i] ?? come.at(-1);
    const play = by?.play ?? behind;
    if (play !== undefined)
      found.set(`${by?.opening ?? play}>${card.opening}`, { play: card.play, by: play });
  });
}
