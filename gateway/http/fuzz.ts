/** `npm run fuzz -- --requests 20000 --seed S`: prints what was asked and found; 1 when something is wrong. */
import { test } from 'node:test';
import { parseArgs } from 'node:util';
import { formatFuzz } from './fuzz/format-fuzz.js';
import { runFuzz } from './fuzz/run-fuzz.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});

// The test database is dropped when the tests of the process are over.
test(`seed ${values.seed}`, async () => {
  const result = await runFuzz({
    requests: Number(values.requests),
    seed: values.seed,
    ...(values.only !== undefined && { only: Number(values.only) }),
  });
  console.log(formatFuzz(result));
  if (result.faults.length > 0) process.exitCode = 1;
});
