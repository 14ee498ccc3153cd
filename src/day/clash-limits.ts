import { buildModel } from './build-model.js';
import type { ClashLimit } from './day-plan.js';
import type { DayProblem } from './day-problem.js';
import { minutesOf } from './make-rooms.js';
import { isOfKind, type LimitKind, type Wish, withWishes } from './wishes.js';

/** The limits that stand against some wishes, with what they allow. */
export function clashLimits(
  problem: DayProblem,
  wishes: readonly Wish[],
  kinds: readonly LimitKind[],
): readonly ClashLimit[] {
  const model = buildModel(withWishes(problem, wishes));
  return kinds.flatMap((kind): readonly ClashLimit[] => {
    const rows = model.rows.filter(({ limit }) => isOfKind(limit, kind));
    const [first] = rows;
    switch (kind) {
      case 'hours': {
        const rooms = [...new Set(model.columns.map(({ room }) => room))].flatMap(
          (room) => model.rooms[room] ?? [],
        );
        const reps = new Set(rooms.map(({ rep }) => rep));
        const minutes = rooms.reduce((sum, room) => sum + minutesOf(room), 0);
        const [rep] = reps;
        return [{ kind, minutes, ...(reps.size === 1 && rep !== undefined && { rep }) }];
      }
      case 'contact-policy': {
        if (first?.limit.kind !== kind) return [];
        const buyers = new Set(rows.map(({ limit }) => limit.kind === kind && limit.buyer));
        const { buyer, touches, days } = first.limit;
        const used = (problem.touches.get(buyer) ?? []).length;
        return [{ kind, touches, days, used, ...(buyers.size === 1 && { buyer }) }];
      }
      case 'alike':
      case 'order':
        return [{ kind }];
      default:
        return [{ kind, most: first?.bound ?? 0 }];
    }
  });
}
