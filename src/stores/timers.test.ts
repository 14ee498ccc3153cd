import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { createTimers } from './timers.js';

describe('timers', () => {
  it('give what sorting all of them gives, after any changes', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
    const change = fc.tuple(key, fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }));
    const look = fc.tuple(fc.integer({ min: -1, max: 13 }), fc.integer({ min: 0, max: 11 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(change, look), { maxLength: 60 }), (rounds) => {
        const timers = createTimers();
        const all = new Map<string, number>();
        for (const [[name, wakeAt], [now, limit]] of rounds) {
          timers.set(name, wakeAt);
          if (wakeAt === undefined) all.delete(name);
          else all.set(name, wakeAt);
          const sorted = [...all]
            .filter(([, at]) => at <= now)
            .sort(([a, at], [b, bt]) => at - bt || (a < b ? -1 : 1))
            .slice(0, limit);
          expect(timers.due(now, limit).map(({ key: k, wakeAt: at }) => [k, at])).to.deep.equal(
            sorted,
          );
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
