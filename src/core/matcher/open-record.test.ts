import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { dateOfDay } from '../../core/zone.js';
import type { Condition } from '../../domain/condition.js';
import { createMatcher, type MatcherAttribute } from './create-matcher.js';
import {
  attributes,
  conditions,
  entryLists,
  judged,
  NAMES,
  records,
  situateAll,
  type Values,
  valueFor,
} from './matcher-vocabulary.js';

describe('an open record', () => {
  it('tells exactly what a change of one attribute makes true and untrue, while entries come, change and go', () => {
    const set = fc.constantFrom(...NAMES).chain((name) =>
      fc
        .tuple(fc.constantFrom('one', 'other'), fc.constant(name), valueFor(name))
        .map(([who, attribute, value]) => ({
          act: 'set' as const,
          who,
          attribute,
          value,
        })),
    );
    const edit = fc.record({
      act: fc.constantFrom('add', 'replace', 'remove'),
      at: fc.nat(40),
      when: conditions,
    });
    const steps = fc.array(fc.oneof({ weight: 3, arbitrary: set }, edit), { maxLength: 25 });
    fc.assert(
      fc.property(entryLists, records, records, steps, (list, one, other, acts) => {
        const entries = new Map(list.map((entry) => [entry.id, entry]));
        const matcher = createMatcher(list, attributes);
        const values: { [who: string]: Values } = { one: { ...one }, other: { ...other } };
        const handles = { one: matcher.open(one), other: matcher.open(other) };
        for (const [i, step] of acts.entries()) {
          if (step.act === 'set') {
            const who = step.who as 'one' | 'other';
            const mine = values[who] as Values;
            const before = judged(entries.values(), situateAll(mine));
            mine[step.attribute] = step.value;
            const after = judged(entries.values(), situateAll(mine));
            expect(handles[who].set(step.attribute, step.value)).to.deep.equal({
              entered: after.filter((id) => !before.includes(id)),
              left: before.filter((id) => !after.includes(id)),
            });
          } else if (step.act === 'add') {
            const entry = { id: `n${i}`, when: step.when };
            entries.set(entry.id, entry);
            matcher.add(entry);
          } else {
            const id = [...entries.keys()][step.at % (entries.size || 1)];
            if (id === undefined) continue;
            if (step.act === 'remove') {
              entries.delete(id);
              expect(matcher.remove(id)).to.equal(true);
            } else {
              entries.set(id, { id, when: step.when });
              matcher.replace({ id, when: step.when });
            }
          }
        }
        for (const who of ['one', 'other'] as const) {
          const expected = judged(entries.values(), situateAll(values[who] as Values));
          expect(handles[who].ids()).to.deep.equal(expected);
          expect(matcher.match(values[who] as Values)).to.deep.equal(expected);
        }
      }),
      { seed: 34, numRuns: 250 },
    );
  });

  it('moves days since and until a date on with the clock', () => {
    const dates = [9, 10, 11].map(dateOfDay);
    const derived: MatcherAttribute[] = [
      { id: 'account.renewal', type: 'date' },
      { id: 'account.call', type: 'date' },
      {
        id: 'account.daysToRenewal',
        type: 'number',
        derive: { op: 'days-until-date', attribute: 'account.renewal' },
      },
      {
        id: 'account.daysSinceCall',
        type: 'number',
        derive: { op: 'days-since-date', attribute: 'call' },
      },
    ];
    const range = fc.record(
      { gte: fc.integer({ min: -3, max: 3 }), lt: fc.integer({ min: -3, max: 4 }) },
      { requiredKeys: [] },
    );
    const test = fc.tuple(
      fc.constantFrom('account.daysToRenewal', 'account.daysSinceCall'),
      range,
      fc.boolean(),
    );
    const when = fc.array(test, { minLength: 1, maxLength: 3 }).map(
      (tests): Condition => ({
        all: tests.map(([attribute, one, negated]) =>
          negated ? { not: { attribute, range: one } } : { attribute, range: one },
        ),
      }),
    );
    const record = fc.record({
      'account.renewal': fc.constantFrom(...dates, undefined),
      'account.call': fc.constantFrom(...dates, 'soon'),
    });
    const moves = fc.array(fc.oneof(fc.integer({ min: 7, max: 14 }), fc.constantFrom(...dates)), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(when, { maxLength: 10 }), record, moves, (list, values, steps) => {
        const entries = list.map((one, i) => ({ id: `p${i}`, when: one }));
        const matcher = createMatcher(entries, derived);
        const now: Values = { ...values };
        let today = 10;
        const full = (): Values => ({
          ...now,
          'account.daysToRenewal': daysFrom(today, now['account.renewal']),
          'account.daysSinceCall': -daysFrom(today, now['account.call']),
        });
        const daysFrom = (day: number, date: unknown): number =>
          dates.includes(String(date)) ? 9 + dates.indexOf(String(date)) - day : Number.NaN;
        const handle = matcher.open(values, today);
        for (const step of steps) {
          const before = judged(entries, situateAll(full()));
          const told =
            typeof step === 'number' ? handle.advance(step) : handle.set('account.call', step);
          if (typeof step === 'number') today = step;
          else now['account.call'] = step;
          const after = judged(entries, situateAll(full()));
          expect(told).to.deep.equal({
            entered: after.filter((id) => !before.includes(id)),
            left: before.filter((id) => !after.includes(id)),
          });
          expect(matcher.match(now, today)).to.deep.equal(after);
        }
        expect(matcher.match(now)).to.deep.equal(judged(entries, situateAll(now)));
      }),
      { seed: 36, numRuns: 200 },
    );
  });

  it('keeps entries in order through a thousand additions and removals', () => {
    const when = (i: number): Condition => ({ attribute: 'size', in: [i % 3] });
    const matcher = createMatcher([], []);
    const there: string[] = [];
    for (let i = 0; i < 1000; i++) {
      matcher.add({ id: `p${i}`, when: when(i) });
      there.push(`p${i}`);
      if (i % 10 > 0) matcher.remove(there.splice((i * 7) % there.length, 1)[0] as string);
    }
    const expected = there.filter((id) => Number(id.slice(1)) % 3 === 1);
    expect(matcher.match({ size: 1 })).to.deep.equal(expected);
    matcher.replace({ id: expected[5] as string, when: { attribute: 'size', in: [2] } });
    expect(matcher.match({ size: 1 })).to.deep.equal(expected.filter((_, i) => i !== 5));
  });
});
