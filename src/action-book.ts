import { type BuyerAct, isBuyerAct, withoutBursts } from './buyer-acts.js';
import { push } from './core/push.js';
import type { Fact } from './domain/fact.js';
import type { Channel, Playbook } from './domain/playbook.js';
import { type JsonObject, kindOf, type RecordId, type SubjectKey } from './domain/value.js';

/** Something that a rep did towards a buyer, and what the buyer verifiably did after it. */
export interface RepAction {
  readonly at: number;
  readonly channel: Channel;
  readonly account: SubjectKey;
  /** The first act of the buyer that is credited to it. */
  readonly answer?: BuyerAct;
  /** Acts that would be credited to it, had a person done them: a scanner of mail opens all at once. */
  readonly machineActs: number;
}

export interface ActionBook {
  readonly byRep: ReadonlyMap<RecordId, readonly RepAction[]>;
  /** When the last fact happened. */
  readonly last: number;
}

interface Pending {
  /** Told by the CRM; else by a card that was marked done. */
  readonly isLogged: boolean;
  readonly rep: RecordId;
  readonly at: number;
  readonly channel: Channel;
  readonly contacts: readonly RecordId[];
  readonly deals: readonly RecordId[];
  answer?: BuyerAct;
  machineActs: number;
}

interface Act extends BuyerAct {
  readonly by: RecordId;
  readonly deals: readonly RecordId[];
}

const DAY = 86_400_000;

/**
 * Gathers what reps did towards buyers: what the contact policy counts as a touch, and cards marked done, each once. An
 * act of the buyer within so many days is credited to one action: the last before it with the person who acted, else the
 * last of the account, whoever of us did it. The facts of each account come in order, each once.
 */
export function createActionBook(
  { contactPolicy: { touches } }: Pick<Playbook, 'contactPolicy'>,
  { windowDays, until = Number.POSITIVE_INFINITY }: { windowDays: number; until?: number },
): { add(account: SubjectKey, facts: readonly Fact[]): void; finish(): ActionBook } {
  const byRep = new Map<RecordId, RepAction[]>();
  let last = 0;

  function actionsOf(facts: readonly Fact[]): Pending[] {
    const undone = new Set(
      facts.flatMap(({ type, data }) =>
        type === 'response' ? [`response/${(data.response as JsonObject).of}`] : [],
      ),
    );
    const actions: Pending[] = [];
    for (const { id, type, by, about, data, occurredAt: at } of facts) {
      if (by === undefined || kindOf(by) !== 'rep') continue;
      const named = (kind: string): RecordId[] => about.filter((one) => kindOf(one) === kind);
      const did = { rep: by, at, deals: named('opportunity'), machineActs: 0 };
      const logged = Object.hasOwn(touches, type) ? touches[type] : undefined;
      if (logged)
        actions.push({ ...did, isLogged: true, channel: logged, contacts: named('contact') });
      const { touch, response, executed } = data as { readonly [name: string]: JsonObject };
      if (type !== 'response' || !touch || response?.kind !== 'done') continue;
      if (!executed || undone.has(id)) continue;
      actions.push({
        ...{ ...did, isLogged: false, channel: touch.channel as Channel },
        contacts: typeof touch.contact === 'string' ? [touch.contact] : [],
      });
    }
    return actions.filter(
      (one) => one.isLogged || !actions.some((other) => other.isLogged && isSame(one, other)),
    );
  }

  function add(account: SubjectKey, facts: readonly Fact[]): void {
    const own = facts.filter(
      ({ subjects, occurredAt }) => subjects.includes(account) && occurredAt <= until,
    );
    last = Math.max(last, own.at(-1)?.occurredAt ?? 0);
    const actions = actionsOf(own);
    if (actions.length === 0) return;
    const acts = own.filter(isBuyerAct).map(
      ({ type, by, about, occurredAt: at }): Act => ({
        ...{ type, at, by: by as RecordId },
        deals: about.filter((one) => kindOf(one) === 'opportunity'),
      }),
    );
    const people = new Set(withoutBursts(acts));
    const windowMs = windowDays * DAY;
    // Both are in order of time, so that of a long account only the last days are looked through.
    let [first, next] = [0, 0];
    for (const act of acts) {
      while ((actions[next]?.at ?? act.at) < act.at) next++;
      while (first < next && (actions[first] as Pending).at + windowMs < act.at) first++;
      const action = creditedTo(act, actions.slice(first, next));
      if (!action) continue;
      if (people.has(act)) action.answer ??= { at: act.at, type: act.type };
      else action.machineActs++;
    }
    for (const { rep, at, channel, answer, machineActs } of actions)
      push(byRep, rep, { at, channel, account, machineActs, ...(answer && { answer }) });
  }

  return {
    add,
    finish() {
      for (const own of byRep.values()) own.sort((one, other) => one.at - other.at);
      return { byRep, last };
    },
  };
}

/** What was marked done and then logged is one action. */
function isSame(one: Pending, other: Pending): boolean {
  return (
    one.rep === other.rep &&
    one.channel === other.channel &&
    Math.abs(one.at - other.at) < DAY &&
    (one.contacts.length === 0 ||
      other.contacts.length === 0 ||
      one.contacts.some((contact) => other.contacts.includes(contact)))
  );
}

/** The last of these actions that may have led to it; one with the same person goes before one that names nobody. */
function creditedTo({ by, deals }: Act, actions: readonly Pending[]): Pending | undefined {
  const possible = actions.filter(
    (one) =>
      deals.length === 0 ||
      one.deals.length === 0 ||
      one.deals.some((deal) => deals.includes(deal)),
  );
  const latest = (some: readonly Pending[]): Pending | undefined =>
    some.reduce<Pending | undefined>(
      (last, one) => (last && last.at > one.at ? last : one),
      undefined,
    );
  return latest(possible.filter(({ contacts }) => contacts.includes(by))) ?? latest(possible);
}
