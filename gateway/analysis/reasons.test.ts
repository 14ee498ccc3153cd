import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { DAY, START, TOLD_PLAYBOOK, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

const STAGES = ['--won', 'opportunity.stage=Won', '--lost', 'opportunity.stage=Lost'];
const ATTRIBUTES = `${TOLD_PLAYBOOK['attributes.yaml']}  - { id: lossReason, label: Lost because, type: choice, of: opportunity, values: [price, quality, timing] }
  - { id: service, label: Service, type: choice, of: opportunity, values: [{ id: care, label: Care plan }, { id: repair, label: Repair }] }
`;
const PLAY = `id: offer-care
about: opportunity
title: Offer the plan
why: It is time
trigger: { becomes: { stage: Open } }
action: { kind: call, minutes: 5 }
for: owner
serves: { revenue: { value: 1 } }
expires: 9 days
owner: ana@example.com
`;

let number = 0;
interface Ended {
  readonly service: string;
  readonly seller: number;
  readonly stage?: string;
  readonly because?: string;
  readonly amount?: number;
}

/** A deal that ends after a month; named by the service and the seller. */
function deal({ service, seller, stage = 'Lost', because, amount }: Ended): readonly Fact[] {
  const id = `${service}-${++number}`;
  const [account, about] = [`t:account:${id}`, [`t:opportunity:${id}`]];
  const owner = `t:rep:${seller}`;
  const money = amount !== undefined && { amount: { amountMinor: 100 * amount, currency: 'EUR' } };
  const values = { name: `Deal ${id}`, stage: 'Open', owner, service, ...money };
  return [
    tell('record-changed', account, START, { values }, about),
    tell(
      ...(['record-changed', account, START + 30 * DAY] as const),
      { values: { stage, ...(because !== undefined && { lossReason: because }) } },
      about,
    ),
  ];
}

const many = (count: number, ended: (i: number) => Ended): readonly Fact[] =>
  Array.from({ length: count }, (_, i) => deal(ended(i))).flat();

function dismissed(rep: number, record: string, reason: string, id: string): Fact {
  return tell(
    ...(['response', record.replace('opportunity', 'account'), START + 9 * DAY] as const),
    {
      ...{ play: 'offer-care', record, opening: 'o', scope: 'rep', executed: true },
      response: { kind: 'not-relevant', reason },
    },
    [record],
    { id: `response/${id}`, by: `t:rep:${rep}` },
  );
}

describe('opportune analyze reasons', () => {
  let bench: AnalyzeBench;
  let given: readonly string[];
  before(() => {
    bench = openAnalyzeBench();
    const folder = bench.path('services');
    mkdirSync(`${folder}/plays`, { recursive: true });
    writeFileSync(`${folder}/playbook.yaml`, TOLD_PLAYBOOK['playbook.yaml']);
    writeFileSync(`${folder}/attributes.yaml`, ATTRIBUTES);
    writeFileSync(`${folder}/plays/offer-care.yaml`, PLAY);
    given = ['--playbook', folder, ...STAGES];
  });
  after(() => bench.end());
  const ask = (
    facts: readonly Fact[],
    ...more: readonly string[]
  ): ReturnType<AnalyzeBench['ask']> =>
    bench.ask('reasons', '--facts', bench.write('facts.jsonl', facts), ...given, ...more);

  it('tells reasons by service, with shares, what they cost, and deals to open', async () => {
    const facts = [
      ...many(18, (i) => ({ service: 'care', seller: i % 6, because: 'price', amount: 1000 })),
      ...many(6, (i) => ({ service: 'care', seller: i % 6, because: 'quality' })),
      // Too seldom to be told.
      ...many(4, (i) => ({ service: 'care', seller: i % 6, because: 'timing' })),
      ...many(10, (i) => ({ service: 'care', seller: i % 6 })),
      ...many(30, (i) => ({ service: 'care', seller: i % 6, stage: 'Won' })),
      ...many(12, (i) => ({ service: 'repair', seller: i % 5, because: 'timing', amount: 50 })),
    ];
    const { code, out } = await ask(facts, '--json');
    assert.equal(code, 0);
    const { lost } = JSON.parse(out);
    const [care, repair] = lost.products;
    assert.deepEqual([care.product, care.refused, care.told, care.rare], ['care', 38, 28, 4]);
    const [price, quality, ...others] = care.reasons;
    assert.deepEqual([price.reason, price.count, price.lostMinor], ['price', 18, 1_800_000]);
    assert.deepEqual([quality.count, quality.withAmount, others], [6, 0, []]);
    assert.ok(price.share.rate === 18 / 28 && price.share.interval[0] < 18 / 28);
    assert.equal(price.elsewhere, 0);
    assert.equal(price.examples.length, 3);
    assert.deepEqual([repair.product, repair.reasons[0].share.rate], ['repair', 1]);
    const { out: text } = await ask(facts);
    const plain = text.replaceAll(/\s+/g, ' ');
    assert.match(plain, /Care plan: 38 lost deals/);
    assert.match(plain, /price is the reason of 18 of 28 lost deals with one: about 64 in 100/);
    assert.match(plain, /They were worth €18,000\./);
    assert.match(plain, /Nothing to tell of dismissed cards/);
    assert.doesNotMatch(text, /t:rep/);
  });

  it('tells nothing of a service that four people sell, and nothing where no reason is told', async () => {
    const four = many(40, (i) => ({ service: 'care', seller: i % 4, because: 'price' }));
    const few = await ask(four, '--json');
    assert.deepEqual([few.code, JSON.parse(few.out).lost.products], [1, []]);
    assert.equal(JSON.parse(few.out).lost.withheld, 1);
    const none = await ask(many(40, (i) => ({ service: 'care', seller: i % 8 })));
    assert.equal(none.code, 1);
    assert.match(none.out.replaceAll(/\s+/g, ' '), /0 of 40 have a reason at all/);
  });

  it('counts a dismissed card by the service of its deal, once, and none that was taken back', async () => {
    const facts = many(15, (i) => ({ service: 'care', seller: i % 5, stage: 'Open' }));
    const records = [...new Set(facts.map(({ about }) => String(about[0])))];
    const cards = records.flatMap((record, i) => [
      dismissed(i % 5, record, 'notNow', `${i}a`),
      dismissed(i % 5, record, 'notNow', `${i}b`),
    ]);
    const takeBack = (of: string): Fact => ({
      ...dismissed(4, records[14] ?? '', '', `undo-${of}`),
      data: { play: 'offer-care', record: records[14] ?? '', response: { kind: 'undo', of } },
    });
    const { out } = await ask([...facts, ...cards, takeBack('14a'), takeBack('14b')], '--json');
    const [care] = JSON.parse(out).dismissed.products;
    assert.deepEqual([care.product, care.refused, care.reasons[0].count], ['care', 14, 14]);
  });
});
