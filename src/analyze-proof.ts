import type { TooLittleData } from './analyze/too-little-data.js';
import { push } from './core/push.js';
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
    /** Groups that share a contact with a group of the other arm: what one sees, the other hears. */
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

interface Group {
  readonly arm: 0 | 1;
  readonly accounts: readonly ProofAccount[];
}

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
  const { groups, counts, sharing, split } = groupsOf(accounts);
  const bySide = [0, 1].map((arm) => groups.filter((group) => group.arm === arm));
  const least = Math.min(...bySide.map(({ length }) => length));
  if (least < FEWEST)
    return {
      needed: `${FEWEST} buying groups in each arm of the holdout, of which none shares a contact with the other arm`,
      got: least,
    };
  const price = priceOf(goals, costs);
  const sumIn = (group: Group, of: (one: ProofAccount) => number): number =>
    group.accounts.reduce((sum, one) => sum + of(one), 0);
  const costOf = (group: Group): number =>
    sumIn(
      group,
      ({ touches, minutes, seen }) =>
        touches * (price.touchMinor ?? 0) +
        (minutes + seen * MINUTES_A_SEEN_CARD) * (price.minuteMinor ?? 0),
    );
  const bought = (group: Group): number => sumIn(group, ({ boughtMinor }) => boughtMinor);
  const compare = (outcome: (group: Group) => number): Estimate | undefined =>
    compareArms(
      groups.map(
        (group): Measured => ({
          arm: group.arm,
          stratum: '',
          outcome: outcome(group),
          before: sumIn(group, ({ boughtBeforeMinor }) => boughtBeforeMinor),
        }),
      ),
      1,
      { alpha, planned: groups.length },
    );
  const sales = compare(bought) as Estimate;
  const net = compare((group) => bought(group) - costOf(group)) as Estimate;
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
  const { p } = checkSampleRatio(counts, [holdout.rate, 1 - holdout.rate]);
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

function groupsOf(accounts: readonly ProofAccount[]): {
  groups: readonly Group[];
  /** Held out and guided, those that share contacts included. */
  counts: readonly [number, number];
  sharing: number;
  split: number;
} {
  const byGroup = new Map<string, ProofAccount[]>();
  for (const account of accounts) push(byGroup, account.group, account);
  const whole = [...byGroup.values()].filter(
    (own) => new Set(own.map(({ arm }) => arm)).size === 1,
  );
  const armsOf = new Map<string, Set<string>>();
  for (const own of whole)
    for (const { arm, contacts } of own)
      for (const contact of contacts)
        armsOf.set(contact, (armsOf.get(contact) ?? new Set()).add(arm));
  const apart = whole.filter((own) =>
    own.every(({ contacts }) => contacts.every((contact) => armsOf.get(contact)?.size === 1)),
  );
  const heldOut = whole.filter((own) => sideOf(own) === 0).length;
  return {
    groups: apart.map((own) => ({ arm: sideOf(own), accounts: own })),
    counts: [heldOut, whole.length - heldOut],
    sharing: whole.length - apart.length,
    split: byGroup.size - whole.length,
  };
}

const sideOf = ([first]: readonly ProofAccount[]): 0 | 1 => (first?.arm === 'holdout' ? 0 : 1);
