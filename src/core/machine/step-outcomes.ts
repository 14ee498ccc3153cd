import type { MachineTable } from './machine-table.js';
import { macrostep } from './macrostep.js';

/**
 * What an event comes to for every state and every truth of the guards, by asking {@link macrostep} beforehand: a step is
 * then a few look-ups, whatever follows from it.
 */
export interface StepOutcomes {
  /** By `leaf * eventCount + event`: an outcome (below zero), the place of a question, or {@link TOO_MANY}. */
  readonly roots: Int32Array;
  /** Each a guard, what follows where it does not hold, and what follows where it does. */
  readonly questions: Int32Array;
}

/** The step asks too much to be looked up, and is taken as it comes. */
export const TOO_MANY = 0;
/** Of one event in one state. */
const MOST_QUESTIONS = 64;

const MOVES_BITS = 7;
/** Of the first time and of the end of the times. */
const TIME_BITS = 4;

/** The leaf in which the machine is then. */
export function leafIn(outcome: number): number {
  return ~outcome >>> (2 * TIME_BITS + MOVES_BITS);
}

/** Of the times that are kept, outermost first, those from this one on are of this step. */
export function firstTimeIn(outcome: number): number {
  return (~outcome >>> (TIME_BITS + MOVES_BITS)) & ((1 << TIME_BITS) - 1);
}

/** Times from this one on are of depths at which nothing is entered. */
export function endOfTimesIn(outcome: number): number {
  return (~outcome >>> MOVES_BITS) & ((1 << TIME_BITS) - 1);
}

export function movesIn(outcome: number): number {
  return ~outcome & ((1 << MOVES_BITS) - 1);
}

/** `levels` are the depths at which times are kept. */
export function findOutcomes(table: MachineTable, levels: readonly number[]): StepOutcomes {
  const { leaves, eventCount, cells, moves } = table;
  const roots = new Int32Array(cells.length);
  const questions = [TOO_MANY];
  const timesBefore = (depth: number): number => levels.filter((level) => level < depth).length;

  const findRoot = (leaf: number, event: number): number => {
    const from = questions.length;
    let isTooMuch = levels.length >= 1 << TIME_BITS;
    const follow = (known: ReadonlyMap<number, boolean>): number => {
      let asked: number | undefined;
      let taken = 0;
      let first = levels.length;
      const end = macrostep(table, leaf, event, {
        holds(guard) {
          const truth = known.get(guard);
          if (truth === undefined) asked ??= guard;
          return truth ?? false;
        },
        take(move) {
          taken += 1;
          first = Math.min(first, timesBefore(moves[move]?.kept ?? 0));
        },
      });
      if (asked === undefined) {
        const to = end < 0 ? ~end : end;
        const last = timesBefore(leaves[to]?.path.length ?? 0);
        return ~((((((to << TIME_BITS) | first) << TIME_BITS) | last) << MOVES_BITS) | taken);
      }
      const place = questions.length;
      isTooMuch ||= place - from > 3 * MOST_QUESTIONS;
      if (isTooMuch) return TOO_MANY;
      questions.push(asked, TOO_MANY, TOO_MANY);
      questions[place + 1] = follow(new Map([...known, [asked, false]]));
      questions[place + 2] = follow(new Map([...known, [asked, true]]));
      return place;
    };
    const root = follow(new Map());
    if (!isTooMuch) return root;
    questions.length = from;
    return TOO_MANY;
  };

  for (let leaf = 0; leaf < leaves.length; leaf++)
    for (let event = 0; event < eventCount; event++)
      roots[leaf * eventCount + event] = findRoot(leaf, event);
  return { roots, questions: Int32Array.from(questions) };
}
