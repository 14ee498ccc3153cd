import assert from 'node:assert/strict';
import { dayNumber } from '../../src/core/zone.js';
import type { DayCandidate, DayProblem } from '../../src/day/day-problem.js';

/** An action at a moment. */
export interface Moment {
  readonly candidate: string;
  readonly from: number;
  readonly until: number;
}

const MINUTE = 60_000;

/** Every limit of the problem read off its words, not off the model: what each plan must keep, the wishes apart. */
export function brokenLimits(problem: DayProblem, moments: readonly Moment[]): readonly string[] {
  const { candidates, rooms, contactPolicy, touches, load, tried, hands, zone, now } = problem;
  const broken: string[] = [];
  const of = (id: string): DayCandidate => {
    const one = candidates.find((candidate) => candidate.id === id);
    assert.ok(one, id);
    return one;
  };
  const roomOf = ({ candidate, from, until }: Moment) =>
    rooms.find(
      (room) => room.rep === of(candidate).rep && room.from <= from && until <= room.until,
    );
  moments.forEach((moment, i) => {
    const one = of(moment.candidate);
    if (moment.until - moment.from !== one.minutes * MINUTE) broken.push(`${one.id}: length`);
    if (!roomOf(moment) || moment.from < now) broken.push(`${one.id}: not in free time`);
    if (moment.from < (one.from ?? 0) || moment.until > (one.until ?? Infinity))
      broken.push(`${one.id}: outside its window`);
    if (hands.some((hand) => hand.kind === 'exclude' && hand.candidate === one.id))
      broken.push(`${one.id}: excluded`);
    for (const other of moments.slice(0, i)) {
      const rival = of(other.candidate);
      if (other.candidate === one.id) broken.push(`${one.id}: twice`);
      if (rival.rep === one.rep && other.from < moment.until && moment.from < other.until)
        broken.push(`${one.id} and ${rival.id} at once`);
      if (one.alike !== undefined && one.alike === rival.alike && !(one.owed && rival.owed))
        broken.push(`${one.id} and ${rival.id} are alike`);
    }
  });
  for (const rep of new Set(rooms.map((room) => room.rep)))
    for (const day of new Set(rooms.map((room) => room.day))) {
      const own = moments.filter(
        (moment) => roomOf(moment)?.day === day && of(moment.candidate).rep === rep,
      );
      const minutes = own.reduce((sum, { candidate }) => sum + of(candidate).minutes, 0);
      if (minutes > (load?.minutes ?? Infinity)) broken.push(`${rep} ${day}: minutes`);
      if (own.length > (load?.items ?? Infinity)) broken.push(`${rep} ${day}: items`);
      if (own.filter((one) => of(one.candidate).tried).length > (tried?.perDay ?? Infinity))
        broken.push(`${rep} ${day}: tried`);
      for (const hand of hands)
        if (hand.kind === 'order' && hand.rep === rep && hand.day === day) {
          const starts = hand.candidates.flatMap(
            (id) => own.find(({ candidate }) => candidate === id)?.from ?? [],
          );
          if (starts.some((start, i) => start < (starts[i - 1] ?? 0)))
            broken.push(`${rep} ${day}: order`);
        }
    }
  for (const play of new Set(candidates.map((one) => one.play))) {
    const own = moments.filter(({ candidate }) => {
      const one = of(candidate);
      return one.tried && one.play === play;
    });
    if (own.length > (tried?.perPlay ?? Infinity)) broken.push(`${play}: tried`);
  }
  for (const limit of contactPolicy)
    for (const moment of moments) {
      const one = of(moment.candidate);
      const covers = (channel?: string): boolean =>
        limit.channel === undefined || limit.channel === channel;
      if (!one.touch || one.owed || !covers(one.touch.channel)) continue;
      const day = dayNumber(moment.from, zone);
      const counts = (at: number): boolean => {
        const on = dayNumber(at, zone);
        return on <= day && on > day - limit.days;
      };
      const earlier = (touches.get(one.touch.buyer) ?? []).filter(
        (touch) => covers(touch.channel) && counts(touch.at),
      );
      const planned = moments.filter((other) => {
        const { touch } = of(other.candidate);
        return (
          touch && touch.buyer === one.touch?.buyer && covers(touch.channel) && counts(other.from)
        );
      });
      if (earlier.length + planned.length > limit.touches)
        broken.push(`${one.touch.buyer}: ${limit.touches} in ${limit.days} days`);
    }
  return broken;
}

/** Pins and what is owed, that a plan has not, and floors that it does not reach. */
export function missedWishes(problem: DayProblem, moments: readonly Moment[]): readonly string[] {
  const { candidates, rooms, hands, floors } = problem;
  const missed: string[] = [];
  const excluded = hands.flatMap((hand) => (hand.kind === 'exclude' ? [hand.candidate] : []));
  for (const one of candidates)
    if (one.owed && !excluded.includes(one.id) && !moments.some((m) => m.candidate === one.id))
      missed.push(one.id);
  for (const hand of hands) {
    if (hand.kind !== 'pin' || excluded.includes(hand.candidate)) continue;
    const moment = moments.find(({ candidate }) => candidate === hand.candidate);
    const day =
      moment && rooms.find(({ from, until }) => from <= moment.from && moment.until <= until)?.day;
    if (!moment || (hand.at ?? moment.from) !== moment.from || (hand.day ?? day) !== day)
      missed.push(hand.candidate);
  }
  for (const { goal, least, reps } of floors) {
    const reached = moments.reduce((sum, { candidate }) => {
      const one = candidates.find(({ id }) => id === candidate);
      return one && (!reps || reps.includes(one.rep)) ? sum + (one.goals[goal] ?? 0) : sum;
    }, 0);
    if (reached < least - 1e-6) missed.push(goal);
  }
  return missed;
}
