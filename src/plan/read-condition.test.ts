import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { judge } from '../core/condition.js';
import type { Condition, Situated, Truth } from '../domain/condition.js';
import type { AttributeValue, RecordKind } from '../domain/value.js';
import { createAttributeTable } from './attribute-table.js';
import type { Context, Scope } from './context.js';
import { createReport, formatProblem } from './problem.js';
import { readDeclarations } from './read-attributes.js';
import { readCondition } from './read-condition.js';
import { parseYaml } from './yaml-tree.js';

const ATTRIBUTES = `
attributes:
  - { id: stage, label: Stage, type: choice, of: opportunity, values: [Discovery, Evaluation, Won, "1.0"] }
  - { id: days, label: Days, type: number, unit: days, of: opportunity }
  - { id: margin, label: Margin, type: number, unit: rate, of: opportunity }
  - { id: seats, label: Seats, type: number, unit: seats, of: opportunity }
  - { id: renews, label: Renews, type: date, of: opportunity }
  - { id: late, label: Late, type: boolean, of: opportunity }
  - { id: note, label: Note, type: text, of: opportunity }
  - { id: brand, label: Brand, type: choice, of: opportunity, values: [Halden, Norvik, Larkeye] }
  - { id: preferred, label: Prefers, type: multi, of: account, values: [Halden, Norvik, Larkeye] }
  - { id: role, label: Role, type: multi, of: contact, values: [champion, signer] }
  - { id: left, label: Left, type: boolean, of: contact }
`;
const SCOPE: Scope = { bare: 'opportunity', kinds: ['opportunity', 'account'] };

function createContext(): Context {
  const report = createReport();
  const { declared, broken } = readDeclarations(parseYaml('a.yaml', ATTRIBUTES, report), report);
  return {
    report,
    attributes: createAttributeTable(declared, broken),
    currency: 'EUR',
    today: '2026-11-21',
    reads: new Set(),
  };
}

function compile(yaml: string, scope: Scope = SCOPE): Condition {
  const context = createContext();
  const condition = readCondition(parseYaml('x.yaml', yaml, context.report), scope, context);
  const problems = context.report.list().filter(({ severity }) => severity === 'error');
  if (!condition || problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return condition;
}

interface World {
  readonly [attribute: string]: AttributeValue;
}

function situate(world: World, children: readonly World[] = []): Situated {
  return {
    get: (attribute) => world[attribute],
    children: (kind: RecordKind) =>
      kind === 'contact' ? children.map((child) => situate({ ...world, ...child })) : [],
  };
}

const TRUE = true;
const FALSE = false;
const UNKNOWN = undefined;

describe('readCondition, judged', () => {
  const rows: readonly (readonly [string, World, Truth])[] = [
    ['{ stage: Evaluation }', { 'opportunity.stage': 'Evaluation' }, TRUE],
    ['{ stage: Evaluation }', { 'opportunity.stage': 'Won' }, FALSE],
    ['{ stage: Evaluation }', {}, UNKNOWN],
    ['{ opportunity.stage: [Won, Discovery] }', { 'opportunity.stage': 'Discovery' }, TRUE],
    ['{ stage: 1.0 }', { 'opportunity.stage': '1.0' }, TRUE],
    ['{ days: { gte: 14 } }', { 'opportunity.days': 14 }, TRUE],
    ['{ days: { gt: 2 weeks } }', { 'opportunity.days': 14 }, FALSE],
    ['{ days: { gte: 7, lt: 14 } }', { 'opportunity.days': 13.5 }, TRUE],
    ['{ days: 0 }', { 'opportunity.days': 0 }, TRUE],
    ['{ days: [0, 3 days] }', { 'opportunity.days': 3 }, TRUE],
    ['{ margin: { lt: 20% } }', { 'opportunity.margin': 0.19 }, TRUE],
    ['{ margin: { lte: 7% } }', { 'opportunity.margin': 0.07 }, TRUE],
    ['{ seats: { gte: 40 seats } }', { 'opportunity.seats': 39 }, FALSE],
    ['{ amount: { gte: 40000 } }', { 'opportunity.amount': 4_000_000 }, TRUE],
    ['{ amount: { gte: 40000 } }', { 'opportunity.amount': 3_999_999 }, FALSE],
    ['{ amount: { lt: "1,200.50 EUR" } }', { 'opportunity.amount': 120_049 }, TRUE],
    ['{ renews: { lt: 2027-01-01 } }', { 'opportunity.renews': '2026-12-31' }, TRUE],
    ['{ renews: 2027-01-01 }', { 'opportunity.renews': '2027-01-01' }, TRUE],
    ['{ renews: [2027-01-01, 2027-02-01] }', { 'opportunity.renews': '2027-02-01' }, TRUE],
    ['{ renews: [2027-01-01, 2027-02-01] }', { 'opportunity.renews': '2027-01-15' }, FALSE],
    ['{ late: false }', { 'opportunity.late': false }, TRUE],
    ['{ late: false }', {}, UNKNOWN],
    ['{ note: STRASSE }', { 'opportunity.note': 'straße' }, TRUE],
    ['{ note: "e\u0301t\u00e9" }', { 'opportunity.note': '\u00c9T\u00c9' }, TRUE],
    ['{ note: { startsWith: Str } }', { 'opportunity.note': 'STRaße 7' }, TRUE],
    ['{ note: { startsWith: Str } }', { 'opportunity.note': 'the street' }, FALSE],
    ['{ account.preferred: Halden }', { 'account.preferred': ['Norvik', 'Halden'] }, TRUE],
    ['{ account.preferred: [Halden, Larkeye] }', { 'account.preferred': ['Norvik'] }, FALSE],
    [
      '{ account.preferred: { hasAll: [Halden, Norvik] } }',
      { 'account.preferred': ['Halden'] },
      FALSE,
    ],
    ['{ account.preferred: { hasAll: Halden } }', { 'account.preferred': ['Halden'] }, TRUE],
    ['{ account.preferred: { hasNone: [Halden] } }', { 'account.preferred': [] }, TRUE],
    ['{ account.preferred: { hasNone: [Halden] } }', {}, UNKNOWN],
    [
      '{ brand: { in: account.preferred } }',
      { 'opportunity.brand': 'Norvik', 'account.preferred': ['Norvik'] },
      TRUE,
    ],
    [
      '{ brand: { in: account.preferred } }',
      { 'opportunity.brand': 'Norvik', 'account.preferred': [] },
      FALSE,
    ],
    ['{ brand: { in: account.preferred } }', { 'opportunity.brand': 'Norvik' }, UNKNOWN],
    ['{ days: { missing: true } }', {}, TRUE],
    ['{ days: { missing: false } }', {}, FALSE],
    ['{ days: { missing: true } }', { 'opportunity.days': 0 }, FALSE],
    ['{ stage: Won, days: 3 }', { 'opportunity.stage': 'Won' }, UNKNOWN],
    ['{ stage: Won, days: 3 }', { 'opportunity.stage': 'Discovery' }, FALSE],
    ['{ any: [{ stage: Won }, { days: 3 }] }', { 'opportunity.stage': 'Won' }, TRUE],
    ['{ any: [{ stage: Won }, { days: 3 }] }', { 'opportunity.stage': 'Discovery' }, UNKNOWN],
    [
      '{ all: [{ stage: Won }, { late: true }] }',
      { 'opportunity.stage': 'Won', 'opportunity.late': true },
      TRUE,
    ],
    ['{ not: { stage: Won } }', { 'opportunity.stage': 'Discovery' }, TRUE],
    ['{ not: { stage: Won } }', {}, UNKNOWN],
    ['{ not: { stage: Won, days: 3 } }', { 'opportunity.stage': 'Discovery' }, TRUE],
  ];
  for (const [yaml, world, truth] of rows)
    it(`${yaml} is ${truth ?? 'unknown'} for ${JSON.stringify(world)}`, () =>
      expect(judge(compile(yaml), situate(world))).to.equal(truth));

  const withContacts: readonly (readonly [string, readonly World[], Truth])[] = [
    [
      '{ has: { contact: { role: champion, left: false } } }',
      [
        { 'contact.role': ['champion'], 'contact.left': true },
        { 'contact.role': ['signer'], 'contact.left': false },
      ],
      FALSE,
    ],
    [
      '{ has: { contact: { role: champion, left: false } } }',
      [{ 'contact.role': ['champion'], 'contact.left': false }],
      TRUE,
    ],
    ['{ has: { contact: { role: champion } } }', [{}], UNKNOWN],
    ['{ hasNo: { contact: { role: signer } } }', [], TRUE],
    ['{ hasNo: { contact: { role: signer } } }', [{ 'contact.role': ['signer'] }], FALSE],
  ];
  for (const [yaml, contacts, truth] of withContacts)
    it(`${yaml} is ${truth ?? 'unknown'} with ${JSON.stringify(contacts)}`, () =>
      expect(judge(compile(yaml), situate({}, contacts))).to.equal(truth));

  it('a child sees its parent: the stage inside has is the opportunity’s when it is named', () => {
    const yaml = '{ has: { contact: { left: false, opportunity.stage: Won } } }';
    const world = situate({ 'opportunity.stage': 'Won' }, [{ 'contact.left': false }]);
    expect(judge(compile(yaml), world)).to.equal(true);
  });

  it('a bare name in where is a field of the event, one with a prefix an attribute', () => {
    const scope: Scope = { bare: 'event', kinds: ['event', 'account'] };
    const yaml = '{ brand: { in: account.preferred }, quantity: { gte: 2 }, kind: [new, used] }';
    expect(compile(yaml, scope)).to.deep.equal({
      all: [
        { attribute: 'event.brand', inAttribute: 'account.preferred' },
        { attribute: 'event.quantity', range: { gte: 2 } },
        { attribute: 'event.kind', in: ['new', 'used'] },
      ],
    });
  });
});

type Source = { readonly [key: string]: unknown };

describe('readCondition against a reading of the source', () => {
  const test = fc.oneof(
    fc.record({
      stage: fc.oneof(
        fc.constantFrom('Won', 'Discovery'),
        fc.subarray(['Won', 'Evaluation', 'Discovery'], { minLength: 1 }),
      ),
    }),
    fc.record({
      days: fc.oneof(
        fc.integer({ min: 0, max: 4 }),
        fc.dictionary(fc.constantFrom('gt', 'gte', 'lt', 'lte'), fc.integer({ min: 0, max: 4 }), {
          minKeys: 1,
        }),
      ),
    }),
    fc.record({ late: fc.boolean() }),
    fc.record({ note: fc.constantFrom('Ann', 'ANN', 'bob') }),
    fc.record({ renews: fc.record({ gte: fc.constantFrom('2027-01-01', '2027-01-03') }) }),
    fc.record({ stage: fc.record({ missing: fc.boolean() }) }),
  ) as fc.Arbitrary<Source>;
  const { condition } = fc.letrec<{ condition: Source }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      test,
      fc.record({ not: tie('condition') }),
      fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.tuple(test, test).map(([a, b]) => ({ ...a, ...b })),
    ),
  })) as { condition: fc.Arbitrary<Source> };
  const world = fc.record(
    {
      stage: fc.constantFrom('Won', 'Evaluation', 'Discovery'),
      days: fc.integer({ min: 0, max: 4 }),
      late: fc.boolean(),
      note: fc.constantFrom('ann', 'Bob', 'cat'),
      renews: fc.constantFrom('2026-12-31', '2027-01-02', '2027-01-03'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<World>;

  it('gives the same truth for any condition and any record', () => {
    fc.assert(
      fc.property(condition, world, (source, record) => {
        const qualified = Object.fromEntries(
          Object.entries(record).map(([key, value]) => [`opportunity.${key}`, value]),
        );
        // JSON is YAML.
        const compiled = compile(JSON.stringify(source));
        expect(judge(compiled, situate(qualified))).to.equal(readTruth(source, record));
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

/** What design.md says a condition means, straight from its source. */
function readTruth(source: Source, record: World): Truth {
  const parts = Object.entries(source).map(([key, value]): Truth => {
    if (key === 'not') {
      const inner = readTruth(value as Source, record);
      return inner === undefined ? undefined : !inner;
    }
    if (key === 'any')
      return join(
        (value as Source[]).map((one) => readTruth(one, record)),
        true,
      );
    if (key === 'all')
      return join(
        (value as Source[]).map((one) => readTruth(one, record)),
        false,
      );
    return readTest(value, record[key]);
  });
  return join(parts, false);
}

/** `any` looks for true, `all` for false; else unknown beats the rest. */
function join(parts: readonly Truth[], wanted: boolean): Truth {
  if (parts.includes(wanted)) return wanted;
  return parts.includes(undefined) ? undefined : !wanted;
}

function readTest(asked: unknown, actual: AttributeValue | undefined): Truth {
  const isMap = typeof asked === 'object' && asked !== null && !Array.isArray(asked);
  if (isMap && 'missing' in asked) return (actual === undefined) === asked.missing;
  if (actual === undefined) return undefined;
  const same = (a: unknown): boolean => String(a).toLowerCase() === String(actual).toLowerCase();
  if (!isMap) return [asked].flat().some(same);
  // Days in this form sort as texts.
  return Object.entries(asked as { [bound: string]: string | number }).every(
    ([bound, limit]) =>
      (bound === 'gt' && actual > limit) ||
      (bound === 'gte' && actual >= limit) ||
      (bound === 'lt' && actual < limit) ||
      (bound === 'lte' && actual <= limit),
  );
}
