import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { EventTests, Pattern, SequencePattern, Span, Step } from '../../domain/pattern.js';
import { mostKept } from './compile-patterns.js';
import { factOf, HOUR, one, planOf, watch } from './fixtures.js';
import { completeByDefinition } from './twin.js';

const type = fc.constantFrom('A', 'B', 'C', 'D');
const types = fc.uniqueArray(type, { minLength: 1, maxLength: 2 }).map((some) => one(...some));
const span: fc.Arbitrary<Span> = fc.oneof(
  fc.integer({ min: 1, max: 6 }).map((n) => ({ ms: n * HOUR })),
  fc.integer({ min: 1, max: 2 }).map((n) => ({ days: n })),
  fc.integer({ min: 1, max: 2 }).map((n) => ({ workdays: n })),
);
const without = fc.option(types, { nil: undefined });
const given = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

/** Facts a few hours apart, around a weekend in which Berlin's clock is set back; often several at one moment. */
const stream = fc
  .array(
    fc.record({
      type,
      later: fc.constantFrom(0, 0, 1, 1, 2, 5, 26),
      data: fc.record({ p: fc.nat(3), q: fc.nat(2) }, { requiredKeys: ['q'] }),
    }),
    { maxLength: 9 },
  )
  .map((items) => {
    let at = Date.UTC(2027, 9, 29, 9);
    return items.map(({ type: name, later, data }, k) => {
      at += later * HOUR;
      return factOf(`${k}-${name}`, name, at, { ...data });
    });
  });

const silence = fc.record({ no: types, within: span });
const sequence = fc
  .record({
    ones: fc.array(types, { minLength: 1, maxLength: 3 }),
    between: fc.array(fc.option(types, { nil: undefined }), { minLength: 2, maxLength: 2 }),
    quiet: fc.option(silence, { nil: undefined, freq: 3 }),
    ending: fc.option(silence, { nil: undefined, freq: 2 }),
    within: span,
    strict: fc.constantFrom(true as const, undefined, undefined),
    without,
  })
  .map(({ ones, between, quiet, ending, within, strict, without: gone }): Pattern => {
    const steps = ones.flatMap((step, k): readonly Step[] => {
      const no = k < ones.length - 1 ? between[k] : undefined;
      return [{ one: step }, ...(no ? [{ no }] : [])];
    });
    return given({
      sequence: [...(quiet ? [quiet] : []), ...steps, ...(ending ? [ending] : [])],
      within,
      strict,
      without: gone,
    }) as Pattern;
  });
/** The same where events, and what must not come, are compared with earlier steps. */
const compared = fc.gen().map((pick): Pattern => {
  const pattern = pick(() => sequence) as SequencePattern;
  let ones = 0;
  const against = (tests: EventTests): EventTests =>
    tests.map((test) => {
      const compare = Array.from({ length: ones > 0 ? pick(fc.nat, { max: 2 }) : 0 }, () => ({
        field: pick(fc.constantFrom, 'p', 'q'),
        is: pick(fc.constantFrom, ...(['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const)),
        step: pick(fc.nat, { max: ones - 1 }),
        of: pick(fc.constantFrom, 'p', 'q'),
      }));
      return { ...test, ...(compare.length > 0 && { compare }) };
    });
  const steps = pattern.sequence.map((step): Step => {
    if ('no' in step) return { ...step, no: against(step.no) };
    const compared: Step = { one: against(step.one) };
    ones += 1;
    return compared;
  });
  return { ...pattern, sequence: steps };
});
const all = fc
  .record({ all: fc.array(types, { minLength: 2, maxLength: 3 }), within: span, without })
  .map(given) as fc.Arbitrary<Pattern>;
const count = fc
  .record({ count: fc.integer({ min: 2, max: 4 }), of: types, within: span, without })
  .map(given) as fc.Arbitrary<Pattern>;
const first = types.map((tests): Pattern => ({ first: tests }));

/** Days lie around the end of a clock's hour that comes twice, so that later beginnings can be due earlier. */
function agrees(patterns: fc.Arbitrary<Pattern>, seed: number, numRuns: number): void {
  let complete = 0;
  fc.assert(
    fc.property(patterns, stream, (pattern, facts) => {
      const plan = planOf({ play: { pattern } });
      const until = (facts.at(-1)?.occurredAt ?? 0) + 24 * HOUR;
      const { completed } = watch(plan, facts, until);
      expect(completed.map(({ begin }) => begin)).to.deep.equal(
        completeByDefinition(pattern, facts, until, plan.days),
      );
      complete += completed.length;
    }),
    { seed, numRuns },
  );
  expect(complete, 'enough to be sure of').to.be.greaterThan(numRuns / 10);
}

describe('patterns against trying every choice of facts', () => {
  it('sequences of every kind', () => {
    agrees(sequence, 21, 3000);
  });
  it('sequences that compare with earlier events', () => {
    agrees(compared, 26, 4000);
  });
  it('all of several', () => {
    agrees(all, 22, 1000);
  });
  it('counts', () => {
    agrees(count, 23, 1000);
  });
  it('firsts', () => {
    agrees(first, 24, 200);
  });
});

describe('what is remembered', () => {
  it('is bounded by the pattern, and is plain JSON, however many facts come', () => {
    fc.assert(
      fc.property(
        fc.oneof(sequence, compared, all, count),
        fc.array(type, { minLength: 60, maxLength: 60 }),
        (pattern, names) => {
          const plan = planOf({ play: { pattern } });
          const watcher = plan.byPlay.get('play');
          const most = watcher ? mostKept(watcher.watched) : 0;
          const facts = names.map((name, k) =>
            factOf(`${100 + k}`, name, k * 60_000, { p: k, q: k % 7 }),
          );
          for (const memory of watch(plan, facts).memories) {
            const kept = Object.values(memory.watches.play ?? {}).flatMap(
              ({ held, waiting, alsoWaiting }) => [
                ...(held ?? []).flatMap((one) => one?.facts ?? []),
                ...(waiting?.facts ?? []),
                ...(alsoWaiting ?? []).flatMap(({ facts: some }) => some),
              ],
            );
            expect(kept.length).to.be.at.most(most);
            expect(JSON.parse(JSON.stringify(memory))).to.deep.equal(memory);
          }
        },
      ),
      { seed: 25, numRuns: 60 },
    );
  });
});
