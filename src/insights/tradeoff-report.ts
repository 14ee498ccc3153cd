import type { Expected, Frontier, Tradeoffs } from '../day/frontier.js';
import type { Goal } from '../domain/playbook.js';
import { plural } from '../view/count.js';
import { clean, createWords } from '../view/format.js';
import { ENGLISH } from '../view/strings.js';
import type { GoalDecides } from './goals-that-decide.js';
import { type Block, type Report, type Section, text } from './report.js';

export interface TradedBook {
  readonly accounts: number;
  readonly cards: number;
  readonly reps: number;
  readonly currency: string;
  readonly decide: readonly GoalDecides[];
}

interface Told {
  readonly found: Tradeoffs;
  readonly goals: readonly Goal[];
  label(goal: string): string;
  amount(goal: string, value: number | undefined): string;
}

export function tradeoffReport(
  found: Tradeoffs,
  goals: readonly Goal[],
  { accounts, cards, reps, currency, decide }: TradedBook,
): Report {
  const words = createWords(ENGLISH, { currency }, 0);
  const byId = new Map(goals.map((goal) => [goal.id, goal]));
  const told: Told = {
    ...{ found, goals },
    label: (goal) => clean(byId.get(goal)?.label ?? goal, 40),
    amount(goal, value = 0) {
      const { unit } = byId.get(goal) ?? {};
      if (unit === 'money') return words.roughly(value, 'money');
      const rounded = words.number(Number(value.toPrecision(3)));
      return unit === undefined || unit === 'rate' ? rounded : `${rounded} ${clean(unit, 20)}`;
    },
  };
  const book = `${plural(reps, 'rep')}, ${plural(cards, 'card')} on ${plural(accounts, 'account')}`;
  const title = 'What one goal costs another';
  if (found.frontiers.length === 0)
    return {
      title,
      lead: [
        `There are no two goals between which the cards of today would have to choose: ${book}.`,
      ],
      sections: [],
    };
  return {
    title,
    lead: [
      `The next working day of ${book}, planned within the usual limits. Each point is a plan of that day: for so much of one goal, as much of the other as can be had. Amounts are what is expected, not what is promised.`,
      'More of both is not to be had beyond the line. Below it something is given away, for other goals and for the buyers’ attention.',
    ],
    sections: [
      decideSection(decide, told),
      balanceSection(told),
      ...found.frontiers.map((one) => frontierSection(one, told)),
    ],
  };
}

/** A scale that is far off makes one goal decide always or never, whatever its weight says. */
function decideSection(decide: readonly GoalDecides[], { goals, label, amount }: Told): Section {
  const warnings = decide.flatMap(({ goal, won, contested, typical, parScale }) => {
    const { scale } = goals.find(({ id }) => id === goal) ?? {};
    return parScale === undefined
      ? []
      : [
          `${label(goal)} decided ${won} of ${plural(contested, 'account')} on which it stands against another goal. Its scale is ${amount(goal, scale)}, and a card of it gives ${typical.toPrecision(2)} in the middle; at a scale of about ${amount(goal, Number(parScale.toPrecision(2)))} it would give as much as a card of another goal. If it is meant to be so, say it by weights and floors.`,
        ];
  });
  return {
    heading: 'Which goal decides',
    blocks: [
      {
        kind: 'table',
        title: 'Cards by the goal that gives them most, and which come first on their account',
        head: [
          'goal',
          'cards',
          'come first',
          'against others',
          'of these first',
          'gives, in the middle',
        ],
        rows: decide.map(({ goal, cards, first, contested, won, typical }) => [
          ...[label(goal), cards, first, contested, won],
          typical.toPrecision(2),
        ]),
      },
      ...(warnings.length > 0 ? [{ kind: 'list' as const, items: warnings }] : []),
    ],
  };
}

/** One goal alone is a choice like any other: beside the balanced plan, to be seen with its cost. */
function balanceSection({ found, goals, label, amount }: Told): Section {
  const row = (name: string, expected: Expected): readonly string[] => [
    name,
    ...goals.map(({ id }) => amount(id, expected[id])),
  ];
  return {
    heading: 'The balanced plan beside one goal alone',
    blocks: [
      {
        kind: 'table',
        title: 'What a plan is expected to bring, by what is aimed at',
        head: ['aim', ...goals.map(({ id }) => label(id))],
        rows: [
          row('today’s weights', found.today),
          ...[...found.alone].map(([goal, expected]) => row(`${label(goal)} alone`, expected)),
        ],
      },
    ],
  };
}

function frontierSection(frontier: Frontier, told: Told): Section {
  const { first, second, points, beside } = frontier;
  const { found, label, amount } = told;
  const { today } = found;
  const [start, end] = [points[0], points.at(-1)];
  const [one, other] = [label(first), label(second)];
  const heading = `${one} and ${other}`;
  if (!start || !end || points.length < 2)
    return {
      heading,
      blocks: [
        text(
          `The plan with the most of ${one} brings the most of ${other}, too: neither costs the other anything here.`,
        ),
      ],
    };
  const given = Math.max(0, beside - (today[first] ?? 0));
  return {
    heading,
    blocks: [
      text(
        `From ${amount(first, start[first])} with ${amount(second, start[second])} of ${other} to ${amount(first, end[first])} with ${amount(second, end[second])}. Today’s weights bring ${amount(first, today[first])} with ${amount(second, today[second])}; with as much of ${other}, ${isNear(given, beside) ? `there is no more of ${one} to be had` : `${amount(first, given)} more could be had, which go into other goals and into touches that are not made`}.`,
      ),
      { kind: 'list', items: stepsOf(frontier, told) },
      chartOf(frontier, told),
    ],
  };
}

const isNear = (difference: number, whole: number): boolean =>
  difference <= 0.005 * Math.abs(whole);

/** What raising a floor from point to point costs. */
function stepsOf({ first, second, points }: Frontier, { label, amount }: Told): readonly string[] {
  return points.slice(1).map((point, i) => {
    const before = points[i] ?? point;
    const cost = (before[first] ?? 0) - (point[first] ?? 0);
    const steps = `from ${amount(second, before[second])} to ${amount(second, point[second])}`;
    return `A floor of ${label(second)} raised ${steps} costs ${cost > 0 ? `${amount(first, cost)} of ${label(first)}` : 'nothing'}.`;
  });
}

function chartOf({ first, second, points }: Frontier, { found, label, amount }: Told): Block {
  const { today } = found;
  const [one, other] = [label(first), label(second)];
  const at = (expected: Expected) => ({ x: expected[second] ?? 0, y: expected[first] ?? 0 });
  const [start = {}, end = {}] = [points[0], points.at(-1)];
  return {
    kind: 'chart',
    chart: {
      kind: 'frontier',
      title: `${one} for so much of ${other}`,
      description: `The line falls from ${amount(first, start[first])} of ${one} with ${amount(second, start[second])} of ${other} to ${amount(first, end[first])} with ${amount(second, end[second])}. Today’s weights stand at ${amount(first, today[first])} with ${amount(second, today[second])}.`,
      across: other,
      up: one,
      points: points.map((point) => ({
        ...at(point),
        textX: amount(second, point[second]),
        textY: amount(first, point[first]),
      })),
      marked: { ...at(today), text: 'today' },
    },
    data: {
      kind: 'table',
      title: `${one} and ${other} of each plan`,
      head: ['plan', one, other],
      rows: [
        ...points.map((point, i) => [
          i === 0 ? `most of ${one}` : i === points.length - 1 ? `most of ${other}` : `step ${i}`,
          amount(first, point[first]),
          amount(second, point[second]),
        ]),
        ['today’s weights', amount(first, today[first]), amount(second, today[second])],
      ],
    },
  };
}
