import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collect, factsOf, positionOf } from '../connector-case.js';
import { pullSince, toldAfter } from '../told-facts.js';
import { type Bench, MAP, withBench } from './hubspot-bench.js';

const DAY_MS = 86_400_000;

const ratesOf = (pulled: Parameters<typeof factsOf>[0]) =>
  factsOf(pulled).filter(({ type }) => type === 'rate');

function addRate({ emulator: { portal } }: Bench, from: string, worth: number, at: number): void {
  portal.rates.push({ id: `${from}-${at}`, from, worth, effectiveAt: at, updatedAt: at });
}

describe('what other currencies are worth, from HubSpot', () => {
  it('is told from the beginning, and from each moment at which it changed, the future left out', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const now = bench.timing.now();
      addRate(bench, 'USD', 0.8, now - DAY_MS);
      addRate(bench, 'USD', 0.5, now + DAY_MS);
      const rates = ratesOf(await collect(bench.open().pull()));
      const dollars = rates.filter(({ data }) => data.from === 'USD');
      assert.deepEqual(
        dollars.map(({ data, subjects }) => [data, subjects]),
        [
          [{ from: 'USD', to: 'EUR', rate: 0.909091 }, ['opportune:company:self']],
          [{ from: 'USD', to: 'EUR', rate: 0.909091 }, ['opportune:company:self']],
          [{ from: 'USD', to: 'EUR', rate: 0.8 }, ['opportune:company:self']],
        ],
      );
      assert.ok((dollars[0]?.occurredAt ?? 0) < now - 5_000 * DAY_MS);
      assert.equal(dollars[2]?.occurredAt, now - DAY_MS);
      assert.equal(rates.filter(({ data }) => data.from === 'JPY').length, 2);
    }));

  it('is told anew when it is corrected, and only then', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const { portal } = bench.emulator;
      const told = await toldAfter(bench, () => {
        for (const rate of portal.rates)
          if (rate.from === 'JPY') Object.assign(rate, { worth: 0.005, updatedAt: portal.now() });
      });
      assert.deepEqual(
        told.filter(({ type }) => type === 'rate').map(({ data }) => data),
        [{ from: 'JPY', to: 'EUR', rate: 0.005 }],
      );
      assert.deepEqual(await toldAfter(bench, () => undefined), []);
    }));

  it("is told in another currency than the account's own where the map is in that", () =>
    withBench({ accounts: 2 }, async (bench) => {
      const map = MAP.replace('currency: EUR', 'currency: USD');
      const rates = ratesOf(await collect(bench.open({ map }).pull()));
      const worth = new Map(rates.map(({ data }) => [data.from, data.rate]));
      assert.equal(worth.get('EUR'), Number((1 / 0.909091).toPrecision(12)));
      assert.equal(worth.get('JPY'), Number((0.00625 / 0.909091).toPrecision(12)));
      assert.ok(!worth.has('USD'));
    }));

  it('is not asked for in an account with one currency, and told as left out where the app may not read it', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const { portal, settings, log } = bench.emulator;
      settings.mayReadRates = false;
      const pulled = await collect(bench.open().pull());
      assert.deepEqual(ratesOf(pulled), []);
      assert.ok(factsOf(pulled).length > 5);
      const skipped = pulled.flatMap((each) => (each.type === 'skipped' ? [each.skipped] : []));
      assert.ok(
        skipped.some(
          ({ reason }) => reason === 'the app may not read what other currencies are worth',
        ),
      );
      portal.rates.splice(0);
      const asked = log.filter(({ url }) => url.includes('exchange-rates')).length;
      const later = await pullSince(bench, positionOf(pulled));
      assert.equal(log.filter(({ url }) => url.includes('exchange-rates')).length, asked);
      assert.ok(!later.some((each) => each.type === 'skipped' && each.skipped.part === 'file'));
    }));
});
