import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OpportuneError } from 'opportune';
import { together } from './together.js';

/** Doubles numbers, remembers what was asked for together, and may fail. */
function createDoubling(fail: (numbers: readonly number[]) => OpportuneError | undefined) {
  const asked: (readonly number[])[] = [];
  const double = together<number, number>(
    async (numbers) => {
      asked.push(numbers);
      const error = fail(numbers);
      if (error) throw error;
      await new Promise((resolve) => setImmediate(resolve));
      return numbers.map((number) => 2 * number);
    },
    { most: 3 },
  );
  return { asked, double };
}

const failing = (code: OpportuneError['code']) => (numbers: readonly number[]) =>
  numbers.includes(3) ? new OpportuneError(code, 'three is too many') : undefined;

describe('calls of one moment', () => {
  it('go together, those that come meanwhile after them, at most so many at once, and each has its own answer', async () => {
    const { asked, double } = createDoubling(() => undefined);
    const first = [1, 2].map(double);
    await new Promise((resolve) => setImmediate(resolve));
    const later = [3, 4, 5, 6].map(double);
    assert.deepEqual(await Promise.all([...first, ...later]), [2, 4, 6, 8, 10, 12]);
    assert.deepEqual(asked, [[1, 2], [3, 4, 5], [6]]);
  });

  it('are carried out alone where one of them is at fault, and the others go well', async () => {
    const { asked, double } = createDoubling(failing('opportune/database-failed'));
    const [one, , three] = await Promise.allSettled([1, 2, 3].map(double));
    assert.deepEqual(one, { status: 'fulfilled', value: 2 });
    assert.equal(three?.status, 'rejected');
    assert.deepEqual(asked, [[1, 2, 3], [1], [2], [3]]);
    assert.equal(await double(4), 8);
  });

  it('fail together, once, where none of them can help it', async () => {
    const { asked, double } = createDoubling(failing('opportune/database-unavailable'));
    const told = await Promise.allSettled([1, 2, 3].map(double));
    assert.deepEqual(
      told.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.deepEqual(asked, [[1, 2, 3]]);
  });
});
