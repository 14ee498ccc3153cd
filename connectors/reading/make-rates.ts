import type { Fact } from '../../src/domain/fact.js';
import { COMPANY } from '../../src/domain/value.js';

/** What one unit of a currency is worth in the company's own from a moment on. */
export interface RateChange {
  readonly currency: string;
  readonly worth: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** When it was last changed, where it holds from `at` on all the same. Absent: not after `at`. */
  readonly changedAt?: number;
}

/** CRMs convert what is older than their rates with the first that they have. */
const BEGINNING = Date.UTC(2000, 0, 1);

/** Facts of what each currency is worth in `to`: the first from the beginning on, and each from its moment on. */
export function* makeRates(
  changes: readonly RateChange[],
  {
    slot,
    corporate,
    to,
  }: { readonly slot: string; readonly corporate: string | undefined; readonly to: string },
): Generator<Fact> {
  const byCurrency = new Map<string, RateChange[]>();
  if (corporate !== undefined)
    byCurrency.set(corporate, [{ currency: corporate, worth: 1, at: BEGINNING }]);
  for (const change of changes.toSorted((a, b) => a.at - b.at)) {
    const isNumber = change.worth > 0 && change.worth < Number.POSITIVE_INFINITY;
    if (!isNumber || !(change.at > 0)) continue;
    const held = byCurrency.get(change.currency) ?? [];
    byCurrency.set(change.currency, held);
    if (change.currency !== corporate) held.push(change);
  }
  const own = byCurrency.get(to);
  if (!own) return;
  const inForce = (rates: readonly RateChange[], at: number): RateChange | undefined =>
    rates.findLast((rate) => rate.at <= at) ?? rates[0];
  for (const [from, rates] of byCurrency) {
    if (from === to) continue;
    const moments = [...rates, ...own].map(({ at }) => at).filter((at) => at > BEGINNING);
    const [first = BEGINNING] = moments.toSorted((a, b) => a - b);
    const tell = (name: string, occurredAt: number, at: number): Fact => {
      const [one, other] = [inForce(rates, occurredAt), inForce(own, occurredAt)];
      const learnedAt = Math.max(at, one?.changedAt ?? at, other?.changedAt ?? at);
      // A correction of what has long been in force is another fact, which is folded after the one that it corrects.
      const corrected = learnedAt > at ? `/${stampOf(learnedAt)}` : '';
      const rate = (one?.worth ?? Number.NaN) / (other?.worth ?? Number.NaN);
      return {
        id: `${slot}/${from}-${to}/${name}${corrected}`,
        type: 'rate',
        subjects: [COMPANY],
        about: [],
        occurredAt,
        learnedAt,
        grade: 'observed',
        source: { record: COMPANY },
        data: { from, to, rate: Number(rate.toPrecision(12)) },
      };
    };
    yield tell('first', BEGINNING, first);
    for (const at of [...new Set(moments)].sort((a, b) => a - b)) yield tell(stampOf(at), at, at);
  }
}

const stampOf = (at: number): string => new Date(at).toISOString().replaceAll(/[-:.]/g, '');
