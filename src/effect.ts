import { defined } from './core/defined.js';
import { push } from './core/push.js';
import type { Sliced } from './core/run-sliced.js';
import { createSubject } from './create-subject.js';
import { pickContents } from './deliver/contents.js';
import { rank } from './deliver/decide.js';
import { foldArm, foldHoldout } from './deliver/fold-holdout.js';
import { assignArm, assignHoldout } from './deliver/holdout.js';
import { EMPTY_LEDGER, foldLedger } from './deliver/ledger.js';
import { recordsInScope } from './deliver/situation.js';
import type { Fact } from './domain/fact.js';
import type { Play, Playbook } from './domain/playbook.js';
import type { Opening, Subject } from './domain/subject.js';
import type { RecordId, SubjectKey } from './domain/value.js';
import { differingPlays, type History, type Playbooks } from './foresee.js';
import { mayTouch } from './replay-attention.js';
import { type Stage, situationOn } from './replay-cards.js';
import { ownerIn, prepareReplay, type Rehearsal, subjectOn } from './replay-journey.js';
import { createRecorder, type Recording } from './replay-recorder.js';
import { followTape, type Tape } from './replay-tape.js';

/**
 * How many Decisions would have been others under another playbook. One is taken whenever a card opens on an account under
 * either, as the owner of its record meets the account then, and one for each owner at the end.
 */
export interface Effect {
  readonly decisions: number;
  readonly changed: number;
  /** The latest, newest first. */
  readonly examples: readonly ChangedDecision[];
}

export interface ChangedDecision {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly account: SubjectKey;
  readonly asker: RecordId;
  /** Plays whose cards only one of the two shows, in their order. Where neither has one, order or content differ. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const MOST_EXAMPLES = 8;

/** An account at a moment under both playbooks, and what opened then. */
interface Scene {
  readonly before: Subject;
  readonly after: Subject;
  readonly begun: readonly Opening[];
}

/** What is seen of one card. */
interface Shown {
  readonly play: string;
  readonly says: string;
}

/**
 * Answers again and again, while the first playbook is the same: it goes through the history once. The second one has the
 * same attributes, machines and patterns; it may lack a play.
 */
export function createEffects(
  history: History,
  span: { readonly from: number; readonly until: number },
): (playbooks: Playbooks) => Sliced<Effect> {
  const record = createRecorder(history, span);
  let looked: { readonly of: Recording; readonly at: Map<string, readonly Shown[]> } | undefined;

  return function* effect(playbooks) {
    const { before, after } = playbooks;
    const all = record(before);
    if (looked?.of !== all) looked = { of: all, at: new Map() };
    const known = looked.at;
    const next: Stage = { rehearsal: prepareReplay(after), people: all.stage.people };
    const seenBefore = createLook(all.stage);
    const seenAfter = createLook(next);
    const differs = differenceOf(playbooks);
    const changed: ChangedDecision[] = [];
    let decisions = 0;
    for (const [i, account] of history.accounts.entries()) {
      const tape = all.tapeOf(account);
      const touching = all.told(account).filter((fact) => mayTouch(fact, before.contactPolicy));
      for (const scene of scenesOn(tape, differs)) {
        const at = scene.before.clock;
        for (const asker of askersOf(scene, at === tape.until)) {
          decisions += 1;
          if (isUntouched(scene, differs)) continue;
          const key = `${account}|${at}|${asker}`;
          const old = known.get(key) ?? seenBefore(scene.before, asker, touching);
          known.set(key, old);
          const here = adapt(scene.after, playbooks, touching);
          const now = seenAfter(here, asker, touching);
          const wordsOf = (list: readonly Shown[]): string => list.map(({ says }) => says).join();
          if (wordsOf(old) === wordsOf(now)) continue;
          changed.push({ at, account, asker, before: lacks(old, now), after: lacks(now, old) });
        }
      }
      yield (i + 1) / history.accounts.length;
    }
    changed.sort((a, b) => b.at - a.at || (a.account < b.account ? -1 : 1));
    return { decisions, changed: changed.length, examples: changed.slice(0, MOST_EXAMPLES) };
  };
}

interface Difference {
  readonly plays: ReadonlySet<string>;
  /** More than plays differs, or one that is judged whenever a record is looked at. */
  readonly isWide: boolean;
  /** The plays that differ, where they may open otherwise. */
  readonly drafts?: Rehearsal;
}

function differenceOf({ before, after }: Playbooks): Difference {
  const plays = new Set(differingPlays({ before, after }));
  const rest = ({ plays: _, version: __, ...others }: Playbook): string => JSON.stringify(others);
  const [old, next] = [before, after].map((book) => book.plays.filter(({ id }) => plays.has(id)));
  const opensBy = (list: readonly Play[] = []): string =>
    JSON.stringify(
      list.map(({ id, about, trigger, expiresMs, valid }) => [
        id,
        about,
        trigger,
        expiresMs,
        valid,
      ]),
    );
  return {
    plays,
    isWide:
      rest(before) !== rest(after) ||
      [...(old ?? []), ...(next ?? [])].some(({ trigger }) => 'opened' in trigger),
    ...(opensBy(old) !== opensBy(next) && {
      drafts: prepareReplay({ ...after, plays: next ?? [] }),
    }),
  };
}

function isUntouched({ before, after }: Scene, { plays, isWide }: Difference): boolean {
  const has = ({ openings }: Subject): boolean =>
    Object.values(openings).some(({ play }) => plays.has(play));
  return !isWide && !has(before) && !has(after);
}

/** Every moment at which something opened under either, and the end. */
function scenesOn(tape: Tape, { plays, drafts }: Difference): readonly Scene[] {
  const { noted, steps, until, account } = tape;
  const begins = new Map<number, Opening[]>();
  for (const { at, opening } of noted) if (opening.end === undefined) push(begins, at, opening);
  const stops = [...new Set([...begins.keys(), until])].sort((a, b) => a - b);
  const isStop = new Set(stops);
  const scenes: Scene[] = [];
  const running = new Map<string, Opening>();
  let passed = 0;
  const heldAt = (moment: number): readonly Opening[] => {
    for (let one = noted[passed]; one && one.at <= moment; one = noted[++passed])
      if (one.opening.end === undefined) running.set(one.opening.key, one.opening);
      else running.delete(one.opening.key);
    return [...running.values()];
  };
  if (drafts)
    followTape(tape, drafts, stops, (own, moment) => {
      const opened = own.opened.splice(0);
      if (opened.length === 0 && !isStop.has(moment)) return;
      const here = subjectOn(own);
      const held = heldAt(moment);
      const left = held.filter(({ play }) => !plays.has(play));
      scenes.push({
        before: { ...here, openings: byKey(held) },
        after: { ...here, openings: { ...byKey(left), ...here.openings } },
        begun: [...(begins.get(moment) ?? []), ...opened],
      });
    });
  else {
    let step = 0;
    for (const moment of stops) {
      while ((steps[step + 1]?.at ?? Number.POSITIVE_INFINITY) <= moment) step++;
      const { shared } = steps[step] ?? {};
      const openings = byKey(heldAt(moment));
      const here: Subject = {
        ...createSubject(account),
        ...shared,
        ...{ clock: moment, openings },
      } as Subject;
      scenes.push({ before: here, after: here, begun: begins.get(moment) ?? [] });
    }
  }
  return scenes;
}

const byKey = (openings: readonly Opening[]): Subject['openings'] =>
  Object.fromEntries(openings.map((opening) => [opening.key, opening]));

function askersOf({ after, begun }: Scene, isEnd: boolean): ReadonlySet<RecordId> {
  const records = isEnd ? Object.keys(after.records) : begun.map(({ record }) => record);
  const owners = records.map((id) => ownerIn(after, id)).filter((id) => id !== undefined);
  return new Set(owners);
}

/** What a rep sees on an account, under a playbook that has been in force all the time. */
function createLook(
  stage: Stage,
): (account: Subject, asker: RecordId, touching: readonly Fact[]) => readonly Shown[] {
  const { playbook } = stage.rehearsal;
  const faces = new Map(
    playbook.plays.map(({ id, action, mandatory, buyerRequested }) => [
      id,
      JSON.stringify([action, mandatory, buyerRequested]),
    ]),
  );
  return (given, asker, touching) => {
    const account = withArm(given, playbook);
    const situation = situationOn(stage, account, asker, touching);
    return rank(situation, recordsInScope(account, account.key)).shown.map((card) => {
      const { play, record, contact } = card;
      const contents = pickContents(situation, card).map(({ id }) => id);
      const says = [play.id, record.id, contact?.id, contents, faces.get(play.id)];
      return { play: play.id, says: JSON.stringify(says) };
    });
  };
}

/** The arms are drawn when a playbook is published, which a replay does not do. */
function withArm(account: Subject, playbook: Playbook): Subject {
  const { holdout: drawn, arm: ranked, clock, ...rest } = account;
  const { rate, arms } = playbook.holdout;
  return defined({
    ...{ ...rest, clock },
    holdout:
      rate === 0
        ? undefined
        : (drawn ?? foldHoldout(undefined, assignHoldout(account, playbook, clock))),
    arm: arms && (ranked ?? foldArm(undefined, assignArm(account, arms, clock))),
  });
}

/** What recorded facts hold that would have been otherwise under the second playbook: touches, and how long answers rest. */
function adapt(account: Subject, { before, after }: Playbooks, touching: readonly Fact[]): Subject {
  let here = account;
  if (
    JSON.stringify(before.contactPolicy.touches) !== JSON.stringify(after.contactPolicy.touches)
  ) {
    const past = touching.filter(({ occurredAt }) => occurredAt <= account.clock);
    const fold = (ledger: Subject['ledger'], fact: Fact): Subject['ledger'] =>
      foldLedger(ledger, fact, after.contactPolicy);
    here = { ...here, ledger: past.reduce(fold, EMPTY_LEDGER) };
  }
  for (const { id, coolDownMs } of after.plays) {
    const old = before.plays.find((play) => play.id === id)?.coolDownMs;
    if (!old || (old.done === coolDownMs.done && old.notRelevant === coolDownMs.notRelevant))
      continue;
    const answers = Object.entries(here.answers).map(([key, given]) => [
      key,
      key.startsWith(`${id}|`) ? given.map((answer) => restAnew(answer, coolDownMs)) : given,
    ]);
    here = { ...here, answers: Object.fromEntries(answers) };
  }
  return here;
}

type Answer = Subject['answers'][string][number];

function restAnew(answer: Answer, { done, notRelevant }: Play['coolDownMs']): Answer {
  const { at, restsUntil, response } = answer;
  if (restsUntil === undefined || response.kind === 'snooze') return answer;
  return { ...answer, restsUntil: at + (response.kind === 'not-relevant' ? notRelevant : done) };
}

/** Plays of cards that the other list has not, of as many as there are. */
function lacks(list: readonly Shown[], other: readonly Shown[]): readonly string[] {
  const left = other.map(({ play }) => play);
  return list.flatMap(({ play }) => {
    const at = left.indexOf(play);
    if (at >= 0) left.splice(at, 1);
    return at >= 0 ? [] : [play];
  });
}
