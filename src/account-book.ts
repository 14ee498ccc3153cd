import { judge } from './core/condition.js';
import { push } from './core/push.js';
import { dayNumber } from './core/zone.js';
import type { Test } from './domain/condition.js';
import { draftRecords } from './domain/draft.js';
import type { Fact, Grade } from './domain/fact.js';
import type { Attribute, Playbook } from './domain/playbook.js';
import {
  type AttributeValue,
  isMoney,
  type JsonValue,
  kindOf,
  type SubjectKey,
} from './domain/value.js';
import { fittingValue } from './fitting-value.js';
import { createAttributePlan, placeOf } from './record/attribute-plan.js';
import { type Folding, foldFact } from './record/fold.js';
import {
  evidenceFor,
  readAttribute,
  readPlace,
  type Scene,
  sceneOf,
  situate,
} from './record/situate.js';

export interface AccountBookOptions {
  /** The book is closed then, epoch milliseconds: what happened later is not known. Default: with the last fact. */
  readonly until?: number;
  /** The type of facts that are purchases. */
  readonly purchase: string;
  /** The field of a purchase that names the product. */
  readonly product: string;
  /** The field of a purchase that holds what was paid. */
  readonly amount: string;
}

/** What an account has bought, and how it stands. */
export interface AccountEntry {
  readonly account: SubjectKey;
  readonly name?: string;
  /** In order of time. */
  readonly purchases: readonly Purchase[];
  /** Products of its open opportunities. */
  readonly pipeline: ReadonlySet<string>;
  /** Products whose every offer is barred here by its eligibility, each with the conditions that bar it. */
  readonly notEligible: ReadonlyMap<string, readonly Test[]>;
  /** What serving it costs, for one sale, in minor units; absent: not known. */
  readonly costToServeMinor?: number;
  /** How each of the values is known. */
  readonly known: readonly (HowKnown | undefined)[];
  /** As known in the end: attributes of the account, one a place of {@link AccountBook.attributes}. */
  readonly values: readonly (AttributeValue | undefined)[];
}

export interface HowKnown {
  readonly grade: Grade;
  readonly day: number;
}

export interface Purchase {
  /** Days since 1970-01-01 in the company's zone. */
  readonly day: number;
  /** The id of the catalogue's product, else what the fact says. */
  readonly product?: string;
  /** Minor units of the playbook's currency; absent: not told, or in another currency. */
  readonly amountMinor?: number;
}

export interface AccountBook {
  readonly accounts: readonly AccountEntry[];
  /** Of the account, by which it may be compared: choices, lists, numbers, yes and no. */
  readonly attributes: readonly Attribute[];
  /** The day on which it is closed, as in {@link Purchase.day}. */
  readonly today: number;
  /** Purchases in other currencies, whose amounts are not counted. */
  readonly otherCurrency: number;
}

const COMPARED = new Set<Attribute['type']>(['choice', 'multi', 'number', 'boolean']);
/** Attributes of an opportunity that name its product, where they are declared. */
const PRODUCT_ATTRIBUTES = ['opportunity.product', 'opportunity.productName'];

/** Gathers accounts; the facts of each come in order, each once. */
export function createAccountBook(
  playbook: Playbook,
  { until = Number.POSITIVE_INFINITY, purchase, product, amount }: AccountBookOptions,
): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(): AccountBook;
} {
  const plan = createAttributePlan(playbook);
  const attributes = playbook.attributes.filter(
    ({ of, type, machine }) => of === 'account' && COMPARED.has(type) && !machine,
  );
  const productIds = new Map<string, string>();
  for (const { id, label } of playbook.products) {
    productIds.set(label, id);
    productIds.set(id, id);
  }
  const productOf = (told: JsonValue | AttributeValue | undefined): string | undefined =>
    typeof told === 'string' && told !== '' ? (productIds.get(told) ?? told) : undefined;
  const offers = offersOf(playbook);
  const open: OpenEntry[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let otherCurrency = 0;

  function toPurchase({ occurredAt, data }: Fact): Purchase {
    const paid = Object.hasOwn(data, amount) ? data[amount] : undefined;
    const isOwn = isMoney(paid) && paid.currency === playbook.currency;
    if (isMoney(paid) && !isOwn) otherCurrency++;
    const bought = productOf(Object.hasOwn(data, product) ? data[product] : undefined);
    return {
      day: dayNumber(occurredAt, plan.zone),
      ...(bought !== undefined && { product: bought }),
      ...(isOwn && { amountMinor: paid.amountMinor }),
    };
  }

  return {
    add(account, facts) {
      const own = facts.filter(
        ({ subjects, occurredAt }) => occurredAt <= until && subjects.includes(account),
      );
      const folding: Folding = { ...draftRecords({}, true), rates: {} };
      for (const fact of own) {
        foldFact(folding, fact, plan);
        folding.changes.length = 0;
      }
      if (folding.records[account]?.deleted || own.length === 0) return;
      last = Math.max(last, own.at(-1)?.occurredAt ?? last);
      const purchases = own.filter(({ type }) => type === purchase).map(toPurchase);
      open.push({ account, purchases, records: folding.records });
    },
    finish() {
      const closed = Number.isFinite(until) ? until : last;
      const today = Number.isFinite(closed) ? dayNumber(closed, plan.zone) : 0;
      return { accounts: open.map((one) => close(one, today)), attributes, today, otherCurrency };
    },
  };

  function close({ account, purchases, records }: OpenEntry, today: number): AccountEntry {
    const record = records[account];
    const scene = record && sceneOf(plan, { key: account, records, today }, record);
    const deals = Object.values(records).filter(
      ({ id, deleted, values }) =>
        kindOf(id) === 'opportunity' && !deleted && values.open?.value === true,
    );
    const name = record?.values.name?.value;
    return {
      account,
      ...(typeof name === 'string' && { name }),
      purchases,
      pipeline: new Set(
        deals.flatMap(({ values }) =>
          PRODUCT_ATTRIBUTES.flatMap(
            (id) => productOf(values[placeOf(plan, id).bare]?.value) ?? [],
          ),
        ),
      ),
      values: attributes.map(({ id, type }) =>
        fittingValue(scene && readPlace(scene, placeOf(plan, id)), type),
      ),
      known: attributes.map(({ id }) => {
        const evidence = scene && evidenceFor(scene, id);
        if (!evidence) return undefined;
        const at = 'at' in evidence ? evidence.at.occurredAt : evidence.occurredAt;
        return { grade: evidence.grade, day: dayNumber(at, plan.zone) };
      }),
      notEligible: scene ? notEligibleIn(scene) : new Map(),
      ...costToServeIn(scene),
    };
  }

  function costToServeIn(scene: Scene | undefined): Pick<AccountEntry, 'costToServeMinor'> {
    const attribute = playbook.profitGate?.costToServe;
    const cost = scene && attribute !== undefined ? readAttribute(scene, attribute) : undefined;
    return typeof cost === 'number' ? { costToServeMinor: cost } : {};
  }

  /** By the conditions of the account alone: who asks is nobody here. */
  function notEligibleIn(scene: Scene): ReadonlyMap<string, readonly Test[]> {
    const situated = situate(scene);
    const barred = new Map<string, readonly Test[]>();
    for (const [offered, conditions] of offers) {
      const bars = conditions.map((parts) =>
        parts.filter((test) => judge(test, situated) === false),
      );
      if (bars.every((tests) => tests.length > 0)) barred.set(offered, bars.flat());
    }
    return barred;
  }
}

/** By product, of each play that offers it, the tests of the account that all must hold. */
function offersOf({ plays }: Playbook): ReadonlyMap<string, readonly (readonly Test[])[]> {
  const offers = new Map<string, (readonly Test[])[]>();
  for (const { offers: product, eligibility } of plays) {
    if (product === undefined) continue;
    const parts =
      eligibility === undefined ? [] : 'all' in eligibility ? eligibility.all : [eligibility];
    const tests = parts.filter(
      (part): part is Test => 'attribute' in part && part.attribute.startsWith('account.'),
    );
    push(offers, product, tests);
  }
  return offers;
}

/** An account before it is known on which day the book is closed. */
interface OpenEntry {
  readonly account: SubjectKey;
  readonly purchases: readonly Purchase[];
  readonly records: Folding['records'];
}
