import { dateOfDay, dayOfDate } from '../../src/core/zone.js';

/** How often, and when, something that is not asked for may come to a rep outside the panel. */
export interface NotificationBudget {
  /** `HH:MM` on the clock where the rep is, from one to the other; days without work are quiet as well. */
  readonly quiet: { readonly from: string; readonly to: string };
  /** In seven days, today among them. */
  readonly perWeek: number;
}

export const DEFAULT_BUDGET: NotificationBudget = {
  quiet: { from: '18:00', to: '07:30' },
  perWeek: 5,
};

/** The first of the seven days that end with this one, `YYYY-MM-DD`. */
export const firstOfWeek = (date: string): string => dateOfDay(dayOfDate(date) - 6);

/**
 * Whether nothing more may come on this day.
 * @param sent The days on which something came, of the seven.
 */
export function isSpent(
  sent: readonly string[],
  date: string,
  { perWeek }: Pick<NotificationBudget, 'perWeek'>,
): boolean {
  const first = firstOfWeek(date);
  return sent.filter((one) => one >= first && one <= date).length >= perWeek;
}
