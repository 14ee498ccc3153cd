import type { FuzzResult } from './run-fuzz.js';

/** What a run of the fuzzer asked and found, to read. */
export function formatFuzz({
  requests,
  overSockets,
  statuses,
  reached,
  faults,
  slowestMs,
}: FuzzResult): string {
  return [
    `${requests} requests, ${overSockets} of them over sockets; the slowest took ${slowestMs} ms`,
    `answers: ${Object.entries(statuses)
      .map(([status, times]) => `${status} ${times}`)
      .join(', ')}`,
    'as documented, by somebody with the role: done, of',
    ...Object.entries(reached)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([operation, [good, all]]) => `  ${operation}  ${good} of ${all}`),
    ...faults.map(
      ({ fault, first, times }) => `WRONG, ${times} times: ${fault}\n    first ${first}`,
    ),
    faults.length === 0 ? 'nothing wrong' : `${faults.length} things wrong`,
  ].join('\n');
}
