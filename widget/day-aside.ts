import { html, nothing } from 'lit';
import type { DayPlan, LeftOut, PlannedDay } from '../src/day/day-plan.js';
import type { Hand } from '../src/day/day-problem.js';
import { DAY_STRINGS as SAY } from '../src/day/day-strings.js';
import { titleOf } from '../src/day/day-words.js';
import { BECAUSE } from '../src/day/limit-words.js';
import { capital } from '../src/view/format.js';
import { unfolded } from './day-changes.js';
import type { DayDesk } from './day-desk.js';
import { costText, openButton } from './day-list.js';
import { button } from './panel-bits.js';

/** So many of those that came nearest are shown at first. */
const SHOWN = 5;

/** What was left out, nearest first, with what it would cost to put it in. */
export function leftView(desk: DayDesk, isAll: boolean, showAll: (all: boolean) => void): unknown {
  const { plan, words, told } = desk.state;
  if (!plan) return nothing;
  const worthOf = ({ candidate }: LeftOut): number => desk.cards.get(candidate)?.value ?? 0;
  const left = plan.left
    .filter(({ because }) => because !== 'excluded')
    .sort((a, b) => byNearness(a, b) || worthOf(b) - worthOf(a));
  if (left.length === 0) return html`<h2>${SAY.leftNone}</h2>`;
  const goal = told.goals.find(({ unit, weight }) => unit === 'money' && weight > 0);
  const about = goal ? words.fill(SAY.leftAbout, { goal: goal.label }) : SAY.leftAboutPlain;
  const rest = left.length - SHOWN;
  const more =
    rest <= 0
      ? nothing
      : button(
          'link',
          isAll ? SAY.fewer : `${SAY.all} (${words.count(SAY.moreLeft, rest)})`,
          () => showAll(!isAll),
          { expanded: isAll },
        );
  return html`<h2>${words.fill(SAY.left, { count: words.number(left.length) })}</h2><p class="quiet">${about}</p><ul class="left">${(isAll ? left : left.slice(0, SHOWN)).map((one) => leftRow(desk, one))}</ul>${more}`;
}

/** What had to be planned comes first, then what lacks least; what has no gain last. */
const byNearness = (one: LeftOut, other: LeftOut): number =>
  rankOf(one) - rankOf(other) || one.lacks - other.lacks;
const rankOf = ({ isMust, because }: LeftOut): number =>
  isMust ? 0 : because === 'no-gain' || because === 'no-time' ? 2 : 1;

function leftRow(desk: DayDesk, one: LeftOut): unknown {
  const { words, weighed, solving } = desk.state;
  const card = desk.cards.get(one.candidate);
  if (!card) return nothing;
  const isOpen = unfolded(desk.state) === one.candidate;
  const hands = isOpen ? desk.changes()?.add : undefined;
  const because = one.isMust
    ? SAY.mustLeft
    : [
        `${capital(BECAUSE[one.because])}.`,
        one.behind === undefined
          ? ''
          : words.fill(SAY.behind, { title: titleOf(desk.cards.get(one.behind)) }),
        words.isNothing(one.lacks) || one.because === 'no-gain'
          ? ''
          : words.fill(SAY.lacks, { amount: words.amount(one.lacks) }),
      ]
        .filter(Boolean)
        .join(' ');
  const detail = !isOpen
    ? nothing
    : html`<p class="why">${card.why}</p><div class="acts">${
        hands && !solving
          ? button('', costText(desk, SAY.add, weighed?.add), () => desk.setHands(hands))
          : nothing
      }${openButton(desk, card, 'quiet')}</div>`;
  return html`<li><h3><button type="button" class="what" .ariaExpanded=${String(isOpen)} @click=${() => desk.unfold(isOpen ? undefined : one.candidate)}>${card.title}${
    card.title.includes(card.name) ? nothing : html` <span class="who">${card.name}</span>`
  }</button></h3><p class="quiet">${because}</p>${detail}</li>`;
}

/** What each limit that is near its end would add, and each floor cost, in words. */
export function holdsView(desk: DayDesk): unknown {
  const { plan, stretch } = desk.state;
  if (!plan || plan.days.length === 0) return nothing;
  return html`<h2>${stretch === 'week' ? SAY.holdsWeek : SAY.holds}</h2><ul class="holds">${limitRows(desk, plan)}${plan.floors.map((one) => floorRow(desk, one))}</ul>`;
}

function limitRows(desk: DayDesk, plan: DayPlan): unknown {
  const { words, problem } = desk.state;
  const { minutes = 0, items = 0 } = problem.load ?? {};
  const most = (of: (day: PlannedDay) => number): number => Math.max(0, ...plan.days.map(of));
  const sum = (of: (day: PlannedDay) => number): number =>
    plan.days.reduce((total, day) => total + of(day), 0);
  const fullest = Math.max(
    0,
    ...plan.days.map(({ day }) => plan.items.filter((item) => item.day === day).length),
  );
  const longest = most(({ plannedMinutes }) => plannedMinutes);
  const [planned, free] = [sum((day) => day.plannedMinutes), sum((day) => day.freeMinutes)];
  // Where floors are missed, a price says what coming nearer to them is worth, and nothing of the day.
  const adds = (text: string, price: number, without: string): string =>
    plan.clash
      ? ''
      : words.isNothing(price)
        ? without
        : words.fill(text, { amount: words.amount(price) });
  return [
    limitRow(
      words.fill(SAY.loadItems, { used: words.number(fullest), most: words.number(items) }),
      fullest / Math.max(1, items),
      adds(
        SAY.loadItemAdds,
        most((day) => day.loadItemPrice),
        SAY.loadNothing,
      ),
    ),
    limitRow(
      words.fill(SAY.loadMinutes, { used: words.hours(longest), most: words.hours(minutes) }),
      longest / Math.max(1, minutes),
      adds(
        SAY.loadHourAdds,
        most((day) => day.loadHourPrice),
        SAY.loadNothing,
      ),
    ),
    limitRow(
      words.fill(SAY.freeHours, { used: words.hours(planned), most: words.hours(free) }),
      planned / Math.max(1, free),
      adds(
        SAY.hourAdds,
        most((day) => day.hourPrice),
        SAY.hourNothing,
      ),
    ),
  ];
}

function limitRow(label: string, share: number, price: string): unknown {
  return html`<li><p class="use"><span>${label}</span><i class="bar" aria-hidden="true" .style=${`--to:${Math.min(1, share)}`}></i></p><p class="quiet">${price}</p></li>`;
}

function floorRow(desk: DayDesk, { floor, reached, price }: DayPlan['floors'][number]): unknown {
  const { words, problem } = desk.state;
  const { goal = '', label = '', least = 0 } = problem.floors[floor] ?? {};
  const isMet = reached >= least - 1e-6 * Math.abs(least);
  const cost = (price * least) / 10;
  const said = words.fill(isMet ? SAY.floorMet : SAY.floorShort, {
    least: words.goal(goal, least),
    reached: words.goal(goal, reached),
    cost: words.isNothing(cost)
      ? SAY.floorFree
      : words.fill(SAY.floorCost, { amount: words.amount(cost) }),
  });
  return html`<li><p class="use"><span>${label}</span></p><p class="quiet">${said}</p></li>`;
}

/** What was changed by hand, what each costs, and how to take it back. */
export function handsView(desk: DayDesk): unknown {
  const { choices, costs, words } = desk.state;
  const { hands } = choices;
  if (hands.length === 0) return nothing;
  const back = (hand: Hand): void => desk.setHands(hands.filter((other) => other !== hand));
  return html`<h2>${SAY.hands}</h2><ul class="left">${hands.map((hand) => {
    const title = handTitle(desk, hand);
    const cost = costs.get(hand);
    const said =
      cost === undefined
        ? ''
        : words.isNothing(cost)
          ? SAY.handFree
          : words.fill(SAY.handCosts, { amount: words.amount(cost) });
    return html`<li class="hand"><span>${title} <span class="quiet">${said}</span></span>${button('link', SAY.takeBack, () => back(hand), { name: `${SAY.takeBack}: ${title}` })}</li>`;
  })}</ul>`;
}

function handTitle({ state: { words }, cards }: DayDesk, hand: Hand): string {
  if (hand.kind === 'order') return words.fill(SAY.handOrder, { day: words.fullDay(hand.day) });
  const title = titleOf(cards.get(hand.candidate));
  return words.fill(hand.kind === 'pin' ? SAY.handPin : SAY.handExclude, { title });
}
