import { relative } from 'node:path';
import { inspect } from 'node:util';

const summary = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /;

const LONGEST = 12;

/**
 * A reporter for `node --test`: failures in full, which files took longest, and at the end one line of JSON for
 * scripts/test.mjs.
 */
export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const took = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type === 'test:diagnostic' && !summary.test(data.message)) yield `${data.message}\n`;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const name = relative('.', data.file ?? '');
    if (data.nesting === 0) took.set(name, (took.get(name) ?? 0) + data.details.duration_ms / 1000);
    const error = data.details.error;
    // Node reports a file under its own name when it did not load, and when it holds no test at all.
    const file = data.nesting === 0 && data.name.endsWith('.test.ts');
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped++;
    else if (type === 'test:fail' || file) {
      if (error?.failureType === 'subtestsFailed') continue; // Each of them was counted.
      counts.failed++;
      const problem = error ? inspect(error.cause ?? error) : 'This file holds no test.';
      yield `\n✗ ${name}: ${data.name}\n${problem.replace(/^/gm, '    ')}\n`;
    } else if (data.details.type !== 'suite') counts.passed++;
  }
  const longest = [...took].sort(([, a], [, b]) => b - a).slice(0, LONGEST);
  yield `\nLongest, without their start: ${longest.map(([file, s]) => `${file} ${s.toFixed(1)} s`).join(', ')}\n`;
  yield `\n${JSON.stringify(counts)}\n`;
}
