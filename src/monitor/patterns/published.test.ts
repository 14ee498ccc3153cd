import { expect } from '@open-wc/testing';
import type { Comparison, EventTests, Pattern, Step } from '../../domain/pattern.js';
import { ACCOUNT, factOf, factsOf, HOUR, one, planOf, tell, watch } from './fixtures.js';

const steps = (...types: readonly string[]): readonly Step[] =>
  types.map((type) => ({ one: one(type) }));
const within = { ms: 100 * HOUR };

/** What was matched, without the moments. */
const matched = (pattern: Pattern, line: string): readonly string[] =>
  tell(watch(planOf({ play: { pattern } }), factsOf(line), 100 * HOUR)).map(
    (text) => text.split(': ')[1] ?? '',
  );

describe('patterns beside the tables of Flink CEP (docs/libs/cep.md)', () => {
  // Flink lists every match; a card opens once. So ours is one of them, and there is none where Flink has none.
  it('"a b" over "a c b1 b2": strict has none, relaxed has "a b1"', () => {
    expect(matched({ sequence: steps('a', 'b'), within, strict: true }, 'a c b1 b2')).to.deep.equal(
      [],
    );
    expect(matched({ sequence: steps('a', 'b'), within }, 'a c b1 b2')).to.deep.equal(['a b1']);
  });
  it('"a b+ c" over "a b1 d1 b2 d2 b3 c": one of the six that relaxed has', () => {
    const relaxed = ['a b1 c', 'a b1 b2 c', 'a b1 b2 b3 c', 'a b2 c', 'a b2 b3 c', 'a b3 c'];
    const [first, ...others] = matched(
      { sequence: steps('a', 'b', 'c'), within },
      'a b1 d1 b2 d2 b3 c',
    );
    expect(others).to.deep.equal([]);
    expect(relaxed).to.include(first);
  });
  it('"c a+ b" over "C D A1 A2 A3 D A4 B": the one that both of its readings have first', () => {
    expect(
      matched({ sequence: steps('C', 'A', 'B'), within }, 'C D A1 A2 A3 D A4 B'),
    ).to.deep.equal(['C A1 B']);
  });
  it('"(a+ until b)" over "a1 c a2 b a3": two of a without b are "a1 a2", and a3 stands alone', () => {
    const pattern: Pattern = { count: 2, of: one('a'), within, without: one('b') };
    expect(matched(pattern, 'a1 c a2 b a3')).to.deep.equal(['a1 a2']);
  });
  it('skips past the last event, and tells the nearest beginning: "b1 b2 b3 c" is "b3 c"', () => {
    // Flink: NO_SKIP has three, SKIP_PAST_LAST_EVENT one, the earliest.
    expect(matched({ sequence: steps('b', 'c'), within }, 'b1 b2 b3 c')).to.deep.equal(['b3 c']);
    expect(matched({ sequence: steps('b', 'c'), within }, 'b1 b2 c1 c2 b3 c3')).to.deep.equal([
      'b2 c1',
      'b3 c3',
    ]);
  });
});

describe('patterns beside AbsentPatternTestCase of Siddhi', () => {
  const above = (event: string, gt: number): EventTests => [
    { event, where: { attribute: 'event.price', range: { gt } } },
  ];
  const second = { ms: 1000 };
  const dearer: EventTests = [
    { event: 'S2', compare: [{ field: 'price', is: 'gt', step: 0, of: 'price' }] },
  ];
  const ends: Pattern = { sequence: [{ one: above('S1', 20) }, { no: dearer, within: second }] };
  const begins: Pattern = {
    sequence: [{ no: above('S1', 20), within: second }, { one: above('S2', 30) }],
  };
  type Row = readonly [at: number, type: string, price: number];
  const table: readonly (readonly [Pattern, readonly Row[], number])[] = [
    [ends, [[0, 'S1', 55.6]], 1],
    [
      ends,
      [
        [0, 'S1', 55.6],
        [1100, 'S2', 58.7],
      ],
      1,
    ],
    [
      ends,
      [
        [0, 'S1', 55.6],
        [100, 'S2', 58.7],
      ],
      0,
    ],
    [
      ends,
      [
        [0, 'S1', 55.6],
        [100, 'S2', 50.7],
      ],
      1,
    ],
    [begins, [[1100, 'S2', 58.7]], 1],
    [
      begins,
      [
        [100, 'S1', 59.6],
        [2200, 'S2', 58.7],
      ],
      1,
    ],
    [
      begins,
      [
        [0, 'S1', 5.6],
        [100, 'S2', 58.7],
      ],
      0,
    ],
    [
      begins,
      [
        [0, 'S1', 55.6],
        [100, 'S2', 58.7],
      ],
      0,
    ],
  ];
  for (const [index, [pattern, rows, outputs]] of table.entries())
    it(`case ${index + 1}: ${JSON.stringify(rows)} gives ${outputs}`, () => {
      const facts = [
        // A timeline begins with its first fact, a Siddhi app when it starts.
        factOf('0-start', 'started', 0),
        ...rows.map(([at, type, price], k) => factOf(`${k + 1}-${type}`, type, at, { price })),
      ];
      const { completed } = watch(planOf({ play: { pattern } }), facts, 5000);
      expect(completed).to.have.length(outputs);
    });
});

describe('patterns that compare with an earlier event, as e2[price > e1.price] of Siddhi', () => {
  const than = (is: Comparison['is'], field = 'price', event = 'S'): EventTests => [
    { event, compare: [{ field, is, step: 0, of: field }] },
  ];
  const following = (tests: EventTests, ms = 100 * HOUR): Pattern => ({
    sequence: [{ one: one('S') }, { one: tests }],
    within: { ms },
  });
  /** Each an hour after the one before. */
  const priced = (pattern: Pattern, ...prices: readonly (number | undefined)[]) =>
    tell(
      watch(
        planOf({ play: { pattern } }),
        prices.map((price, k) =>
          factOf(`${100 + k}-${price}`, 'S', k * HOUR, price === undefined ? {} : { price }),
        ),
      ),
    ).map((text) => text.split(': ')[1]);

  it('a second quote that is lower than the first: 50 60 55 is 60 55, whatever came between', () => {
    expect(priced(following(than('lt')), 50, 60, 55)).to.deep.equal(['60 55']);
    expect(priced(following(than('lt')), 60, 60, 70, 65)).to.deep.equal(['70 65']);
    expect(priced(following(than('lte')), 60, 60)).to.deep.equal(['60 60']);
    expect(priced(following(than('gte')), 60, 59)).to.deep.equal([]);
  });
  it('an earlier beginning is not lost to a later one that is nearer: 60 20 55', () => {
    expect(priced(following(than('gt')), 20, 60, 55)).to.deep.equal(['20 60']);
    expect(priced(following(than('eq')), 60, 20, 55, 60)).to.deep.equal(['60 60']);
    expect(priced(following(than('eq'), 2 * HOUR), 60, 20, 55, 60)).to.deep.equal([]);
  });
  it('nothing compares with what is missing, also not another than it', () => {
    for (const is of ['eq', 'ne', 'lt', 'gte'] as const) {
      expect(priced(following(than(is)), undefined, 5), is).to.deep.equal([]);
      expect(priced(following(than(is)), 5, undefined), is).to.deep.equal([]);
    }
  });
  it('the same product returned that was bought, by another contact of the account', () => {
    const pattern: Pattern = {
      sequence: [
        { one: one('bought') },
        {
          one: [
            {
              event: 'returned',
              compare: [
                { field: 'product', is: 'eq', step: 0, of: 'product' },
                { field: 'contact', is: 'ne', step: 0, of: 'contact' },
              ],
            },
          ],
        },
      ],
      within,
    };
    const on = (id: string, hour: number, type: string, product: string, contact: number) => ({
      ...factOf(id, type, hour * HOUR, { product }),
      about: [ACCOUNT, `test:contact:${contact}`],
    });
    const facts = [
      on('a', 0, 'bought', 'oven', 1),
      on('b', 1, 'bought', 'shelf', 2),
      on('c', 2, 'returned', 'oven', 1),
      on('d', 3, 'returned', 'shelf', 1),
    ];
    const { completed } = watch(planOf({ play: { pattern } }), facts);
    expect(completed.map(({ facts: some }) => some.map(({ fact }) => fact))).to.deep.equal([
      ['b', 'd'],
    ]);
  });
  it('remembers the 32 beginnings that last longest, each with another value', () => {
    const prices = Array.from({ length: 40 }, (_, k) => k);
    const equal = following(than('eq'));
    expect(priced(equal, ...prices, 7)).to.deep.equal([]);
    expect(priced(equal, ...prices, 8)).to.deep.equal(['8 8']);
  });
});

describe('patterns over event set one of Esper, one event a second', () => {
  const facts = factsOf('. A1 B1 C1 B2 A2 D1 E1 F1 D2 B3 G1 D3', 1000);
  const seconds = (pattern: Pattern): readonly number[] =>
    watch(planOf({ play: { pattern } }), facts, 60_000).completed.map(({ begin }) => begin / 1000);

  it('every (B -> D): at D1 and at D3', () => {
    expect(seconds({ sequence: steps('B', 'D'), within })).to.deep.equal([6, 12]);
  });
  it('every (A and B): at B1 and at A2', () => {
    expect(seconds({ all: [one('A'), one('B')], within })).to.deep.equal([2, 5]);
  });
  it('every (A or G): at each of them', () => {
    expect(seconds({ sequence: [{ one: one('A', 'G') }] })).to.deep.equal([1, 5, 11]);
  });
  it('timer:within leaves out an event exactly at its end: B2 and D1 are two seconds apart', () => {
    const near = (ms: number): Pattern => ({ sequence: steps('B', 'D'), within: { ms } });
    expect(seconds(near(2000))).to.deep.equal([]);
    expect(seconds(near(2001))).to.deep.equal([6, 12]);
  });
  it('every A -> (timer:interval and not B): B1 comes a second after A1, none after A2', () => {
    const quiet = (ms: number): Pattern => ({
      sequence: [...steps('A'), { no: one('B'), within: { ms } }],
    });
    expect(seconds(quiet(3000))).to.deep.equal([8]);
    expect(seconds(quiet(500))).to.deep.equal([1.5, 5.5]);
  });
});
