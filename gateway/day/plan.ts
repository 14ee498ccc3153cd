import { writeFileSync } from 'node:fs';
import { OpportuneError, type Playbook } from 'opportune';
import { createWords, ENGLISH } from 'opportune/view';
import { isWorkday, weekdayOf } from '../../src/core/calendar.js';
import { dateOfDay, dayNumber, dayOfDate, toIso } from '../../src/core/zone.js';
import type { DayBook } from '../../src/day/day-book.js';
import type { DayCard } from '../../src/day/day-cards.js';
import type { DayPlan } from '../../src/day/day-plan.js';
import type { DayProblem, Hand, Room } from '../../src/day/day-problem.js';
import { freeTime } from '../../src/day/free-time.js';
import { costOfHands, type HandCost } from '../../src/day/hand-costs.js';
import { loadHighsSolver } from '../../src/day/highs-solver.js';
import { solveDay } from '../../src/day/solve-day.js';
import { toCalendar } from '../../src/day/to-calendar.js';
import { toReportText } from '../analysis/report-text.js';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { parseMoment } from '../moments.js';
import { loadPlaybook } from '../playbook-folder.js';
import { openFacts } from '../replay-facts.js';
import { printable } from '../text.js';
import { gatherCards } from './gather-cards.js';
import { planReport } from './plan-words.js';
import { type PlanLimits, readLimits } from './read-limits.js';
import { withCalendars } from './with-calendars.js';

export const planCommand: Command = {
  name: 'plan',
  summary:
    'The best day or week for a rep, a team or all: what to do when, what an hour is worth, and what is left out.',
  usage:
    'plan --playbook P --facts F (--rep ID | --team T | --all) [--day D] [--week] [--limits FILE] [--ics FILE] [--as-of T] [--json]',
  options: [
    { name: 'playbook', value: 'P', about: 'the playbook folder', needed: true },
    { name: 'facts', value: 'F', about: 'a store folder, or JSON Lines of facts', needed: true },
    { name: 'rep', value: 'ID', about: 'one rep: the id, or the last part of it' },
    { name: 'team', value: 'T', about: 'the reps of a team' },
    { name: 'all', about: 'everybody' },
    { name: 'day', value: 'D', about: 'the day, or the first of the week. Default: today' },
    { name: 'week', about: 'the days to Sunday, in place of one' },
    {
      name: 'limits',
      value: 'FILE',
      about: 'hours, calendars, load, what is tried, floors, and what is changed by hand',
    },
    { name: 'ics', value: 'FILE', about: 'writes the plan as a calendar file' },
    { name: 'as-of', value: 'T', about: 'as things stood then. Default: now' },
    JSON_OPTION,
  ],
  positionals: [],
  run: plan,
};

/** The first action begins on five minutes. */
const BEGIN_MS = 300_000;
/** Each change by hand is weighed by a plan of its own. */
const MOST_WEIGHED = 20;

async function plan(given: Given, outer: Terminal): Promise<number> {
  const asOf = textOption(given, 'as-of');
  const now = asOf === undefined ? outer.now() : parseMoment(asOf, '--as-of');
  const terminal = { ...outer, now: () => now };
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', now);
  const written = readLimits(textOption(given, 'limits'), playbook);
  const days = readDays(given, playbook, now);
  const who = readWho(given);
  const facts = await openFacts(textOption(given, 'facts') ?? '', terminal);
  let gathered: DayBook;
  try {
    const all = await gatherCards(facts, playbook, written.tried.plays, terminal);
    const open = new Set(all.cards.map(({ id }) => id));
    for (const card of written.hands.flatMap(cardsOf))
      if (!open.has(card))
        terminal.problem(
          `${printable(card)} is not open: what the limits say of it changes nothing\n`,
        );
    gathered = only(all, who);
  } finally {
    await facts.close();
  }
  const zoneOf = (rep: string): string => written.reps.get(rep)?.zone ?? playbook.zone;
  const limits = await withCalendars(written, [...gathered.reps.keys()], days, zoneOf, terminal);
  const problem = toProblem(gathered, limits, playbook, days, { now, zoneOf });
  const solver = await loadHighsSolver();
  const found = solveDay(problem, solver);
  const costs =
    problem.hands.length > MOST_WEIGHED ? [] : costOfHands(problem, found.value, solver);
  const ics = textOption(given, 'ics');
  if (ics !== undefined) writeFileSync(ics, calendarOf(found, gathered, playbook, now));
  if (given.values.json === true)
    terminal.out(`${JSON.stringify(toJson(found, gathered, costs), null, 2)}\n`);
  else
    terminal.out(
      toReportText(planReport({ playbook, problem, plan: found, gathered, costs, zoneOf })),
    );
  return found.items.length > 0 && !found.clash ? 0 : 1;
}

type Who = (rep: string, teams: readonly string[]) => boolean;

function readWho(given: Given): Who {
  const rep = textOption(given, 'rep');
  const team = textOption(given, 'team');
  const ways = [rep !== undefined, team !== undefined, given.values.all === true];
  if (ways.filter(Boolean).length !== 1)
    throw usageError('whose day is not clear', 'Give one of --rep ID, --team T and --all');
  if (rep !== undefined) return (id) => id === rep || id.endsWith(`:rep:${rep}`);
  return team === undefined ? () => true : (_, teams) => teams.includes(team);
}

function only(gathered: DayBook, who: Who): DayBook {
  const reps = new Map([...gathered.reps].filter(([rep, { teams }]) => who(rep, teams)));
  if (reps.size === 0 && gathered.reps.size > 0)
    throw new OpportuneError('opportune/usage', 'nobody of whom you ask has a card', {
      remedy: `Those who have: ${printable([...gathered.reps.keys()].slice(0, 5).join(', '))}`,
    });
  return { ...gathered, reps, cards: gathered.cards.filter(({ rep }) => reps.has(rep)) };
}

/** Days since 1970-01-01. */
function readDays(given: Given, playbook: Playbook, now: number): readonly number[] {
  const text = textOption(given, 'day');
  const first = text === undefined ? dayNumber(now, playbook.zone) : dayOfDate(text);
  if (Number.isNaN(first))
    throw usageError(`--day: "${printable(text ?? '')}" is no day`, 'Write it as 2026-12-01');
  const length = given.values.week === true ? 8 - weekdayOf(first) : 1;
  return Array.from({ length }, (_, i) => first + i).filter((day) => isWorkday(day, playbook));
}

function toProblem(
  { cards, touches, reps }: DayBook,
  limits: PlanLimits,
  { goals, zone, contactPolicy }: Playbook,
  days: readonly number[],
  { now, zoneOf }: { readonly now: number; readonly zoneOf: (rep: string) => string },
): DayProblem {
  const rooms = [...reps.keys()].flatMap((rep): readonly Room[] => {
    const { hours = limits.hours, away = [], busy = [] } = limits.reps.get(rep) ?? {};
    const own = days.filter((day) => !away.includes(day));
    return freeTime({ rep, zone: zoneOf(rep), days: own, hours, busy });
  });
  const known = new Set(cards.map(({ id }) => id));
  const hands = limits.hands.filter((hand) => cardsOf(hand).some((card) => known.has(card)));
  const { plays: _, ...tried } = limits.tried;
  return {
    now: Math.ceil(now / BEGIN_MS) * BEGIN_MS,
    zone,
    rooms,
    candidates: cards,
    contactPolicy: contactPolicy.limits,
    touches,
    load: limits.load,
    tried,
    floors: limits.floors.map(({ goal, least, team }) => {
      const { label = goal, unit } = goals.find(({ id }) => id === goal) ?? {};
      const own = [...reps].flatMap(([rep, { teams }]) =>
        team === undefined || teams.includes(team) ? [rep] : [],
      );
      return {
        goal,
        label,
        least,
        ...(unit !== undefined && { unit }),
        ...(team !== undefined && { reps: own }),
      };
    }),
    hands,
  };
}

const cardsOf = (hand: Hand): readonly string[] =>
  hand.kind === 'order' ? hand.candidates : [hand.candidate];

function calendarOf(
  { items }: DayPlan,
  { cards }: DayBook,
  playbook: Playbook,
  now: number,
): string {
  const words = createWords(ENGLISH, playbook, now);
  const byId = new Map(cards.map((card) => [card.id, card]));
  return toCalendar(
    items.flatMap(({ candidate, from, until }) => {
      const card = byId.get(candidate);
      if (!card) return [];
      const title = `${words.phrase(card.title)}: ${card.name ?? card.record}`;
      return [{ id: candidate, from, until, title, text: words.phrase(card.why) }];
    }),
    now,
  );
}

function toJson(
  { items, days, value, bound, ...rest }: DayPlan,
  { cards, accounts }: DayBook,
  costs: readonly HandCost[],
): object {
  const byId = new Map<string, DayCard>(cards.map((card) => [card.id, card]));
  const { floors, left, clash } = rest;
  return {
    value,
    bound,
    accounts,
    items: items.map(({ from, until, day, ...item }) => {
      const { play, record, account, minutes, touch } = byId.get(item.candidate) ?? {};
      return {
        ...item,
        play,
        record,
        account,
        minutes,
        touch,
        day: dateOfDay(day),
        from: toIso(from),
        until: toIso(until),
      };
    }),
    days: days.map(({ day, ...one }) => ({ ...one, day: dateOfDay(day) })),
    floors,
    hands: costs,
    left,
    clash,
  };
}
