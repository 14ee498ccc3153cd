import type { Sliced } from './core/run-sliced.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import type { Opening, Subject } from './domain/subject.js';
import { COMPANY, kindOf, type SubjectKey } from './domain/value.js';
import {
  differingPlays,
  eventsOf,
  type Foresight,
  foresee,
  type History,
  type Playbooks,
} from './foresee.js';
import { createTally } from './foresee-tally.js';
import { findDifference } from './replay.js';
import { mayTouch } from './replay-attention.js';
import { type Displacement, noteDisplacements, type Stage } from './replay-cards.js';
import {
  prepareReplay,
  type Rehearsal,
  type Replayed,
  replayedOn,
  subjectOn,
} from './replay-journey.js';
import { findNews } from './replay-news.js';
import { createRecorder } from './replay-recorder.js';
import { followTape, type Tape } from './replay-tape.js';

/**
 * Answers as {@link foresee} does, again and again: the playbook in force goes through the history once, and from then on
 * only plays that differ are judged. What else differs than plays takes the long way.
 */
export function createForesight(
  history: History,
  span: { readonly from: number; readonly until: number },
): (playbooks: Playbooks) => Sliced<Foresight> {
  const { own, people, accounts } = history;
  const record = createRecorder(history, span);

  return function* again(playbooks) {
    const { before, after } = playbooks;
    if (!differInPlaysAlone(playbooks)) return yield* foresee(history, playbooks, span);
    const all = record(before);
    const plays = differingPlays(playbooks);
    const differs = new Set(plays);
    // Reps and the company are the same under both.
    const stages = {
      before: all.stage,
      after: { rehearsal: prepareReplay(after), people: all.stage.people, differs },
    };
    const company = people.get(COMPANY) ?? [];
    const events = eventsOf(stages.before, stages.after);
    if (!haveSameModels(stages) || findNews(company, events).length !== all.news.length)
      return yield* foresee(history, playbooks, span);
    const drafts = prepareReplay({
      ...after,
      plays: after.plays.filter(({ id }) => differs.has(id)),
    });
    const tally = createTally(playbooks, span, plays);
    for (const [i, account] of accounts.entries()) {
      const tape = all.tapeOf(account);
      const found = tryOn(tape, drafts, differs, stages, () =>
        all.told(account).filter((fact) => mayTouch(fact, before.contactPolicy)),
      );
      const same = tape.replayed.filter(({ play }) => !differs.has(play));
      tally.add(tape.replayed, [...same, ...found.after], found.displaced);
      yield (i + 1) / accounts.length;
    }
    const factsOf = (who: SubjectKey): readonly Fact[] =>
      kindOf(who) === 'account' ? all.told(who) : (own.get(who) ?? []);
    return { ...span, plays, ...tally.result(factsOf) };
  };
}

function differInPlaysAlone({ before, after }: Playbooks): boolean {
  const rest = ({ plays, version, ...others }: Playbook): string => JSON.stringify(others);
  return rest(before) === rest(after);
}

/** Attributes, machines and what patterns remember. */
function haveSameModels({
  before,
  after,
}: {
  readonly before: Stage;
  readonly after: Stage;
}): boolean {
  const [old, next] = [before, after].map(
    ({ rehearsal: { playbook, model } }) => model(playbook.version).attributesKey,
  );
  return old === next;
}

/** The plays that differ, on one account, among those that do not. */
function tryOn(
  tape: Tape,
  drafts: Rehearsal,
  differs: ReadonlySet<string>,
  stages: { readonly before: Stage; readonly after: Stage },
  findTouching: () => readonly Fact[],
): { readonly after: readonly Replayed[]; readonly displaced: Iterable<Displacement> } {
  const displaced = { before: new Map(), after: new Map<string, Displacement>() };
  const { noted } = tape;
  const running = new Map<string, Opening>();
  let next = 0;
  /** What opened by then of plays that differ, under the playbook in force. */
  const passTo = (moment: number): readonly Opening[] => {
    const opened: Opening[] = [];
    for (let one = noted[next]; one && one.at <= moment; one = noted[++next]) {
      const { opening } = one;
      if (opening.end !== undefined) running.delete(opening.key);
      else {
        running.set(opening.key, opening);
        if (differs.has(opening.play)) opened.push(opening);
      }
    }
    return opened;
  };
  let touching: readonly Fact[] | undefined;
  const stops = noted.flatMap(({ at, opening }) =>
    opening.end === undefined && differs.has(opening.play) ? [at] : [],
  );
  const openings = followTape(tape, drafts, stops, (own, moment) => {
    const opened = findDifference(passTo(moment), own.opened.splice(0));
    if (opened.length === 0) return;
    const held = [...running.values()];
    const here = subjectOn(own);
    const before = { ...here, openings: byKey(held) };
    const left = byKey(held.filter(({ play }) => !differs.has(play)));
    const after = { ...here, openings: { ...left, ...here.openings } };
    touching ??= findTouching();
    noteDisplacements(displaced, stages, opened, before, after, touching);
  });
  return { after: replayedOn(openings), displaced: displaced.after.values() };
}

const byKey = (openings: readonly Opening[]): Subject['openings'] =>
  Object.fromEntries(openings.map((opening) => [opening.key, opening]));
