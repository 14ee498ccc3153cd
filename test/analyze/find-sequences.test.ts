import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  closedSequences,
  type FoundSequence,
  findSequences,
  happens,
  isPartOf,
  type Sequence,
  type Timeline,
} from '../../src/analyze/find-sequences.js';
import { createRandom } from '../../src/core/random.js';
import { runThrough } from '../../src/core/run-sliced.js';

/** A timeline a line, a step a word, a kind a letter. */
function read(lines: readonly string[]): readonly Timeline[] {
  return lines.map((line) => line.split(' ').map((word, at) => ({ kinds: Array.from(word), at })));
}
const write = (sequence: Sequence): string => sequence.map((kinds) => kinds.join('')).join(' ');
const writeAll = (found: readonly FoundSequence[]): readonly string[] =>
  found.map(({ sequence, timelines }) => `${write(sequence)}: ${timelines.length}`).sort();

describe('sequences of the example of PrefixSpan', () => {
  // Pei et al. 2001, figure 1, as SPMF ships it.
  const timelines = read(['1 123 13 4 36', '14 3 23 15', '56 12 46 3 2', '5 7 16 3 2 3']);
  const found = runThrough(findSequences(timelines, { minCount: 2 }));

  it('are 53, 39 of them in two timelines, 9 in three and 5 in four', () => {
    const of = (count: number): number =>
      found.filter(({ timelines: where }) => where.length === count).length;
    assert.deepEqual([found.length, of(2), of(3), of(4)], [53, 39, 9, 5]);
  });

  it('are 17 without those that a longer one says as well', () => {
    assert.deepEqual(
      writeAll(closedSequences(found)),
      [
        [
          '1 2: 4',
          '1 2 3: 2',
          '1 23 1: 2',
          '1 3: 4',
          '1 3 2: 3',
          '1 3 3: 3',
          '12 4 3: 2',
          '12 6: 2',
        ],
        [
          '2 3: 3',
          '4 3: 3',
          '4 3 2: 2',
          '5: 3',
          '5 1 3 2: 2',
          '5 2 3: 2',
          '5 6 3 2: 2',
          '6: 3',
          '6 2 3: 2',
        ],
      ]
        .flat()
        .sort(),
    );
  });
});

describe('limits on the time of a sequence', () => {
  const timelines: readonly Timeline[] = [
    [
      { kinds: ['call'], at: 0 },
      { kinds: ['mail'], at: 5 },
      { kinds: ['call'], at: 20 },
      { kinds: ['visit'], at: 24 },
    ],
  ];
  const found = (limits: object): readonly string[] =>
    runThrough(findSequences(timelines, { minCount: 1, mostKinds: 3, ...limits })).map(
      ({ sequence }) => sequence.flat().join(' '),
    );

  it('leave a long gap out, and a later start may still make it', () => {
    assert.ok(found({}).includes('mail visit'));
    assert.ok(!found({ mostGap: 10 }).includes('mail visit'));
    assert.ok(found({ mostGap: 10 }).includes('call visit'));
  });

  it('leave a long span out, though each gap is short enough', () => {
    assert.ok(found({ mostGap: 15 }).includes('call mail call'));
    assert.ok(!found({ mostGap: 15, mostSpan: 19 }).includes('call mail call'));
    assert.ok(found({ mostGap: 15, mostSpan: 19 }).includes('mail call visit'));
  });
});

const random = createRandom('sequences');
const below = (end: number): number => Math.floor(random() * end);

/** Whether some choice of rising steps meets it all: by trying each. */
function isIn(
  sequence: Sequence,
  timeline: Timeline,
  { mostGap = 1e9, mostSpan = 1e9 },
  first = -1,
  last = -1,
): boolean {
  const [kinds, ...rest] = sequence;
  if (kinds === undefined) return true;
  return timeline.some(({ kinds: here, at }, step) => {
    if (step <= last || !kinds.every((kind) => here.includes(kind))) return false;
    if (last >= 0 && at - (timeline[last]?.at ?? 0) > mostGap) return false;
    const start = first < 0 ? step : first;
    return (
      at - (timeline[start]?.at ?? 0) <= mostSpan &&
      isIn(rest, timeline, { mostGap, mostSpan }, start, step)
    );
  });
}

describe('sequences found', () => {
  it('are those that trying every one finds, on 40 random sets of timelines, with and without limits', () => {
    // Every sequence of up to three kinds out of a, b and c.
    const sets = ['a', 'b', 'c', 'ab', 'ac', 'bc', 'abc'];
    const every = sets
      .flatMap((x) => [[x], ...sets.flatMap((y) => [[x, y], ...sets.map((z) => [x, y, z])])])
      .filter((words) => words.join('').length <= 3)
      .map((words) => words.map((word) => Array.from(word)));
    for (let round = 0; round < 40; round++) {
      const timelines: readonly Timeline[] = Array.from({ length: 6 }, () => {
        let at = 0;
        return Array.from({ length: 1 + below(6) }, () => {
          at += 1 + below(4);
          return { kinds: Array.from(sets[below(sets.length)] as string), at };
        });
      });
      const limits =
        [{}, { mostGap: 3 }, { mostSpan: 5 }, { mostGap: 4, mostSpan: 6 }][round % 4] ?? {};
      const minCount = 1 + below(4);
      const expected = every.flatMap((sequence) => {
        const where = timelines.flatMap((one, i) => (isIn(sequence, one, limits) ? [i] : []));
        for (const [i, one] of timelines.entries())
          assert.equal(happens(sequence, one, limits), where.includes(i));
        return where.length >= minCount ? [`${write(sequence)}: ${where}`] : [];
      });
      const found = runThrough(findSequences(timelines, { minCount, mostKinds: 3, ...limits }));
      assert.deepEqual(
        found.map(({ sequence, timelines: where }) => `${write(sequence)}: ${where}`).sort(),
        expected.sort(),
        JSON.stringify({ timelines, limits, minCount }),
      );
    }
  });

  it('are part of a longer one step by step, in order', () => {
    assert.ok(isPartOf([['a'], ['b']], [['a', 'c'], ['c'], ['b']]));
    assert.ok(!isPartOf([['b'], ['a']], [['a', 'b']]));
    assert.ok(!isPartOf([['a'], ['a']], [['a']]));
  });
});
