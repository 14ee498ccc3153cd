import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Condition, Situated, Truth } from '../domain/condition.js';
import type { AttributeValue, RecordKind } from '../domain/value.js';
import { attributesOf, explain, foldText, judge } from './condition.js';
import { dayOfDate } from './zone.js';

type Values = { readonly [attribute: string]: unknown };
const situate = (values: Values, children: readonly Situated[] = []): Situated => ({
  get: (attribute) => values[attribute] as AttributeValue | undefined,
  children: (_: RecordKind) => children,
});

const a = 'account.a';
const TRUE: Condition = { attribute: a, missing: true };
const FALSE: Condition = { attribute: a, missing: false };
const UNKNOWN: Condition = { attribute: a, in: ['x'] };
const nothing = situate({});

describe('truth of groups', () => {
  const table: readonly [string, Condition, Truth][] = [
    ['all of nothing', { all: [] }, true],
    ['any of nothing', { any: [] }, false],
    ['all of true, unknown', { all: [TRUE, UNKNOWN] }, undefined],
    ['all of unknown, false', { all: [UNKNOWN, FALSE] }, false],
    ['any of unknown, true', { any: [UNKNOWN, TRUE] }, true],
    ['any of unknown, false', { any: [UNKNOWN, FALSE] }, undefined],
    ['not unknown', { not: UNKNOWN }, undefined],
    ['not true', { not: TRUE }, false],
    ['not all of unknown, false', { not: { all: [UNKNOWN, FALSE] } }, true],
  ];
  for (const [name, condition, truth] of table) {
    it(`${name} is ${truth ?? 'unknown'}`, () => {
      expect(judge(condition, nothing)).to.equal(truth);
    });
  }
});

describe('truth of tests', () => {
  const table: readonly [unknown, object, Truth][] = [
    // Missing: nothing there, null as a CRM sends it, and what is no number.
    [undefined, { in: ['x'] }, undefined],
    [null, { in: ['x'] }, undefined],
    [Number.NaN, { range: { gte: 1 } }, undefined],
    [undefined, { missing: true }, true],
    [Number.NaN, { missing: true }, true],
    [null, { missing: false }, false],
    ['', { missing: true }, false],
    [undefined, { hasNone: ['x'] }, undefined],
    [undefined, { textIn: ['x'] }, undefined],
    [undefined, { startsWith: '' }, undefined],
    // Choice, boolean, number.
    ['x', { in: ['y', 'x'] }, true],
    ['x', { in: [] }, false],
    ['X', { in: ['x'] }, false],
    [false, { in: [false] }, true],
    [3, { in: [3] }, true],
    [3, { in: ['3'] }, false],
    // Ranges.
    [3, { range: { gt: 3 } }, false],
    [3, { range: { gte: 3, lt: 4 } }, true],
    [4, { range: { gte: 3, lt: 4 } }, false],
    [4, { range: { lte: 4 } }, true],
    [0, { range: {} }, true],
    ['2025-03-31', { range: { gte: dayOfDate('2025-03-31') } }, true],
    ['2025-03-30', { range: { gte: dayOfDate('2025-03-31') } }, false],
    ['2025-02-30', { range: { gte: 0 } }, undefined],
    ['soon', { range: { gte: 0 } }, undefined],
    [true, { range: { gte: 0 } }, undefined],
    // Multi.
    [['x', 'y'], { in: ['y', 'z'] }, true],
    [['x'], { in: ['y', 'z'] }, false],
    [[], { in: ['y'] }, false],
    [[], { hasNone: ['y'] }, true],
    [['x', 'y'], { hasAll: ['x', 'y'] }, true],
    [['x'], { hasAll: ['x', 'y'] }, false],
    ['x', { hasAll: ['x'] }, true],
    [['x'], { hasAll: [] }, true],
    [['x', 'y'], { hasNone: ['y'] }, false],
    // Text: folded in the condition, folded here.
    ['ACME Ltd', { textIn: ['acme ltd'] }, true],
    ['STRASSE', { textIn: [foldText('Straße')] }, true],
    ['Ame\u0301lie', { startsWith: foldText('AM\u00c9') }, true],
    ['ΟΔΟΣ', { textIn: [foldText('οδος')] }, true],
    ['Acme', { startsWith: 'acme ' }, false],
    [5, { startsWith: '5' }, false],
  ];
  for (const [value, operator, truth] of table) {
    const test = { attribute: a, ...operator } as Condition;
    it(`${JSON.stringify(value) ?? value} against ${JSON.stringify(operator)} is ${truth ?? 'unknown'}`, () => {
      expect(judge(test, situate({ [a]: value }))).to.equal(truth);
    });
  }

  const pairs: readonly [unknown, unknown, Truth][] = [
    ['x', 'x', true],
    ['x', 'y', false],
    ['x', ['y', 'x'], true],
    [['x', 'z'], ['y', 'z'], true],
    [['x'], 'x', true],
    [[], ['x'], false],
    [1, '1', false],
    [undefined, 'x', undefined],
    ['x', undefined, undefined],
    [Number.NaN, Number.NaN, undefined],
  ];
  for (const [value, other, truth] of pairs) {
    it(`${JSON.stringify(value)} in an attribute that holds ${JSON.stringify(other)} is ${truth ?? 'unknown'}`, () => {
      const condition = { attribute: a, inAttribute: 'account.b' };
      expect(judge(condition, situate({ [a]: value, 'account.b': other }))).to.equal(truth);
    });
  }
});

describe('truth of children', () => {
  const has: Condition = { has: 'opportunity', where: { attribute: 'o', in: ['x'] } };
  const child = (o?: string): Situated => situate({ o });
  for (const [name, children, truth] of [
    ['no child', [], false],
    ['one that meets it, one unknown', [child(), child('x')], true],
    ['one that does not, one unknown', [child('y'), child()], undefined],
    ['two that do not', [child('y'), child('z')], false],
  ] as const) {
    it(`has, with ${name}, is ${truth ?? 'unknown'}, and hasNo its contrary`, () => {
      const situated = situate({}, children);
      expect(judge(has, situated)).to.equal(truth);
      const hasNo: Condition = { hasNo: 'opportunity', where: has.where };
      expect(judge(hasNo, situated)).to.equal(truth === undefined ? undefined : !truth);
    });
  }

  it('wants one child to meet all of it', () => {
    const where: Condition = {
      all: [
        { attribute: 'o', in: ['x'] },
        { attribute: 'p', in: ['y'] },
      ],
    };
    const split = situate({}, [situate({ o: 'x', p: 'n' }), situate({ o: 'n', p: 'y' })]);
    expect(judge({ has: 'opportunity', where }, split)).to.equal(false);
  });
});

describe('explain', () => {
  it('gives every part with what was found', () => {
    const condition: Condition = {
      all: [{ attribute: a, range: { gte: 14 } }, { not: { attribute: 'account.b', in: ['x'] } }],
    };
    expect(explain(condition, situate({ [a]: 9 }))).to.deep.equal({
      truth: false,
      condition,
      parts: [
        { truth: false, condition: condition.all[0], actual: 9 },
        {
          truth: undefined,
          condition: condition.all[1],
          parts: [{ truth: undefined, condition: { attribute: 'account.b', in: ['x'] } }],
        },
      ],
    });
  });

  it('shows the child that met it, or else every child', () => {
    const has: Condition = { has: 'opportunity', where: { attribute: 'o', in: ['x'] } };
    const met = explain(has, situate({}, [situate({ o: 'y' }), situate({ o: 'x' })]));
    expect(met.parts?.map((part) => part.actual)).to.deep.equal(['x']);
    const unmet = explain(has, situate({}, [situate({ o: 'y' }), situate({})]));
    expect(unmet.parts?.map((part) => part.actual)).to.deep.equal(['y', undefined]);
  });
});

describe('attributesOf', () => {
  it('finds those of children and those compared with', () => {
    const condition: Condition = {
      any: [
        { not: { attribute: 'x', inAttribute: 'y' } },
        { hasNo: 'opportunity', where: { all: [{ attribute: 'z', missing: true }] } },
      ],
    };
    expect([...attributesOf(condition)]).to.deep.equal(['x', 'y', 'z']);
  });
});

describe('foldText', () => {
  it('takes a folded text for folded, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).to.equal(foldText(text));
        expect(foldText(text.normalize('NFD'))).to.equal(foldText(text));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('takes every letter of Unicode and its other cases for one', () => {
    const different: string[] = [];
    for (let code = 0; code <= 0x1ffff; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const letter = String.fromCodePoint(code);
      const folded = foldText(letter);
      const others = [letter.toUpperCase(), letter.toLowerCase(), folded];
      if (others.some((other) => foldText(other) !== folded)) different.push(letter);
    }
    expect(different).to.deep.equal([]);
  });
});
