/** A month is a twelfth of 365.25 days. */
const DAYS = { day: 1, week: 7, month: 30.4375, year: 365.25 } as const;

export type TimeUnit = keyof typeof DAYS;

/** A length of time says in what it is told: 39 weeks are not 39 days. */
export interface Span {
  readonly amount: number;
  readonly unit: TimeUnit;
}

/** The same length of time, told in another unit. */
export function inUnit({ amount, unit }: Span, other: TimeUnit): number {
  return (amount * DAYS[unit]) / DAYS[other];
}
