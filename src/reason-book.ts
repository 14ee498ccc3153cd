import { push } from './core/push.js';
import type { Fact } from './domain/fact.js';
import type { Play, Playbook, Product } from './domain/playbook.js';
import {
  type AttributeValue,
  type JsonObject,
  kindOf,
  type RecordId,
  type SubjectKey,
} from './domain/value.js';
import { createForecastBook, type ForecastDeal, stateAt } from './forecast-book.js';

export interface ReasonQuestion {
  readonly outcome: string;
  readonly won: readonly AttributeValue[];
  readonly lost: readonly AttributeValue[];
  /** Qualified attribute of the opportunity: why it was lost. */
  readonly reason: string;
  /** Qualified attributes of it; the first one that a deal tells is the product or service that it is about. */
  readonly products: readonly string[];
  /** What else is kept of each deal. */
  readonly keep: readonly string[];
}

/** A deal that was lost, or a card that was set aside. */
export interface Refusal {
  readonly kind: 'lost' | 'dismissed';
  readonly account: SubjectKey;
  readonly record: RecordId;
  readonly name?: string;
  /** Absent: it is about none that is told. */
  readonly product?: string;
  readonly reason?: string;
  /** Who lost it or set it aside. */
  readonly by?: RecordId;
  /** Of a deal, where it is known. */
  readonly amountMinor?: number;
}

export interface ReasonBook {
  readonly deals: readonly ForecastDeal[];
  /** One a deal; undefined: it was not lost. */
  readonly losses: readonly (Refusal | undefined)[];
  readonly dismissals: readonly Refusal[];
}

/**
 * Gathers why deals were lost and cards were set aside, with the product that each is about: of a deal its own; of a card
 * the product on offer, else that of its deal, else the one that its content is tagged with. The facts of each account
 * come in order, each once.
 */
export function createReasonBook(
  playbook: Playbook,
  { outcome, won, lost, reason, products, keep }: ReasonQuestion,
): { add(account: SubjectKey, facts: readonly Fact[]): void; finish(): ReasonBook } {
  const deals = createForecastBook(playbook, {
    ...{ outcome, won, lost, said: outcome },
    keep: [...new Set([reason, ...products, ...keep])],
  });
  const plays = new Map(playbook.plays.map((play) => [play.id, play]));
  const productNamed = productsByName(playbook.products);
  const dismissals: (Refusal & { readonly play?: Play })[] = [];

  function add(account: SubjectKey, facts: readonly Fact[]): void {
    deals.add(account, facts);
    const answers = facts.filter(
      ({ type, subjects }) => type === 'response' && subjects.includes(account),
    );
    const undone = new Set(answers.map(({ data }) => `response/${responseOf(data).of}`));
    // Who says the same of one card twice has said it once, and the last word counts.
    const last = new Map<string, Fact>();
    for (const fact of answers)
      if (responseOf(fact.data).kind === 'not-relevant' && !undone.has(fact.id))
        last.set(`${fact.by}|${fact.data.play}|${fact.data.record}`, fact);
    for (const { by, data } of last.values()) {
      const play = plays.get(String(data.play));
      dismissals.push({
        ...{ kind: 'dismissed', account, record: String(data.record) },
        reason: String(responseOf(data).reason),
        ...(by !== undefined && { by }),
        ...(play && { play }),
      });
    }
  }

  return {
    add,
    finish() {
      const { deals: all } = deals.finish();
      const about = new Map(all.map((deal) => [deal.record, productOf(deal)]));
      return {
        deals: all,
        losses: all.map((deal) => lossOf(deal)),
        dismissals: dismissals.map(({ play, ...one }) => {
          const [tagged] = products.flatMap((attribute) => {
            const values = play?.content?.[attribute];
            return Array.isArray(values) && values.length === 1 ? [String(values[0])] : [];
          });
          const named =
            play?.offers ??
            (kindOf(one.record) === 'opportunity' ? about.get(one.record) : undefined) ??
            tagged;
          return { ...one, ...(named !== undefined && { product: productNamed(named) }) };
        }),
      };
    },
  };

  function productOf(deal: ForecastDeal): string | undefined {
    return products.flatMap((attribute) => textOf(deal, attribute) ?? [])[0];
  }

  function lossOf(deal: ForecastDeal): Refusal | undefined {
    const { account, record, name, owner, end } = deal;
    if (!end || end.isWon) return undefined;
    const [why, what] = [textOf(deal, reason), productOf(deal)];
    const { amountMinor } = stateAt(deal, end.at) ?? {};
    return {
      ...{ kind: 'lost', account, record },
      ...(name !== undefined && { name }),
      ...(owner !== undefined && { by: owner }),
      ...(why !== undefined && { reason: why }),
      ...(what !== undefined && { product: productNamed(what) }),
      ...(amountMinor !== undefined && { amountMinor }),
    };
  }
}

const responseOf = (data: JsonObject): JsonObject => (data.response ?? {}) as JsonObject;

function textOf({ kept }: ForecastDeal, attribute: string): string | undefined {
  const value = kept?.get(attribute);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A product is called by its id or its label; both are one. */
function productsByName(products: readonly Product[]): (name: string) => string {
  const byLabel = new Map<string, string[]>();
  for (const { id, label } of products) push(byLabel, label, id);
  const ids = new Set(products.map(({ id }) => id));
  return (name) => {
    const alike = byLabel.get(name) ?? [];
    return !ids.has(name) && alike.length === 1 ? (alike[0] as string) : name;
  };
}
