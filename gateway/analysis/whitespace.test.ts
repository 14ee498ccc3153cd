import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import type { WhitespaceCell } from '../../src/analyze-whitespace.js';
import { createRandom } from '../../src/core/random.js';
import { DAY, START, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

const EUR = (amount: number) => ({ amountMinor: Math.round(100 * amount), currency: 'EUR' });

/** Thirty small firms that buy a and b, and some c; four large ones, who have too few peers. */
function tellFirms(): readonly Fact[] {
  const told: Fact[] = [];
  const firm = (
    id: string,
    values: { [name: string]: string | number | boolean | object },
  ): void => {
    told.push(
      tell('record-changed', `t:account:${id}`, START, {
        values: { name: `Firm ${id}`, ...values } as never,
      }),
    );
  };
  const buy = (id: string, product: string, amount: number, day: number): void => {
    told.push(
      tell('purchase', `t:account:${id}`, START + day * DAY, { product, amount: EUR(amount) }),
    );
  };
  for (let i = 0; i < 30; i++) {
    firm(`s${i}`, { segment: 'small', region: 'north', serving: EUR(10), reason: 'price' });
    buy(`s${i}`, 'a', 100 + i, i);
    if (i >= 4) buy(`s${i}`, 'b', 1_000, i + 40);
    if (i >= 26) buy(`s${i}`, 'c', 500, i);
  }
  // Dear to serve: an offer of b would lose money. In the south b may not be offered.
  firm('s1', { serving: EUR(900) });
  firm('s2', { region: 'south' });
  told.push(
    tell(
      'record-changed',
      't:account:s3',
      START,
      { values: { stage: 'Open', open: true, product: 'b' } },
      ['t:opportunity:1'],
    ),
  );
  for (let i = 0; i < 4; i++) {
    firm(`l${i}`, { segment: 'large', region: 'north' });
    buy(`l${i}`, 'a', 5_000, i);
  }
  firm('lost', { segment: 'small', region: 'north' });
  told.push(
    tell('purchase', 't:account:lost', START - 400 * DAY, { product: 'a', amount: EUR(1) }),
  );
  return told;
}

function writeShop(folder: string): string {
  mkdirSync(`${folder}/plays`, { recursive: true });
  writeFileSync(
    `${folder}/playbook.yaml`,
    `name: Shop
currency: EUR
zone: UTC
profitGate: { minMarginRate: 0.1, costToServe: account.serving }
contactPolicy:
  limits: [{ touches: 3, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  );
  writeFileSync(
    `${folder}/attributes.yaml`,
    `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: segment, label: Segment, type: choice, of: account, values: [small, large] }
  - { id: region, label: Region, type: choice, of: account, values: [north, south] }
  - { id: serving, label: Cost to serve, type: number, unit: money, of: account }
  - { id: reason, label: Buys for, type: choice, of: account, values: [product, price, people] }
  - { id: product, label: Product, type: text, of: opportunity }
  - { id: open, label: Open, type: boolean, of: opportunity }
  - { id: stage, label: Stage, type: choice, of: opportunity, values: [Open, Won] }
`,
  );
  writeFileSync(
    `${folder}/products.yaml`,
    `products:
  - { id: a, label: Article A, price: 100, cost: 60 }
  - { id: b, label: Article B, price: 1000, cost: 700 }
  - { id: c, label: Article C, price: 500, cost: 100 }
  - { id: plan, label: Plan, price: 100, cost: 50, excludes: [large-plan] }
  - { id: large-plan, label: Large plan, price: 300, cost: 100 }
  - { id: machine, label: Machine, price: 900, cost: 500 }
  - { id: head, label: Head, price: 100, cost: 40 }
`,
  );
  writeFileSync(
    `${folder}/plays/offer-b.yaml`,
    `id: offer-b
about: account
title: Offer B
why: Most like them have it.
trigger: { opened: true }
eligibility: { region: north }
action: { kind: propose, minutes: 5 }
for: owner
serves: { revenue: { value: 10 } }
offers: b
owner: ana@example.com
`,
  );
  return folder;
}

describe('opportune analyze whitespace', () => {
  let bench: AnalyzeBench;
  let facts: string;
  let args: readonly string[];
  before(() => {
    bench = openAnalyzeBench();
    facts = bench.write('firms.jsonl', tellFirms());
    args = [
      '--playbook',
      writeShop(bench.path('shop')),
      '--facts',
      facts,
      '--peers',
      'account.segment',
    ];
  });
  after(() => bench.end());

  it('tells a gap that pays from one that loses money, one that is barred, and one that is under way', async () => {
    const { code, out } = await bench.ask('whitespace', ...args, '--json');
    assert.equal(code, 0);
    const cells = JSON.parse(out).cells as readonly WhitespaceCell[];
    const cell = (firm: string, product: string): WhitespaceCell | undefined =>
      cells.find((one) => one.account === `t:account:${firm}` && one.product === product);
    const good = cell('s0', 'b');
    assert.equal(good?.state, 'gap');
    assert.deepEqual(good?.peers, { group: 0, size: 29, buy: 26 });
    assert.deepEqual(good?.spendMinor, { median: 100_000, from: 100_000, to: 100_000 });
    // 1,000 less 700 less 10 to serve the one order.
    assert.deepEqual([good?.marginMinor, good?.pays], [29_000, true]);
    assert.deepEqual([cell('s1', 'b')?.marginMinor, cell('s1', 'b')?.pays], [-60_000, false]);
    assert.equal(cell('s2', 'b')?.state, 'not-eligible');
    assert.equal(cell('s3', 'b')?.state, 'pipeline');
    assert.equal(cell('s9', 'b')?.state, 'owned');
    assert.equal(cell('s9', 'c')?.state, 'no-gap');
    const large = cell('l0', 'b');
    assert.deepEqual(
      [large?.state, large?.peers, large?.spendMinor],
      ['too-few-peers', undefined, undefined],
    );
    assert.equal(cell('lost', 'b'), undefined);
  });

  it('names the peers, their number and why the customer buys, and what is missing to the others', async () => {
    const { out } = await bench.ask('whitespace', ...args);
    const told = out.replaceAll(/ +/g, ' ');
    assert.match(
      told,
      /Firm s0 Article B 26 of 29 alike \(Segment small\) €1,000 \(€1,000 to €1,000\) €290 price \(observed, /i,
    );
    assert.match(told, /Gaps that do not pay: 1\n[\s\S]*Firm s1 Article B €1,000 -€600 €900/);
    assert.match(told, /Not eligible: 1\n[\s\S]*Firm s2 Article B Region is north/);
  });

  it('tells what goes with what they have, serves one order once, and offers nothing that what they have excludes', async () => {
    const firms = Array.from({ length: 100 }, (_, i) => {
      const buy = (product: string, amount: number): Fact =>
        tell('purchase', `t:account:m${i}`, START + i * DAY, { product, amount: EUR(amount) });
      return [
        tell('record-changed', `t:account:m${i}`, START, {
          values: { segment: 'small', region: 'north', name: `Firm m${i}`, serving: EUR(100) },
        }),
        // Twenty have the machine; of them all but two buy its head in the same order, and one other firm does.
        ...(i < 20 ? [buy('machine', 900)] : [buy('a', 100)]),
        ...((i >= 2 && i < 20) || i === 50 ? [buy('head', 100)] : []),
        buy(i % 2 === 0 ? 'plan' : 'large-plan', 200),
      ];
    }).flat();
    const given = ['--playbook', bench.path('shop'), '--peers', 'account.segment'] as const;
    const path = bench.write('machines.jsonl', firms);
    const { out } = await bench.ask('whitespace', ...given, '--facts', path, '--json');
    const { cells, pairs } = JSON.parse(out);
    const cell = (firm: string, product: string): WhitespaceCell | undefined =>
      cells.find(
        (one: WhitespaceCell) => one.account === `t:account:${firm}` && one.product === product,
      );
    const head = cell('m1', 'head');
    assert.equal(head?.state, 'gap');
    assert.deepEqual(head?.goesWith, { product: 'machine', having: 20, both: 18 });
    // 100 less 40, and of the 100 that the order costs its twelfth part.
    assert.equal(head?.marginMinor, 6_000 - Math.round(10_000 / 12));
    assert.equal(cell('m60', 'head')?.state, 'no-gap');
    assert.deepEqual(
      [cell('m0', 'large-plan'), cell('m1', 'plan')].map((one) => [one?.state, one?.excludedBy]),
      [
        ['not-eligible', 'plan'],
        ['not-eligible', 'large-plan'],
      ],
    );
    assert.deepEqual(
      pairs.map(({ product, other, both, having }: { [name: string]: string | number }) => [
        ...[product, other, both, having],
      ]),
      [['head', 'machine', 18, 19]],
    );
    const text = (await bench.ask('whitespace', ...given, '--facts', path)).out;
    assert.match(
      text.replaceAll(/ +/g, ' '),
      /Firm m1 Head 18 of 20 who have Machine €100 \(€100 to €100\) €52[\s\S]*Firm m\d*[13579] Plan to be without Large plan/,
    );
  });

  it('gives a wallet as an interval from peers, and none for four firms', async () => {
    const { code, out } = await bench.ask('wallet', ...args, '--json');
    assert.equal(code, 0);
    const { estimates, without, lost } = JSON.parse(out);
    assert.deepEqual([estimates.length, without, lost], [30, 4, 1]);
    for (const { salesMinor, walletMinor, interval, share, peers } of estimates) {
      assert.equal(peers.size, 29);
      assert.ok(
        salesMinor <= walletMinor && interval[0] <= walletMinor && walletMinor <= interval[1],
      );
      assert.ok(share > 0 && share <= 1);
    }
    const text = (await bench.ask('wallet', ...args)).out.replaceAll(/\s+/g, ' ');
    assert.match(text, /4 customers: too few peers \(1 of 2 groups have fewer than 18 customers\)/);
  });

  it('takes the forty nearest where a number tells who is comparable, and names their range', async () => {
    const firms = Array.from({ length: 100 }, (_, i) => [
      tell('record-changed', `t:account:n${i}`, START, {
        values: { serving: EUR(i), name: `Firm n${i}` },
      }),
      tell('purchase', `t:account:n${i}`, START, { product: 'a', amount: EUR(100 * (i + 1)) }),
    ]).flat();
    const { out } = await bench.ask(
      'wallet',
      '--playbook',
      bench.path('shop'),
      '--facts',
      bench.write('near.jsonl', firms),
      '--peers',
      'account.serving',
      '--json',
    );
    const found = JSON.parse(out).estimates.find(
      (one: { account: string }) => one.account === 't:account:n50',
    );
    assert.equal(found.peers.size, 40);
    assert.deepEqual(found.peers.ranges, [[3_000, 7_000]]);
    // The 80 % quantile of what the forty around it bought: 3,100 to 7,100 without its own 5,100.
    assert.ok(Math.abs(found.walletMinor - 631_000) < 10_000, found.walletMinor);
  });

  it('has no number for any where peers are few, says why, and ends with 1', async () => {
    const random = createRandom('few');
    const few = Array.from({ length: 12 }, (_, i) => [
      tell('record-changed', `t:account:${i}`, START, { values: { segment: 'small' } }),
      tell('purchase', `t:account:${i}`, START, { product: 'a', amount: EUR(random()) }),
    ]).flat();
    const { code, out } = await bench.ask(
      'wallet',
      '--playbook',
      bench.path('shop'),
      '--facts',
      bench.write('few.jsonl', few),
      '--peers',
      'account.segment',
    );
    assert.equal(code, 1);
    assert.match(
      out.replaceAll(/\s+/g, ' '),
      /No number for any customer: it takes 17 comparable ones/,
    );
  });

  it('asks who is comparable where nobody says so', async () => {
    const { code, err } = await bench.ask('wallet', '--facts', facts);
    assert.equal(code, 2);
    assert.match(
      err,
      /it needs --peers\. Say in what comparable customers are alike, such as --peers account\.segment,account\.region/,
    );
  });
});
