import { type ForecastDeal, stateAt } from './forecast-book.js';

/** What buyers of won deals had done before the deal was first said to be somewhere. */
export interface StageEvidence {
  readonly said: string;
  /** Won deals that were there. */
  readonly deals: number;
  /** Kinds of acts that most of them had seen, with the share that had. */
  readonly usual: readonly { readonly type: string; readonly share: number }[];
}

/** An open deal, where it is said to be, and what the buyer's own acts bear out. */
export interface DealEvidence {
  readonly deal: ForecastDeal;
  readonly said: string;
  /** The furthest of the stages for which the buyer has done what buyers of won deals had; absent: not even the first. */
  readonly borneOut?: string;
  readonly done: readonly { readonly type: string; readonly count: number; readonly at: number }[];
  /** Of what is usual where it is said to be. */
  readonly missing: readonly { readonly type: string; readonly share: number }[];
}

const FEWEST = 20;
/** What so many of the won deals had seen by then is usual. */
const USUAL = 0.75;

/** @param order where a deal may be said to be, the earliest first; what is not in it is not looked at */
export function learnEvidence(
  deals: readonly ForecastDeal[],
  order: readonly string[],
): readonly StageEvidence[] {
  return order.flatMap((said): readonly StageEvidence[] => {
    const seen = deals.flatMap(({ end, states, acts }) => {
      if (!end?.isWon) return [];
      const until = states.find((state) => state.said === said && state.at < end.at)?.at;
      if (until === undefined) return [];
      return [new Set(acts.flatMap(({ at, type }) => (at < until ? [type] : [])))];
    });
    if (seen.length < FEWEST) return [];
    const types = [...new Set(seen.flatMap((own) => [...own]))];
    return [
      {
        said,
        deals: seen.length,
        usual: types
          .map((type) => ({
            type,
            share: seen.filter((own) => own.has(type)).length / seen.length,
          }))
          .filter(({ share }) => share >= USUAL)
          .sort((one, other) => other.share - one.share || (one.type < other.type ? -1 : 1)),
      },
    ];
  });
}

/** Each open deal at a moment, those first where most is missing. */
export function holdAgainstEvidence(
  deals: readonly ForecastDeal[],
  evidence: readonly StageEvidence[],
  now: number,
): readonly DealEvidence[] {
  const bySaid = new Map(evidence.map((one) => [one.said, one]));
  return deals
    .flatMap((deal): readonly DealEvidence[] => {
      if (deal.began > now || (deal.end && deal.end.at <= now)) return [];
      const { said } = stateAt(deal, now) ?? {};
      const own = said === undefined ? undefined : bySaid.get(said);
      if (said === undefined || !own) return [];
      const acts = deal.acts.filter(({ at }) => at <= now);
      const has = new Set(acts.map(({ type }) => type));
      const lacks = ({ usual }: StageEvidence): StageEvidence['usual'] =>
        usual.filter(({ type }) => !has.has(type));
      let borneOut: string | undefined;
      for (const stage of evidence) {
        if (lacks(stage).length > 0) break;
        borneOut = stage.said;
        if (stage.said === said) break;
      }
      return [
        {
          deal,
          said,
          ...(borneOut !== undefined && { borneOut }),
          done: [...has].map((type) => {
            const own = acts.filter((one) => one.type === type);
            return { type, count: own.length, at: own.at(-1)?.at ?? 0 };
          }),
          missing: lacks(own),
        },
      ];
    })
    .sort((one, other) => other.missing.length - one.missing.length);
}
