/** A number, or nothing. */
export const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;
