import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitLogistic, predictLogistic } from '../../src/analyze/logistic.js';
import { estimateRenewalRisk, type RenewalRisk } from '../../src/analyze/renewal-risk.js';
import { isTooLittle } from '../../src/analyze/too-little-data.js';
import { createRandom } from '../../src/core/random.js';
import { runThrough } from '../../src/core/run-sliced.js';

describe('logistic regression', () => {
  it('gives each group its own rate where one feature parts the rows', () => {
    const features = Array.from({ length: 200 }, (_, row) => (row < 80 ? [0] : []));
    const outcome = features.map((_, row) => Number(row < 80 ? row < 60 : row < 110));
    const model = fitLogistic(features, outcome, 1, { ridge: 1e-9 });
    assert.ok(Math.abs(predictLogistic([0], model) - 60 / 80) < 1e-6);
    assert.ok(Math.abs(predictLogistic([], model) - 30 / 120) < 1e-6);
  });

  it('stays finite where a feature tells the outcome, and where a feature is never there', () => {
    const features = Array.from({ length: 100 }, (_, row) => (row < 50 ? [0, 1] : []));
    const outcome = features.map((_, row) => Number(row < 50));
    const { intercept, weights } = fitLogistic(features, outcome, 3, { ridge: 1 });
    assert.ok([intercept, ...weights].every(Number.isFinite));
    assert.ok(predictLogistic([0, 1], { intercept, weights }) > 0.9);
  });
});

interface Made {
  readonly truth: readonly number[];
  readonly found: RenewalRisk;
}

/** Customers on monthly contracts leave more often, those with support less; who was told nothing of is undecided. */
function makeCustomers(count: number): Made {
  const random = createRandom('renewals');
  const rows = Array.from({ length: count }, () => {
    const [monthly, support] = [random() < 0.5, random() < 0.4];
    const odds = -1.5 + (monthly ? 2 : 0) - (support ? 1 : 0);
    const truth = 1 / (1 + Math.exp(-odds));
    const left = random() < truth ? 1 : 0;
    return { monthly, support, truth, left: random() < 0.1 ? undefined : left } as const;
  });
  const found = runThrough(
    estimateRenewalRisk(
      {
        columns: [
          {
            id: 'account.contract',
            type: 'choice',
            values: rows.map(({ monthly }) => (monthly ? 'month' : 'year')),
          },
          { id: 'account.support', type: 'boolean', values: rows.map(({ support }) => support) },
          {
            id: 'account.noise',
            type: 'number',
            values: rows.map(() => Math.floor(100 * random())),
          },
        ],
        left: rows.map(({ left }) => left),
      },
      1,
    ),
  );
  assert.ok(!isTooLittle(found));
  return { truth: rows.map(({ truth }) => truth), found };
}

describe('the risk that a contract is not renewed', () => {
  it('is close to the truth for each of 4,000 customers, those who are undecided included', () => {
    const { truth, found } = makeCustomers(4_000);
    const off = truth.map((one, row) => Math.abs(one - (found.risk[row] as number)));
    assert.ok(off.reduce((sum, one) => sum + one, 0) / off.length < 0.03);
    assert.ok(found.isCalibrated, String(found.slope));
  });

  it('comes with what raises it: the monthly contract, and never the noise first', () => {
    const { found, truth } = makeCustomers(4_000);
    const worst = truth.indexOf(Math.max(...truth));
    assert.deepEqual(found.reasons[worst]?.[0]?.test, {
      attribute: 'account.contract',
      in: ['month'],
    });
  });

  it('has no number where 49 left', () => {
    const left = Array.from({ length: 500 }, (_, row) => (row < 49 ? 1 : 0));
    assert.deepEqual(runThrough(estimateRenewalRisk({ columns: [], left }, 1)), {
      needed: '50 customers who left',
      got: 49,
    });
  });

  it('is the same rate for all where nothing is known of them', () => {
    const left = Array.from({ length: 500 }, (_, row) => (row % 5 === 0 ? 1 : 0));
    const found = runThrough(estimateRenewalRisk({ columns: [], left }, 1)) as RenewalRisk;
    assert.ok(found.risk.every((one) => Math.abs(one - 0.2) < 0.01));
  });
});
