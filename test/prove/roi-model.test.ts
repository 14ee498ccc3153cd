import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzeRoi, WORKED_EXAMPLE } from '../../src/analyze-roi.js';
import {
  type Company,
  opportunitiesAYear,
  revenueRatio,
  shareOfGain,
  statementAt,
} from '../../src/prove/roi-model.js';

const near = (actual: number, expected: number, tolerance = 1e-6): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

const company = (more: Partial<Company>): Company => ({
  ...WORKED_EXAMPLE.company,
  revenue: 1000,
  shares: 50,
  ...more,
});

describe('what more revenue makes of profit and of earnings per share', () => {
  // By the identity: s = 0.454545 g + 0.545455 k - f - i + 4.545455 S/R0 makes +12 % revenue +22 % earnings per share.
  const solutions = [
    { g: 0.25, k: 0.03, f: 0, i: 0, S: 0, m: 0.12 },
    { g: 0.35, k: 0.03, f: 0, i: 0, S: 0, m: 0.1745454545 },
    { g: 0.3, k: 0.03, f: 0, i: 0, S: 0, m: 0.1472727273 },
    { g: 0.25, k: 0.02, f: 0.03, i: 0.01, S: 0, m: 0.1254545455 },
    { g: 0.35, k: 0.03, f: 0.03, i: 0.01, S: 3, m: 0.1609090909 },
    { g: 0.3, k: 0.03, f: 0.02, i: 0.01, S: 5, m: 0.1245454545 },
  ];
  for (const { g, k, f, i, S, m } of solutions)
    it(`is 22 % from 12 % at a gross margin of ${g}, ${k} commission and ${m.toFixed(4)} before tax`, () => {
      const one = company({
        grossMargin: g,
        commission: k,
        otherFixed: f,
        interest: i,
        softwareAYear: S,
        sga: g - f - i - m,
      });
      const [today, then] = [statementAt(one, 0), statementAt(one, 0.12)];
      near(today.profit / today.revenue, m);
      near(then.eps / today.eps - 1, 0.22);
    });

  it('is as the statements of a published solution say', () => {
    const one = company({ grossMargin: 0.35, sga: 0.1754545455 });
    const [today, then] = [statementAt(one, 0), statementAt(one, 0.12)];
    near(today.profit, 174.5454545);
    near(today.eps, 2.269090909);
    near(then.sga, 179.0545455);
    near(then.profit, 212.9454545);
    near(then.eps, 2.768290909);
  });

  it('is not 22 % at another margin: 23.14 % where 14 % are left before tax', () => {
    const one = company({ grossMargin: 0.3, sga: 0.16 });
    const [today, then] = [statementAt(one, 0), statementAt(one, 0.12)];
    near(then.profit, 172.4);
    near(then.eps / today.eps - 1, 0.2314285714);
  });
});

describe('what sellers can do', () => {
  const { now, guided } = WORKED_EXAMPLE;
  const likely = {
    sellingShare: guided.sellingShare[1],
    hoursAnOpportunity: guided.hoursAnOpportunity[1],
    closeRate: guided.closeRate[1],
    cycleDays: guided.cycleDays[1],
  };

  it('makes 12 % more revenue of 2.5 points of time, 1.5 hours and half a point of the close rate', () => {
    near(opportunitiesAYear(now, WORKED_EXAMPLE.company).count, 10.5);
    near(opportunitiesAYear(likely, WORKED_EXAMPLE.company).count, 11.53846154);
    near(revenueRatio(now, likely, WORKED_EXAMPLE.company), 1.12);
    const shares = shareOfGain(now, likely, WORKED_EXAMPLE.company);
    near(shares.sellingShare ?? 0, 0.6087855983);
    near(shares.hoursAnOpportunity ?? 0, 0.2234015855);
    near(shares.closeRate ?? 0, 0.1678128162);
  });

  it('gains nothing from freed time where no more can be open at once, and from a shorter cycle instead', () => {
    const busy = { ...WORKED_EXAMPLE.company, carries: 2 };
    const base = { ...now, closeRate: 0.25 };
    assert.equal(opportunitiesAYear(base, busy).limit, 'carries');
    near(revenueRatio(base, { ...base, sellingShare: 0.5 }, busy), 1);
    near(revenueRatio(base, { ...base, cycleDays: 100 }, busy), 1.2);
    assert.deepEqual(shareOfGain(base, { ...base, cycleDays: 100 }, busy), {});
  });
});

describe('the worked example', () => {
  const roi = analyzeRoi(WORKED_EXAMPLE);

  it('reaches 12 % revenue and 22 % earnings per share after eight quarters, with SG&A growing by commissions alone', () => {
    const last = roi.quarters.at(-1);
    near(last?.revenueGrowth[1] ?? 0, 0.12);
    near(last?.epsGrowth?.[1] ?? 0, 0.22);
    near(roi.likely.sga - roi.today.sga, 0.03 * 120_000_000, 1);
    near(roi.leverage ?? 0, 1.8333333333);
  });

  it('grows by 5.83 % and 10.45 % a year, compounded', () => {
    const last = roi.quarters.at(-1);
    near(Math.sqrt(1 + (last?.revenueGrowth[1] ?? 0)) - 1, 0.05830052443);
    near(Math.sqrt(1 + (last?.epsGrowth?.[1] ?? 0)) - 1, 0.1045361017);
  });

  it('costs its software also where it brings nothing', () => {
    const { closeRate, sellingShare, hoursAnOpportunity, cycleDays } = WORKED_EXAMPLE.now;
    const none = analyzeRoi({
      ...WORKED_EXAMPLE,
      company: { ...WORKED_EXAMPLE.company, softwareAYear: 12_000_000 },
      guided: {
        ...WORKED_EXAMPLE.guided,
        closeRate: [closeRate, 0.26, 0.27],
        sellingShare: [sellingShare, 0.37, 0.38],
        hoursAnOpportunity: [hoursAnOpportunity, 58, 57],
        cycleDays: [cycleDays, cycleDays, cycleDays],
      },
    });
    const last = none.quarters.at(-1);
    near(last?.revenueGrowth[0] ?? 1, 0);
    // 12 of the 120 million that are left today.
    near(last?.profitGrowth?.[0] ?? 0, -0.1);
    near(last?.epsGrowth?.[0] ?? 0, -0.1);
  });

  it('comes with a range that is honest about the least: little more than one in a hundred', () => {
    const [least, likely, most] = roi.revenueGrowth;
    assert.ok(least < 0.02 && likely < most, String(roi.revenueGrowth));
  });
});
