const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next attempt: what the CRM asks for and up to a second on top of it, so that all who were
 * refused do not come back at one moment; else anything up to a bound that doubles with each attempt.
 */
export function retryDelay(
  attempt: number,
  after: number | undefined,
  random: () => number,
): number {
  if (after !== undefined) return Math.ceil(after + random() * 1_000);
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.ceil(most / 2 + random() * (most / 2));
}

/** Milliseconds of a `Retry-After` header, which is seconds or a date. */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
