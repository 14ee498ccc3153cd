/** Now, by the clock of who answered where that is behind ours. */
export function theirTime(now: number, headers: Headers): number {
  const told = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(told) ? now : Math.min(now, told);
}
