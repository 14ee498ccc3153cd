import type { Playbook } from 'opportune';
import { createWords, ENGLISH } from 'opportune/view';
import { dateOfDay } from '../../src/core/zone.js';
import type { DayBook } from '../../src/day/day-book.js';
import type { DayCard } from '../../src/day/day-cards.js';
import type { DayPlan, LeftOut, PlannedDay } from '../../src/day/day-plan.js';
import type { DayProblem } from '../../src/day/day-problem.js';
import type { HandCost } from '../../src/day/hand-costs.js';
import { BECAUSE, hoursText, limitText, type Names, wishText } from '../../src/day/limit-words.js';
import type { Block, Report, Section } from '../../src/insights/report.js';
import { text } from '../../src/insights/report.js';
import { clean } from '../../src/view/format.js';
import { plural } from '../text.js';

/** What a plan is told from. */
export interface Told {
  readonly playbook: Playbook;
  readonly problem: DayProblem;
  readonly plan: DayPlan;
  readonly gathered: DayBook;
  readonly costs: readonly HandCost[];
  /** What the rep's clock shows. */
  readonly zoneOf: (rep: string) => string;
}

const LISTED = 8;

/** The plan in words: days with their actions, what an hour and a floor cost, what is left out, and what clashes. */
export function planReport(told: Told): Report {
  const { plan, gathered, problem } = told;
  const { value, bound, items } = plan;
  const gap = bound > 0 ? (100 * (bound - value)) / bound : 0;
  const minutes = items.reduce((sum, { from, until }) => sum + (until - from) / 60_000, 0);
  return {
    title: `The best plan of ${plural(distinct(plan.days.map(({ day }) => day)), 'day')} for ${plural(distinct(plan.days.map(({ rep }) => rep)), 'rep')}`,
    lead: [
      `${plural(items.length, 'action')} of ${plural(problem.candidates.length, 'card')} on ${plural(gathered.accounts, 'account')}, ${hoursText(minutes)} in all. They are worth ${number(value)}; no plan under these limits is worth more than ${number(bound)}, which is ${gap < 0.005 ? 'the same' : `${gap.toFixed(2)} % more`}.`,
      'It hides nothing: who opens a record sees every card as before.',
    ],
    sections: [
      ...clashSection(told),
      ...plan.days.flatMap((day) => daySection(told, day)),
      ...floorSection(told),
      ...handSection(told),
      leftSection(told),
    ],
  };
}

const distinct = (all: readonly unknown[]): number => new Set(all).size;
const number = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
/** Worth in units of priority, and what that is as money that is expected where a goal counts money. */
function worth(value: number, { playbook }: Told): string {
  const goal = playbook.goals.find(({ unit, weight }) => unit === 'money' && weight > 0);
  if (!goal) return number(value);
  const words = createWords(ENGLISH, playbook, 0);
  const money = words.roughly((value * goal.scale) / goal.weight, 'money');
  return `${number(value)} (as much as ${money} expected for ${clean(goal.label, 60)})`;
}

function nameOf({ name, record }: DayCard): string {
  return clean(name ?? record, 40);
}

function titleOf(card: DayCard | undefined, { playbook }: Told): string {
  if (!card) return '';
  const title = createWords(ENGLISH, playbook, 0).phrase(card.title);
  const name = nameOf(card);
  return clean(title.includes(name) ? title : `${title}, ${name}`, 90);
}

const byId = ({ gathered }: Told): ReadonlyMap<string, DayCard> =>
  new Map(gathered.cards.map((card) => [card.id, card]));

function repName(rep: string, { gathered }: Told): string {
  return clean(gathered.reps.get(rep)?.name ?? rep, 60);
}

function daySection(told: Told, day: PlannedDay): readonly Section[] {
  const { plan, playbook } = told;
  const cards = byId(told);
  const items = plan.items.filter((one) => one.rep === day.rep && one.day === day.day);
  const words = createWords(ENGLISH, playbook, 0);
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: told.zoneOf(day.rep),
    hour: '2-digit',
    minute: '2-digit',
  });
  const rows = items.map(({ candidate, from, until, value, why }) => {
    const card = cards.get(candidate);
    return [
      `${clock.format(from)}-${clock.format(until)}`,
      card ? clean(words.phrase(card.title), 60) : '',
      card ? nameOf(card) : '',
      number(value),
      why === 'best' ? '' : why,
      card ? clean(words.phrase(card.why), 90) : '',
    ];
  });
  const sentence = `${hoursText(day.plannedMinutes)} of ${hoursText(day.freeMinutes)} free. ${priceSentence(day, told)}`;
  return [
    {
      heading: `${repName(day.rep, told)}, ${dateOfDay(day.day)}`,
      blocks: [
        text(sentence),
        ...(rows.length === 0
          ? []
          : [
              {
                kind: 'table',
                title: 'In this order',
                head: ['when', 'what', 'with whom', 'worth', 'because', 'why'],
                rows,
              } satisfies Block,
            ]),
      ],
    },
  ];
}

function priceSentence(
  { hourPrice, loadHourPrice, loadItemPrice }: PlannedDay,
  told: Told,
): string {
  if (loadHourPrice > 1e-6)
    return `The load limit ends the day: an hour more of it would add at most ${worth(loadHourPrice, told)}.`;
  if (loadItemPrice > 1e-6)
    return `The load limit ends the day: one action more would add at most ${worth(loadItemPrice, told)}.`;
  return hourPrice > 1e-6
    ? `Another free hour would add at most ${worth(hourPrice, told)}.`
    : 'Another free hour would add nothing.';
}

function floorSection(told: Told): readonly Section[] {
  const { plan, problem, playbook } = told;
  if (plan.floors.length === 0) return [];
  const words = createWords(ENGLISH, playbook, 0);
  const items = plan.floors.map(({ floor, reached, price }) => {
    const { label = '', unit, least = 0 } = problem.floors[floor] ?? {};
    const of = (value: number): string =>
      unit === 'money' ? words.money(value) : words.number(value);
    const isMet = reached >= least - 1e-6 * Math.abs(least);
    const cost =
      price > 1e-12
        ? `the last tenth of it costs ${worth((price * least) / 10, told)}`
        : 'it costs nothing';
    return `${clean(label, 60)}: at least ${of(least)} is asked for, ${of(reached)} is expected${isMet ? `; ${cost}` : ', which is short of it'}.`;
  });
  return [{ heading: 'Floors', blocks: [{ kind: 'list', items }] }];
}

function handSection(told: Told): readonly Section[] {
  const cards = byId(told);
  if (told.costs.length === 0) return [];
  const items = told.costs.map(({ hand, cost }) => {
    const what =
      hand.kind === 'order'
        ? `Your order of ${plural(hand.candidates.length, 'card')}`
        : `${hand.kind === 'pin' ? 'Pinned' : 'Excluded'}: ${titleOf(cards.get(hand.candidate), told)}`;
    return `${what}: ${cost > 1e-6 ? `costs ${worth(cost, told)}` : 'costs nothing'}.`;
  });
  return [{ heading: 'Changed by hand', blocks: [{ kind: 'list', items }] }];
}

function leftSection(told: Told): Section {
  const { plan } = told;
  const cards = byId(told);
  const counts = new Map<LeftOut['because'], number>();
  for (const { because } of plan.left) counts.set(because, (counts.get(because) ?? 0) + 1);
  const nearest = plan.left
    .filter(({ because }) => because === 'hours' || because === 'load')
    .sort((a, b) => a.lacks - b.lacks)
    .slice(0, LISTED);
  return {
    heading: `Not planned: ${plural(plan.left.length, 'card')}`,
    blocks: [
      {
        kind: 'list',
        items: [...counts]
          .sort(([, a], [, b]) => b - a)
          .map(([because, count]) => `${plural(count, 'card')}: ${BECAUSE[because]}`),
      },
      ...(nearest.length === 0
        ? []
        : [
            {
              kind: 'table',
              title: 'The next ones',
              head: ['card', 'its worth lacks'],
              rows: nearest.map(({ candidate, lacks }) => [
                titleOf(cards.get(candidate), told),
                number(lacks),
              ]),
            } satisfies Block,
          ]),
    ],
  };
}

function clashSection(told: Told): readonly Section[] {
  const { clash } = told.plan;
  if (!clash) return [];
  const cards = byId(told);
  const names = namesOf(told);
  const gone = clash.givenUp.map((id) => titleOf(cards.get(id), told));
  return [
    {
      heading: 'Not everything goes together',
      blocks: [
        text(
          `These wishes and these limits cannot all be kept; without any one of them the others could.`,
        ),
        {
          kind: 'list',
          items: [
            ...clash.wishes.map((wish) => wishText(wish, names)),
            ...clash.limits.map((limit) => limitText(limit, names)),
          ],
        },
        text(
          gone.length === 0
            ? 'The plan comes as near to the floors as can be.'
            : `So the plan leaves out: ${gone.join('; ')}.`,
        ),
      ],
    },
  ];
}

function namesOf(told: Told): Names {
  const cards = byId(told);
  return {
    title: (candidate) => titleOf(cards.get(candidate), told),
    rep: (rep) => repName(rep, told),
    floor(floor) {
      const { label = '', unit } = told.problem.floors[floor] ?? {};
      const words = createWords(ENGLISH, told.playbook, 0);
      return {
        label: clean(label, 60),
        amount: (value) => (unit === 'money' ? words.money(value) : words.number(value)),
      };
    },
  };
}
