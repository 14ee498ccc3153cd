import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { stableJson } from '../../src/core/stable-json.js';
import type { Pulled } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import { collect, factsOf, positionOf } from '../connector-case.js';
import { parseFieldMap } from '../field-map/parse-field-map.js';
import { pullSince, toldAfter, valuesOf } from '../told-facts.js';
import { type Bench, makeRow, type Row, rowsOf, startBench } from './salesforce-bench.js';
import { proposeFieldMap } from './salesforce-connector.js';

const MINUTE_MS = 60_000;

describe('what line items and prices of Salesforce say of opportunities and products', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ accounts: 15, settings: { bulkPageSize: 8, pageSize: 20 } });
  });
  afterEach(() => bench.close());
  const rows = (object: string): readonly Row[] => rowsOf(bench, object);
  const make = (object: string, values: object): string => makeRow(bench, object, values);
  const pull = (bulkFrom = 5_000): Promise<readonly Pulled[]> =>
    collect(bench.open({ bulkFrom }).pull());
  const told = (happen: () => void): Promise<readonly Fact[]> => toldAfter(bench, happen);

  const itemsOf = (deal: string): readonly Row[] =>
    rows('OpportunityLineItem').filter(({ OpportunityId }) => OpportunityId === deal);
  const nameOf = ({ Product2Id }: Row): string =>
    String(bench.emulator.org.get('Product2', String(Product2Id)).Name);
  const entryOf = (product: string, currency: string): string =>
    rows('PricebookEntry').find(
      (entry) =>
        nameOf(entry) === product &&
        entry.CurrencyIsoCode === currency &&
        bench.emulator.org.get('Pricebook2', String(entry.Pricebook2Id)).IsStandard === true,
    )?.Id ?? '';

  for (const [way, bulkFrom] of [
    ['by query', 5_000],
    ['in bulk', 1],
  ] as const)
    it(`is what each opportunity holds, account is in and product costs, counted in the company, ${way}`, async () => {
      const facts = factsOf(await pull(bulkFrom));
      const held = rows('Opportunity').filter(({ Id }) => itemsOf(Id).length > 0);
      assert.ok(held.length > 4 && held.some(({ Id }) => itemsOf(Id).length > 1));
      for (const { Id } of held) {
        const { products, quantity, worth } = valuesOf(facts, `crm:opportunity:${Id}`);
        const items = itemsOf(Id);
        assert.deepEqual(products, items.map(nameOf).sort());
        assert.equal(
          quantity,
          items.reduce((sum, { Quantity }) => sum + Number(Quantity), 0),
        );
        const minor = items[0]?.CurrencyIsoCode === 'JPY' ? 1 : 100;
        const total = items.reduce((sum, { TotalPrice }) => sum + Number(TotalPrice), 0);
        assert.deepEqual(worth, {
          amountMinor: Math.round(total * minor),
          currency: items[0]?.CurrencyIsoCode,
        });
      }
      for (const { Id } of rows('Account')) {
        const here = rows('ObjectTerritory2Association')
          .filter(({ ObjectId }) => ObjectId === Id)
          .map(({ Territory2Id }) =>
            String(bench.emulator.org.get('Territory2', String(Territory2Id)).Name),
          )
          .filter((name) => name !== 'Draft');
        const { territories } = valuesOf(facts, `crm:account:${Id}`);
        assert.deepEqual(territories ?? [], here.sort());
      }
      const pump = rows('Product2').find(({ Name }) => Name === 'Pump P2')?.Id;
      assert.deepEqual(valuesOf(facts, `crm:product:${pump}`).price, {
        amountMinor: 245_050,
        currency: 'EUR',
      });
      const [rep] = rows('User').slice(1);
      assert.deepEqual(valuesOf(facts, `crm:rep:${rep?.Id}`).team, ['North']);
    });

  it('is the same whether it came in bulk or by query, and as one reading after many changes', async () => {
    const sorted = (facts: readonly Fact[]): string =>
      stableJson(facts.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    assert.equal(sorted(factsOf(await pull(1))), sorted(factsOf(await pull())));
    const before = await pull();
    const known = new Set(factsOf(before).map(({ id }) => id));
    bench.pass(10 * MINUTE_MS);
    for (const { Id } of rows('OpportunityLineItem').slice(0, 6))
      bench.emulator.org.update('OpportunityLineItem', Id, { Quantity: 9 });
    const news = factsOf(await pullSince(bench, positionOf(before))).filter(
      ({ id }) => !known.has(id),
    );
    const again = factsOf(await pull()).filter(({ id }) => !known.has(id));
    // An activity that was told is not told anew, whatever became of what it was read from.
    assert.equal(sorted(news), sorted(again));
  });

  it('follows a line item that is added, changed and deleted, down to none', async () => {
    const { org } = bench.emulator;
    const [account] = rows('Account');
    const deal = make('Opportunity', {
      AccountId: account?.Id,
      Name: 'D',
      StageName: 'Proposal',
      CloseDate: '2026-05-20',
      CurrencyIsoCode: 'USD',
    });
    const record = `crm:opportunity:${deal}`;
    const [one, two] = ['Pump P1', 'Valve V1'].map((name) => entryOf(name, 'USD'));
    const add = (PricebookEntryId: string | undefined, Quantity: number): string =>
      make('OpportunityLineItem', { OpportunityId: deal, PricebookEntryId, Quantity });
    let first = '';
    const added = await told(() => {
      first = add(one, 2);
      add(two, 3);
    });
    assert.deepEqual(valuesOf(added, record).products, ['Pump P1', 'Valve V1']);
    assert.equal(valuesOf(added, record).valves, 3);
    assert.deepEqual(valuesOf(added, record).valvePrice, { amountMinor: 10_995, currency: 'USD' });
    const more = await told(() => org.update('OpportunityLineItem', first, { Quantity: 7 }));
    assert.equal(valuesOf(more, record).quantity, 10);
    const less = await told(() => org.delete('OpportunityLineItem', first));
    assert.deepEqual(valuesOf(less, record).products, ['Valve V1']);
    const none = await told(() => {
      for (const { Id } of itemsOf(deal)) org.delete('OpportunityLineItem', Id);
    });
    const { products, quantity, valves } = valuesOf(none, record);
    assert.deepEqual([products, quantity, valves], [null, null, null]);
    assert.deepEqual(none.find(({ about }) => about[0] === record)?.subjects, [
      `crm:account:${account?.Id}`,
    ]);
  });

  it('does not bring a deleted opportunity back, whose line items went with it', async () => {
    const item = rows('OpportunityLineItem')[0];
    const deal = String(item?.OpportunityId);
    const facts = await told(() => bench.emulator.org.delete('Opportunity', deal));
    assert.deepEqual(
      facts.filter(({ about }) => about[0] === `crm:opportunity:${deal}`).map(({ type }) => type),
      ['record-deleted'],
    );
  });

  it('is a purchase of each product when the opportunity is won, though no line item was touched', async () => {
    const { org } = bench.emulator;
    const deal = rows('Opportunity').find(
      ({ Id, IsClosed }) => IsClosed === false && itemsOf(Id).length > 0,
    );
    const items = itemsOf(deal?.Id ?? '');
    const stamps = items.map(({ SystemModstamp }) => SystemModstamp);
    const day = new Date(bench.timing.now()).toISOString().slice(0, 10);
    const facts = await told(() =>
      org.update('Opportunity', deal?.Id ?? '', { StageName: 'Closed Won', CloseDate: day }),
    );
    const bought = facts.filter(({ id }) => id.startsWith('crm/OpportunityLineItem/'));
    assert.deepEqual(
      bought
        .filter(({ type }) => type === 'purchase')
        .map(({ data }) => data.product)
        .sort(),
      items.map(nameOf).sort(),
    );
    const [purchase] = bought.filter(({ type }) => type === 'purchase');
    assert.equal(purchase?.grade, 'buyer-verified');
    assert.ok(purchase?.about.some((id) => id.startsWith('crm:product:')));
    assert.equal(Object(purchase?.data.amount).currency, deal?.CurrencyIsoCode);
    assert.deepEqual(
      items.map(({ SystemModstamp }) => SystemModstamp),
      stamps,
    );
  });

  it('is told anew when a product is renamed, or its list price changes, goes out of use or is deleted', async () => {
    const { org } = bench.emulator;
    const product = rows('Product2').find(({ Name }) => Name === 'Valve V1')?.Id ?? '';
    const record = `crm:product:${product}`;
    const entry = entryOf('Valve V1', 'EUR');
    const dearer = await told(() => org.update('PricebookEntry', entry, { UnitPrice: 120 }));
    assert.deepEqual(valuesOf(dearer, record).price, { amountMinor: 12_000, currency: 'EUR' });
    const out = await told(() => org.update('PricebookEntry', entry, { IsActive: false }));
    assert.equal(valuesOf(out, record).price, null);
    await told(() => org.update('PricebookEntry', entry, { IsActive: true }));
    const renamed = await told(() => org.update('Product2', product, { Name: 'Valve V2' }));
    const deal = rows('OpportunityLineItem').find(({ Product2Id }) => Product2Id === product);
    const { products } = valuesOf(renamed, `crm:opportunity:${deal?.OpportunityId}`);
    assert.ok(Array.isArray(products) && products.includes('Valve V2'));
    const gone = await told(() => org.delete('PricebookEntry', entry));
    assert.equal(valuesOf(gone, record).price, null);
    assert.ok(!gone.some(({ type }) => type === 'record-deleted'));
  });

  it('is read through the map that is proposed; a purchase is told once, by what was bought where that is known', async () => {
    const described = (await bench.open().describe?.()) ?? [];
    const place = { connection: 'crm', zone: 'Europe/Berlin', currency: 'EUR' };
    const map = proposeFieldMap(described, place);
    assert.deepEqual(parseFieldMap(map, 'map.yaml').problems, []);
    const facts = factsOf(await collect(bench.open({ map }).pull()));
    for (const { Id, IsWon, HasOpportunityLineItem } of rows('Opportunity')) {
      const bought = facts.filter(
        ({ type, about }) => type === 'purchase' && about.includes(`crm:opportunity:${Id}`),
      );
      const items = itemsOf(Id);
      assert.equal(bought.length, IsWon === true ? Math.max(1, items.length) : 0);
      assert.equal(HasOpportunityLineItem, items.length > 0);
      assert.deepEqual(
        valuesOf(facts, `crm:opportunity:${Id}`).products ?? [],
        items.map(nameOf).sort(),
      );
    }
    assert.ok(
      facts.some(
        ({ about, data }) => about[0]?.includes(':account:') && Object(data.values).territories,
      ),
    );
    assert.ok(
      facts.some(({ about, data }) => about[0]?.includes(':rep:') && Object(data.values).team),
    );
    assert.ok(
      facts.some(({ about, data }) => about[0]?.includes(':product:') && Object(data.values).price),
    );
  });
});
