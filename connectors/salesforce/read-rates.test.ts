import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Fact } from '../../src/domain/fact.js';
import { collect, factsOf } from '../connector-case.js';
import { toldAfter } from '../told-facts.js';
import { type Bench, makeRow, startBench } from './salesforce-bench.js';

/** Day, in the zone of the map, and worth. */
const shown = (facts: readonly Fact[], from: string): readonly (readonly [string, unknown])[] =>
  facts
    .filter(({ type, data }) => type === 'rate' && data.from === from)
    .map(({ occurredAt, data }) => [
      new Date(occurredAt).toLocaleDateString('sv', { timeZone: 'Europe/Berlin' }),
      data.rate,
    ]);

describe('what other currencies are worth, from Salesforce with dated rates', () => {
  let bench: Bench;
  const addRate = (IsoCode: string, StartDate: string, ConversionRate: number): string =>
    makeRow(bench, 'DatedConversionRate', { IsoCode, StartDate, ConversionRate });
  beforeEach(async () => {
    bench = await startBench({ accounts: 2, settings: { datedRates: true } });
  });
  afterEach(() => bench.close());

  it('is told from each day on, the future left out, and others by what holds now', async () => {
    addRate('USD', '0001-01-01', 2);
    addRate('USD', '2024-03-01', 1.25);
    addRate('USD', '2124-03-01', 1.6);
    addRate('GBP', '2024-03-01', 0.8);
    const facts = factsOf(await collect(bench.open().pull()));
    assert.deepEqual(shown(facts, 'USD'), [
      ['2000-01-01', 0.5],
      ['2024-03-01', 0.8],
    ]);
    assert.equal(shown(facts, 'JPY')[0]?.[1], 1 / 160);
    assert.deepEqual(shown(facts, 'GBP'), [], 'a currency that the company does not use');
  });

  it('is told again from its day on when it is corrected, as a fact that comes after the other', async () => {
    const id = addRate('USD', '2024-03-01', 1.25);
    const before = factsOf(await collect(bench.open().pull()));
    const corrected = await toldAfter(bench, () =>
      bench.emulator.org.update('DatedConversionRate', id, { ConversionRate: 1.6 }),
    );
    assert.deepEqual(shown(corrected, 'USD'), [
      ['2000-01-01', 0.625],
      ['2024-03-01', 0.625],
    ]);
    const idOf = (facts: readonly Fact[]): string =>
      facts.filter(({ data }) => data.from === 'USD').at(-1)?.id ?? '';
    assert.ok(idOf(before) < idOf(corrected));
    assert.deepEqual(await toldAfter(bench, () => undefined), []);
  });
});
