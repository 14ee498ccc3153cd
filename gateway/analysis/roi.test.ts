import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { DAY, START, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

/** Guided accounts buy a tenth more than the held out ones. */
const holdout = (): readonly Fact[] =>
  Array.from({ length: 80 }, (_, i): readonly Fact[] => {
    const account = `t:account:${i}`;
    const isHeldOut = i % 2 === 0;
    const learnedAt = START + 10 * DAY;
    const amount = (isHeldOut ? 1000 : 1100) + (i % 5);
    return [
      tell('holdout-assigned', account, 0, { arm: isHeldOut ? 'holdout' : 'guided' }, [account], {
        learnedAt,
      }),
      tell('purchase', account, START + 60 * DAY, {
        amount: { amountMinor: 100 * amount, currency: 'EUR' },
      }),
    ];
  }).flat();

describe('opportune analyze roi', () => {
  let bench: AnalyzeBench;
  before(() => {
    bench = openAnalyzeBench();
  });
  after(() => bench.end());

  const ask = async (facts: readonly Fact[], ...args: readonly string[]) => {
    const file = bench.write('roi.jsonl', facts);
    const ran = await bench.ask('roi', '--facts', file, ...args);
    return { ...ran, out: ran.out.replaceAll(/\s+/g, ' ') };
  };
  const none = [tell('note', 't:account:1', START, {})];

  it('shows the worked example with its assumptions, and that nothing of it is measured', async () => {
    const { code, out } = await ask(none);
    assert.equal(code, 0);
    assert.match(out, /Nothing here is measured/);
    assert.match(out, /revenue \+12\.0 % .*earnings per share \+22\.0 %/);
    assert.match(out, /gross margin 25\.0 %/);
    assert.match(out, /share of hours with buyers 0\.35 0\.355 0\.375 0\.385 61 %/);
  });

  it('goes by the holdout as soon as there is one, with its interval', async () => {
    const { out } = await ask(holdout(), '--json');
    const { growth, revenueGrowth } = JSON.parse(out);
    assert.equal(growth, 'measured');
    const [low, middle, high] = revenueGrowth;
    assert.ok(Math.abs(middle - 0.1) < 0.005 && low > 0.08 && high < 0.12, String(revenueGrowth));
    const { out: told } = await ask(holdout());
    assert.match(told, /The growth is measured/);
    assert.doesNotMatch(told, /What sellers gain/);
  });

  it('tells a company at a loss its money, and no growth of what is not there', async () => {
    writeFileSync(bench.path('loss.json'), JSON.stringify({ company: { sga: 0.3 } }));
    const { code, out } = await ask(none, '--assumptions', bench.path('loss.json'));
    assert.equal(code, 0);
    assert.match(
      out,
      /revenue \+12\.0 % \([^)]*\), and before tax -€23\.6M a year \(-€46\.9M to -€5\.1M\) in place of -€50\.0M\. There is no profit today/,
    );
    assert.match(out, /quarter revenue profit before tax 1 /);
    assert.match(out, /earnings per share -1\.00 -0\.47/);
    assert.doesNotMatch(out.slice(0, out.indexOf('published')), /NaN|Infinity|Profit grows/);
  });

  it('refuses a figure that nothing can be divided by', async () => {
    writeFileSync(bench.path('zero.json'), JSON.stringify({ now: { hoursAnOpportunity: 0 } }));
    const { code, err } = await ask(none, '--assumptions', bench.path('zero.json'));
    assert.equal(code, 2);
    assert.match(err, /now\.hoursAnOpportunity is no number above 0/);
  });

  it('takes figures of one’s own, and says which one it does not know', async () => {
    writeFileSync(
      bench.path('own.json'),
      '{"company":{"revenue":5e7,"grossMargin":0.6,"sga":0.5,"carries":2},"guided":{"cycleDays":[120,100,90]}}',
    );
    const { out } = await ask(none, '--assumptions', bench.path('own.json'), '--json');
    const { assumptions, limit, revenueGrowth } = JSON.parse(out);
    assert.equal(assumptions.company.revenue, 5e7);
    assert.equal(assumptions.company.sellers, 400);
    assert.equal(limit, 'carries');
    assert.ok(revenueGrowth[1] > 0.2, 'a shorter cycle adds where no more can be open at once');
    writeFileSync(bench.path('typo.json'), '{"company":{"turnover":5e7}}');
    const typo = await ask(none, '--assumptions', bench.path('typo.json'));
    assert.equal(typo.code, 2);
    assert.match(typo.err, /there is no company\.turnover. Use revenue, sellers/);
    writeFileSync(bench.path('range.json'), '{"guided":{"closeRate":[0.2,0.3]}}');
    const short = await ask(none, '--assumptions', bench.path('range.json'));
    assert.match(short.err, /guided\.closeRate is no list of three numbers/);
  });
});
