import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import { DAY, START, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

/** Customers who buy by chance at a rate of their own, and some of whom leave after a purchase that is not their first. */
function tellPurchases(customers: number): readonly Fact[] {
  const random = createRandom('purchases');
  return Array.from({ length: customers }, (_, number) => {
    const account = `t:account:${number}`;
    const rate = (0.5 + random()) / 30;
    const leaves = random() * 0.25;
    const told = [tell('record-changed', account, START, { values: { name: `Firm ${number}` } })];
    for (
      let at = Math.floor(60 * random());
      at < 600;
      at += Math.ceil(-Math.log(1 - random()) / rate)
    ) {
      const amount = { amountMinor: Math.round(100_000 * (0.5 + random())), currency: 'EUR' };
      told.push(tell('purchase', account, START + at * DAY, { amount, product: 'a' }));
      if (told.length > 2 && random() < leaves) break;
    }
    return told;
  }).flat();
}

describe('opportune analyze retention', () => {
  let bench: AnalyzeBench;
  before(() => {
    bench = openAnalyzeBench();
  });
  after(() => bench.end());

  it('expects of the hidden last third about what came, and says that it holds', async () => {
    const facts = bench.write('many.jsonl', tellPurchases(400));
    const { code, out } = await bench.ask('retention', '--facts', facts, '--json');
    assert.equal(code, 0);
    const { check, model, customers } = JSON.parse(out);
    assert.equal(model.unit, 'day');
    assert.ok(check.holds, JSON.stringify(check));
    assert.ok(Math.abs(check.expected / check.came - 1) < 0.2);
    assert.equal(customers.length, 400);
    const silent = customers.filter((one: { daysSinceLast: number }) => one.daysSinceLast > 300);
    assert.ok(silent.every((one: { active: number }) => one.active < 0.1));
  });

  it('has no number for 60 customers, says why, and ends with 1', async () => {
    const facts = bench.write('few.jsonl', tellPurchases(60));
    const { code, out } = await bench.ask('retention', '--facts', facts);
    assert.equal(code, 1);
    assert.match(out, /takes at least 100 customers who bought; the data have 60/);
  });

  it('looks at things as they stood on a day before the last fact', async () => {
    const until = new Date(START + 300 * DAY).toISOString().slice(0, 10);
    const facts = bench.write('until.jsonl', tellPurchases(200));
    const { out } = await bench.ask('retention', '--facts', facts, '--until', until, '--json');
    const { customers, today } = JSON.parse(out);
    assert.equal(new Date(today * DAY).toISOString().slice(0, 10), until);
    assert.ok(customers.every((one: { daysSinceLast: number }) => one.daysSinceLast >= 0));
  });

  it('tells the risk under contract, with the reasons, of those who are still there', async () => {
    const random = createRandom('contracts');
    const facts = Array.from({ length: 800 }, (_, number) => {
      const segment = random() < 0.5 ? 'small' : 'large';
      const region = random() < (segment === 'small' ? 0.6 : 0.15) ? 'north' : 'south';
      return tell('record-changed', `t:account:${number}`, START, {
        values: { name: `Firm ${number}`, segment, region },
      });
    });
    const { code, out } = await bench.ask(
      'retention',
      '--facts',
      bench.write('contracts.jsonl', facts),
      '--left',
      'account.region=north',
      '--stayed',
      'account.region=south',
    );
    assert.equal(code, 0);
    assert.match(out, /The risks can be taken at their word/);
    assert.match(out, /Firm \d+ +6\d % {2}Segment is small/);
  });
});
