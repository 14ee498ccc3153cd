import type { RecordId } from '../domain/value.js';
import type { Hand } from './day-problem.js';

const isAbout = (hand: Hand, candidate: string): boolean =>
  hand.kind !== 'order' && hand.candidate === candidate;

/** What was said of one card before no longer counts. */
const freed = (hands: readonly Hand[], candidate: string): readonly Hand[] =>
  hands.filter((hand) => !isAbout(hand, candidate));

export function leaveOut(hands: readonly Hand[], candidate: string): readonly Hand[] {
  return [...freed(hands, candidate), { kind: 'exclude', candidate }];
}

/** At a moment, on a day, or at any time. */
export function pinTo(
  hands: readonly Hand[],
  candidate: string,
  when: { readonly day?: number; readonly at?: number } = {},
): readonly Hand[] {
  return [...freed(hands, candidate), { kind: 'pin', candidate, ...when }];
}

/** Of a day there is one order. What is pinned to a moment, and would keep another place, is pinned no more. */
export function putInOrder(
  hands: readonly Hand[],
  { rep, day }: { readonly rep: RecordId; readonly day: number },
  candidates: readonly string[],
  moved: string,
): readonly Hand[] {
  const others = hands.filter(
    (hand) =>
      !(hand.kind === 'order' && hand.rep === rep && hand.day === day) &&
      !(hand.kind === 'pin' && hand.candidate === moved && hand.at !== undefined),
  );
  return [...others, { kind: 'order', rep, day, candidates }];
}

/** The candidates with one of them so many places later, or earlier; undefined where there is no such place. */
export function moveBy(
  candidates: readonly string[],
  moved: string,
  places: number,
): readonly string[] | undefined {
  const from = candidates.indexOf(moved);
  const to = from + places;
  if (from < 0 || to < 0 || to >= candidates.length) return undefined;
  return candidates.filter((one) => one !== moved).toSpliced(to, 0, moved);
}
