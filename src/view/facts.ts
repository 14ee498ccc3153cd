import type { Card, GoalShare } from '../domain/decision.js';
import type { FactView, ScaleView } from '../domain/view.js';
import { timesOf, toReasons } from './by-factor.js';
import { clean, plain } from './format.js';
import type { Reading } from './reading.js';

/** Goal, what it puts off, worth and chance. A number that nobody measured is not shown as one. */
export function toFacts(
  { arbitration, goal, rank, deferred, ...card }: Card,
  reading: Reading,
): FactView[] {
  const { words } = reading;
  const { strings } = words;
  const { propensity, goals } = arbitration;
  const facts: FactView[] = [];
  if (card.mandatory || goal) {
    facts.push({
      label: strings.goal,
      strong: card.mandatory ? strings.required : clean((goal as GoalShare).label),
      text: card.mandatory
        ? strings.requiredText
        : card.buyerRequested
          ? strings.buyerAsked
          : levelOf(goal as GoalShare, rank === 1, reading),
    });
  }
  if (arbitration.arm)
    facts.push({
      label: strings.order,
      strong: strings.arms[arbitration.arm],
      text: strings.armText,
    });
  if (deferred) {
    facts.push({
      label: strings.putsOff,
      strong: words.phrase(deferred.title),
      text: words.fill(strings.amountFor, {
        amount: words.roughly(deferred.value, deferred.unit),
        goal: goalLabel(deferred.goal, reading),
      }),
    });
  }
  if (card.ahead) {
    const { title, logs } = card.ahead;
    facts.push({
      label: strings.aheadOf,
      strong: words.phrase(title),
      text: words.fill(strings.aheadBy, {
        times: words.number(timesOf(logs)),
        reasons: toReasons(logs, words),
      }),
    });
  }
  const worth = goals.find(({ unit, value }) => unit === 'money' && value > 0) ?? goal;
  const { rate, sampleSize, low, high } = propensity;
  const known = sampleSize > 0;
  if (worth && worth.value > 0) {
    const amount = (share: number): string =>
      worth.unit === 'money' || worth.unit === 'rate'
        ? words.roughly(worth.value * share, worth.unit)
        : words.fill(strings.amountFor, {
            amount: words.roughly(worth.value * share, worth.unit),
            goal: clean(worth.label),
          });
    const ranged = known && low !== undefined && high !== undefined && high > 0;
    const hurts = goals
      .filter(({ value }) => value < 0)
      .map(({ value, unit, label }) =>
        words.fill(strings.worthHurts, { amount: words.roughly(-value, unit), goal: clean(label) }),
      );
    facts.push({
      label: strings.worth,
      strong: words.fill(known ? strings.worthExpected : strings.worthIf, {
        amount: amount(known ? rate : 1),
      }),
      text: [
        ranged
          ? words.fill(strings.range, { low: amount(low), high: amount(high) })
          : known
            ? words.fill(strings.worthIf, { amount: amount(1) })
            : strings.worthGuess,
        ...hurts,
      ].join('. '),
      ...(ranged && { scale: rangeScale(low, rate, high) }),
    });
  }
  facts.push({
    label: strings.chance,
    strong: known
      ? words.fill(strings.chanceStrong, { ratio: words.outOf(rate) })
      : strings.noNumber,
    text: known
      ? words.count(strings.chanceFrom, sampleSize)
      : words.fill(strings.chanceGuess, { ratio: words.outOf(rate) }),
  });
  facts.push(toCosts(card.action, arbitration, reading));
  return facts;
}

/** Minutes and touch, and what they count for: declared, or priced by the plans of days. */
function toCosts(
  { minutes, touch }: Card['action'],
  { minuteCost, touchCost, priced }: Card['arbitration'],
  { words, playbook }: Reading,
): FactView {
  const { strings, fill, count } = words;
  const time = count(strings.minutes, minutes);
  const money = playbook.goals.find(({ unit, weight }) => unit === 'money' && weight > 0);
  const worth = (cost: number): string =>
    money
      ? words.roughly((cost * money.scale) / money.weight, 'money')
      : fill(strings.inPriority, { amount: words.number(cost) });
  const amount = fill(touch ? strings.costsAmount : strings.costsMinutes, {
    minutes: worth(minuteCost),
    touch: worth(touchCost),
  });
  const channels: { readonly [channel: string]: string } = strings.channels;
  return {
    label: strings.costs,
    strong: touch
      ? fill(strings.costsBoth, { minutes: time, channel: channels[touch] ?? plain(touch) })
      : time,
    text: priced
      ? count(strings.costsPriced, Math.floor(priced.plans), { amount })
      : minuteCost + touchCost > 0
        ? fill(strings.costsDeclared, { amount })
        : strings.costsNothing,
  };
}

/** The range ends at three quarters, so that there is room for more. */
function rangeScale(low: number, middle: number, high: number): ScaleView {
  const most = high / 0.75;
  return { kind: 'range', low: low / most, dot: middle / most, high: high / most };
}

/** Where a goal stands between its floor and its target. */
function levelOf(goal: GoalShare, first: boolean, { words }: Reading): string {
  const { strings } = words;
  const { level, floor, target, unit } = goal;
  if (level === undefined) return strings.goalUnknown;
  const figure = (value: number): string =>
    words.value(value, { type: 'number', ...(unit && { unit }) });
  const text =
    target !== undefined && level >= target
      ? strings.goalAboveTarget
      : floor === undefined
        ? strings.goalLevel
        : level < floor
          ? strings.goalBelowFloor
          : strings.goalAboveFloor;
  const standing = words.fill(text, {
    level: figure(level),
    floor: figure(floor ?? 0),
    target: figure(target ?? 0),
  });
  return first ? words.fill(strings.goalFirst, { text: standing }) : standing;
}

export function goalLabel(id: string, { playbook }: Reading): string {
  return clean(playbook.goals.find((goal) => goal.id === id)?.label ?? id);
}
