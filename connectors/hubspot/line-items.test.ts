import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collect, factsOf } from '../connector-case.js';
import { parseFieldMap } from '../field-map/parse-field-map.js';
import { toldAfter, valuesOf } from '../told-facts.js';
import { type Bench, tellInbox, withBench } from './hubspot-bench.js';
import { proposeFieldMap } from './hubspot-connector.js';

interface Held {
  readonly id: string;
  readonly properties: { readonly [name: string]: string | null | undefined };
}

const rows = (bench: Bench, object: string): readonly Held[] =>
  [...bench.emulator.portal.rows(object).values()].filter(
    ({ archivedAt }) => archivedAt === undefined,
  );

const itemsOf = ({ emulator: { portal } }: Bench, deal: string): readonly Held[] =>
  [...portal.links.of('deals', deal, 'line_items').keys()].map((id) =>
    portal.get('line_items', id),
  );

const namesOf = (items: readonly Held[]): readonly unknown[] =>
  items.map(({ properties }) => properties.name).sort();

function addItem({ emulator: { portal } }: Bench, deal: string, name: string): string {
  const values = { name, quantity: '2', price: '10.5', hs_line_item_currency_code: 'USD' };
  const { id } = portal.create('line_items', values);
  portal.link('line_items', id, 'deals', deal);
  return id;
}

describe('what line items of HubSpot say of deals', () => {
  it('is what each holds, how many and for how much, counted in the portal', () =>
    withBench({ accounts: 15, settings: { associationPage: 2 } }, async (bench) => {
      const facts = factsOf(await collect(bench.open().pull()));
      const deals = rows(bench, 'deals');
      assert.ok(deals.some(({ id }) => itemsOf(bench, id).length > 1));
      for (const { id } of deals) {
        const items = itemsOf(bench, id);
        const { products, quantity, worth } = valuesOf(facts, `crm:opportunity:${id}`);
        assert.deepEqual(products ?? [], namesOf(items));
        if (items.length === 0) continue;
        const sum = (name: string): number =>
          items.reduce((total, { properties }) => total + Number(properties[name]), 0);
        assert.equal(quantity, sum('quantity'));
        const currency = items[0]?.properties.hs_line_item_currency_code;
        const minor = currency === 'JPY' ? 1 : 100;
        // Each is rounded to what its currency has.
        const amounts = items.map(({ properties }) =>
          Math.round(Number(properties.amount) * minor),
        );
        const amountMinor = amounts.reduce((total, amount) => total + amount, 0);
        assert.deepEqual(worth, { amountMinor, currency });
      }
      const [product] = rows(bench, 'products');
      assert.deepEqual(valuesOf(facts, `crm:product:${product?.id}`).price, {
        amountMinor: 9_950,
        currency: 'EUR',
      });
    }));

  it('follows a line item that is added, changed and deleted, down to none', () =>
    withBench({ accounts: 15 }, async (bench) => {
      const { portal } = bench.emulator;
      const deal = rows(bench, 'deals').find(({ id }) => itemsOf(bench, id).length === 0)?.id ?? '';
      const record = `crm:opportunity:${deal}`;
      let item = '';
      const added = await toldAfter(bench, () => {
        item = addItem(bench, deal, 'Hose');
        addItem(bench, deal, 'Belt');
      });
      assert.deepEqual(valuesOf(added, record).products, ['Belt', 'Hose']);
      assert.deepEqual(valuesOf(added, record).worth, { amountMinor: 4_200, currency: 'USD' });
      const more = await toldAfter(bench, () =>
        portal.update('line_items', item, { quantity: '5' }),
      );
      assert.equal(valuesOf(more, record).quantity, 7);
      const less = await toldAfter(bench, () => portal.archive('line_items', item));
      assert.deepEqual(valuesOf(less, record).products, ['Belt']);
      const none = await toldAfter(bench, () => {
        for (const { id } of itemsOf(bench, deal)) portal.archive('line_items', id);
      });
      const { products, quantity, worth } = valuesOf(none, record);
      assert.deepEqual([products, quantity, worth], [null, null, null]);
      // Of deals that never held anything nothing is told.
      const [company] = rows(bench, 'companies');
      const other = portal.create('deals', { dealname: 'Of services', dealstage: '98117' });
      portal.link('deals', other.id, 'companies', company?.id ?? '');
      const silent = await toldAfter(bench, () =>
        portal.update('deals', other.id, { dealname: 'Renamed' }),
      );
      const ofOther = silent.filter(({ about }) => about[0] === `crm:opportunity:${other.id}`);
      assert.deepEqual(
        ofOther.map(({ id }) => id.split('/')[1]),
        ['deals'],
      );
    }));

  it('is a purchase of each product when the deal is won, though no line item was touched', () =>
    withBench({ accounts: 15 }, async (bench) => {
      const deal = rows(bench, 'deals').find(
        ({ id, properties }) => properties.hs_is_closed !== 'true' && itemsOf(bench, id).length > 0,
      )?.id;
      const closedate = new Date(bench.timing.now()).toISOString();
      const facts = await toldAfter(bench, () =>
        bench.emulator.portal.update('deals', deal ?? '', { dealstage: 'closedwon', closedate }),
      );
      const bought = facts.filter(
        ({ type, id }) => type === 'purchase' && id.startsWith('crm/line_items/'),
      );
      assert.deepEqual(
        bought.map(({ data }) => data.product).sort(),
        namesOf(itemsOf(bench, deal ?? '')),
      );
      for (const { about, grade } of bought) {
        assert.ok(about.includes(`crm:opportunity:${deal}`));
        assert.ok(about.some((id) => id.startsWith('crm:product:')));
        assert.equal(grade, 'buyer-verified');
      }
    }));

  it('is told anew when a webhook says that one was taken off a deal, which leaves no stamp on either', () =>
    withBench({ accounts: 6 }, async (bench) => {
      const { portal } = bench.emulator;
      const tell = tellInbox(bench);
      const [item] = rows(bench, 'line_items');
      const [deal = ''] = portal.links.of('line_items', item?.id ?? '', 'deals').keys();
      const left = itemsOf(bench, deal).filter(({ id }) => id !== item?.id);
      // Also where the number of line items is a property of no deal.
      portal.alter('deals', (all) =>
        all.filter(({ name }) => name !== 'hs_num_of_associated_line_items'),
      );
      const facts = await toldAfter(bench, () => {
        const held = portal.get('deals', deal);
        const { updatedAt, properties } = held;
        portal.unlink('line_items', item?.id ?? '', 'deals', deal);
        Object.assign(held, { updatedAt, properties });
        held.states.splice(0, held.states.length, { at: updatedAt, properties, gone: false });
        tell();
      });
      const { products } = valuesOf(facts, `crm:opportunity:${deal}`);
      assert.deepEqual(products, left.length > 0 ? namesOf(left) : null);
    }));

  it('is read through the map that is proposed; a purchase is told once, by what was bought where that is known', () =>
    withBench({ accounts: 15 }, async (bench) => {
      const described = (await bench.open().describe?.()) ?? [];
      const place = { connection: 'crm', zone: 'Europe/Berlin', currency: 'EUR' };
      const map = proposeFieldMap(described, place);
      assert.deepEqual(parseFieldMap(map, 'map.yaml').problems, []);
      const facts = factsOf(await collect(bench.open({ map }).pull()));
      for (const { id, properties } of rows(bench, 'deals')) {
        const bought = facts.filter(
          ({ type, about }) => type === 'purchase' && about.includes(`crm:opportunity:${id}`),
        );
        const items = itemsOf(bench, id);
        const isWon = properties.hs_is_closed_won === 'true';
        assert.equal(bought.length, isWon ? Math.max(1, items.length) : 0);
        const { products } = valuesOf(facts, `crm:opportunity:${id}`);
        assert.deepEqual(products ?? [], namesOf(items));
      }
    }));
});
