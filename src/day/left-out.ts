import type { DayLimit, DayModel, Row } from './day-model.js';
import type { LeftOut } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import { groupBy } from './group-rows.js';
import { reducedValues } from './prices.js';
import type { Solved } from './solve-model.js';
import { toProgram } from './to-program.js';
import { createUsage } from './usage.js';

/** Every candidate that is not planned, with the limit that stands in its way. */
export function findLeftOut(
  { candidates, hands }: DayProblem,
  model: DayModel,
  { chosen, prices }: Pick<Solved, 'chosen' | 'prices'>,
): readonly LeftOut[] {
  const { columns, rows, musts } = model;
  const usage = createUsage(model, toProgram(model), chosen);
  const reduced = reducedValues(model, prices);
  const excluded = new Set(hands.flatMap((one) => (one.kind === 'exclude' ? [one.candidate] : [])));
  const isMust = new Set(musts.map(({ candidate }) => candidate));
  const own = groupBy(columns, ({ candidate }) => candidate);
  const rivals = rows.map((row) => loneIn(row, chosen));
  const idOf = (column: number): string => candidates[columns[column]?.candidate ?? 0]?.id ?? '';
  return candidates.flatMap(({ id, value }, candidate): readonly LeftOut[] => {
    const places = own.get(candidate) ?? [];
    if (places.some((column) => chosen[column] === 1)) return [];
    const must = isMust.has(candidate) ? ({ isMust: true } as const) : {};
    if (excluded.has(id)) return [{ candidate: id, because: 'excluded', lacks: 0 }];
    if (value <= 0 && !isMust.has(candidate))
      return [{ candidate: id, because: 'no-gain', lacks: -value }];
    const [best, ...others] = places;
    if (best === undefined) return [{ candidate: id, because: 'no-time', lacks: 0, ...must }];
    const nearest = others.reduce(
      (found, column) => ((reduced[column] ?? 0) > (reduced[found] ?? 0) ? column : found),
      best,
    );
    const full = usage.findFull(nearest);
    const limit = full === undefined ? undefined : rows[full]?.limit;
    const alone = full === undefined ? undefined : rivals[full];
    const rival = alone === undefined ? undefined : idOf(alone);
    return [
      {
        candidate: id,
        because: reasonOf(limit),
        lacks: Math.max(0, -(reduced[nearest] ?? 0)),
        ...(rival !== undefined && rival !== id && { behind: rival }),
        ...must,
      },
    ];
  });
}

/** What alone is chosen of a row; undefined where it is nothing, or several. */
function loneIn({ columns }: Row, chosen: Uint8Array): number | undefined {
  const first = columns.find((column) => chosen[column] === 1);
  const last = columns.findLast((column) => chosen[column] === 1);
  return first === last ? first : undefined;
}

function reasonOf(limit: DayLimit | undefined): LeftOut['because'] {
  switch (limit?.kind) {
    case 'load-minutes':
    case 'load-items':
      return 'load';
    case 'contact-policy':
    case 'alike':
    case 'order':
      return limit.kind;
    case 'tried':
    case 'tried-play':
      return 'tried';
    default:
      return 'hours';
  }
}
