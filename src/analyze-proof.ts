import type { TooLittleData } from './analyze/too-little-data.js';
import { type BuyingGroup, buyingGroups } from './buying-groups.js';
import type { Playbook } from './domain/playbook.js';
import type { ProofAccount, ProofBook } from './proof-book.js';
import { compareArms, type Estimate, type Measured } from './prove/compare-arms.js';
import { checkSampleRatio, RATIO_ALARM } from './prove/sample-ratio.js';
import { judgeEstimate, type Verdict } from './prove/verdict.js';

/** What guiding adds, a buying group: minor units of the playbook's currency. */
export interface Proof {
  readonly days: number;
  readonly arms: readonly ProofArm[];
  readonly excluded: {
    /** Groups that share a contact with another group, of whatever arm: what one sees, the other hears. */
    readonly sharing: number;
    /** Groups of which accounts are in both arms, by a merge of companies. */
    readonly split: number;
  };
  /** Sales of a guided group beyond those of a held out one. */
  readonly sales: Estimate;
  /** The same less what interruptions cost. */
  readonly net: Estimate;
  readonly verdict: Verdict;
  /** All that guiding has added over the time, net, with the interval: the difference of a group times the guided groups. */
  readonly total: { readonly minor: number; readonly interval: readonly [number, number] };
  readonly costs: ProofCosts;
  /** How often chance alone makes the arms so uneven against the playbook's rate, and whether that is alarming. */
  readonly ratio: { readonly p: number; readonly alarming: boolean };
  /** One group makes more than a fifth of the sales of its arm: see the interval, and do not trust the middle. */
  readonly oneGroupWeighs: boolean;
}

export interface ProofArm {
  readonly arm: 'guided' | 'holdout';
  readonly groups: number;
  readonly accounts: number;
  /** A group. */
  readonly boughtMinor: number;
  readonly boughtBeforeMinor: number;
  readonly touches: number;
  readonly seen: number;
  readonly minutes: number;
}

export interface ProofCosts {
  /** What the playbook says a minute and a touch are worth, in minor units; absent: it has no goal in money to say so. */
  readonly minuteMinor?: number;
  readonly touchMinor?: number;
  /** So long a look at one card is counted. */
  readonly minutesASeenCard: number;
}

const DAY = 86_400_000;
/** What it takes to read a card, and to be back where one was. */
const MINUTES_A_SEEN_CARD = 1;
const FEWEST = 20;
const WEIGHS = 0.2;

type Group = BuyingGroup<ProofAccount>;

export interface ProofOptions {
  readonly alpha: number;
  /** The share of what a held out group buys, below which a difference changes nothing that one would do. */
  readonly matters: number;
}

/** Whether guidance earned anything, by the standing holdout and by assignment: whoever was meant to be guided counts as such. */
export function analyzeProof(
  { accounts, since, until }: ProofBook,
  { goals, costs, holdout }: Pick<Playbook, 'goals' | 'costs' | 'holdout'>,
  { alpha, matters }: ProofOptions,
): Proof | TooLittleData {
  const found = buyingGroups(accounts, sideOf);
  const { counts, sharing, split } = found;
  const groups = found.groups.filter(({ arm }) => arm !== APART);
  const bySide = SIDES.map((side) => groups.filter(({ arm }) => arm === side));
  const least = Math.min(...bySide.map(({ length }) => length));
  if (least < FEWEST)
    return {
      needed: `${FEWEST} buying groups in each arm of the holdout, of which none shares a contact with another group`,
      got: least,
    };
  const price = priceOf(goals, costs);
  const sumIn = (group: Group, of: (one: ProofAccount) => number): number =>
    group.accounts.reduce((sum, one) => sum + of(one), 0);
  const netSales = netOf({ goals, costs });
  const bought = (group: Group): number => sumIn(group, ({ boughtMinor }) => boughtMinor);
  const compare = (outcome: (group: Group) => number): Estimate | undefined =>
    compareArms(
      groups.map(
        (group): Measured => ({
          arm: group.arm === 'holdout' ? 0 : 1,
          stratum: '',
          outcome: outcome(group),
          before: sumIn(group, ({ boughtBeforeMinor }) => boughtBeforeMinor),
        }),
      ),
      1,
      { alpha, planned: groups.length },
    );
  const sales = compare(bought) as Estimate;
  const net = compare((group) => sumIn(group, netSales)) as Estimate;
  const arms = bySide.map((own, side): ProofArm => {
    const mean = (of: (one: ProofAccount) => number): number =>
      own.reduce((sum, group) => sum + sumIn(group, of), 0) / own.length;
    return {
      arm: side === 0 ? 'holdout' : 'guided',
      groups: own.length,
      accounts: own.reduce((sum, group) => sum + group.accounts.length, 0),
      boughtMinor: mean((one) => one.boughtMinor),
      boughtBeforeMinor: mean((one) => one.boughtBeforeMinor),
      touches: mean((one) => one.touches),
      seen: mean((one) => one.seen),
      minutes: mean((one) => one.minutes),
    };
  });
  const [heldOut, guided] = arms as [ProofArm, ProofArm];
  const { p } = checkSampleRatio(
    [counts.get('holdout') ?? 0, (counts.get('guided') ?? 0) + (counts.get(APART) ?? 0)],
    [holdout.rate, 1 - holdout.rate],
  );
  return {
    days: Math.round((until - since) / DAY),
    arms,
    excluded: { sharing, split },
    sales,
    net,
    verdict: judgeEstimate(net, {
      alpha,
      planned: groups.length,
      matters: matters * heldOut.boughtMinor,
    }),
    total: {
      minor: net.difference * guided.groups,
      interval: [net.interval[0] * guided.groups, net.interval[1] * guided.groups],
    },
    costs: { ...price, minutesASeenCard: MINUTES_A_SEEN_CARD },
    ratio: { p, alarming: p < RATIO_ALARM },
    oneGroupWeighs: bySide.some((own) => {
      const sum = own.reduce((all, group) => all + bought(group), 0);
      return own.some((group) => bought(group) > WEIGHS * sum);
    }),
  };
}

/** A minute and a touch cost priority; the first goal in money says how much money one unit of priority is. */
function priceOf(
  goals: Playbook['goals'],
  costs: Playbook['costs'],
): Pick<ProofCosts, 'minuteMinor' | 'touchMinor'> {
  const money = goals.find(({ unit, weight }) => unit === 'money' && weight > 0);
  if (!money) return {};
  const unit = money.scale / money.weight;
  return { minuteMinor: costs.minute * unit, touchMinor: costs.touch * unit };
}

/** What an account bought, less what interrupting its rep and its buyers cost, in minor units. */
export function netOf({
  goals,
  costs,
}: Pick<Playbook, 'goals' | 'costs'>): (account: ProofAccount) => number {
  const { touchMinor = 0, minuteMinor = 0 } = priceOf(goals, costs);
  return ({ boughtMinor, touches, minutes, seen }) =>
    boughtMinor - touches * touchMinor - (minutes + seen * MINUTES_A_SEEN_CARD) * minuteMinor;
}

const SIDES = ['holdout', 'guided'];
const APART = 'apart';

/** Where a part of the product is left out to measure it, guidance is not what it is elsewhere. */
const sideOf = ({ arm, isApart }: ProofAccount): string =>
  arm === 'guided' && isApart ? APART : arm;
