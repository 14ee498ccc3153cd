import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findStars } from '../../src/analyze/find-stars.js';
import type { Table } from '../../src/analyze/table.js';
import { createRandom } from '../../src/core/random.js';
import { createPatternWorld } from '../pattern-world.js';

describe('stars', () => {
  it('are mostly the sellers with talent, and no more than a fifth', () => {
    const { table, talented } = createPatternWorld({
      seed: 'talent',
      sellers: 50,
      deals: 80,
      talent: 0.12,
    });
    const standings = findStars(table, { adjustFor: ['account.segment'] });
    const stars = standings.filter(({ isStar }) => isStar);
    assert.ok(stars.length >= 5 && stars.length <= 10, `${stars.length}`);
    const right = stars.filter(({ seller }) => talented.includes(seller)).length;
    assert.ok(right / stars.length >= 0.7, `${right} of ${stars.length}`);
    assert.ok(standings.every(({ above }, i) => above <= (standings[i - 1]?.above ?? 1)));
  });

  it('are none where sellers differ by luck alone', () => {
    for (const seed of ['luck 1', 'luck 2', 'luck 3', 'luck 4']) {
      const { table } = createPatternWorld({ seed, sellers: 30, deals: 40, talent: 0 });
      const standings = findStars(table, { adjustFor: ['account.segment', 'account.territory'] });
      assert.deepEqual(
        standings.filter(({ isStar }) => isStar),
        [],
      );
      assert.ok(
        standings.every(({ above }) => Math.abs(above) < 0.08),
        'luck was not drawn towards 0',
      );
    }
  });

  it('are not those who work the better territory', () => {
    const random = createRandom('territory');
    const sellers = Array.from({ length: 4000 }, (_, row) => `s${row % 40}`);
    // Ten sellers work mostly large accounts, of which 0.7 are won; the others mostly small ones, 0.3.
    const large = sellers.map((seller) => random() < (Number(seller.slice(1)) < 10 ? 0.8 : 0.2));
    const table: Table = {
      columns: [{ id: 'large', type: 'boolean', values: large }],
      outcome: large.map((one) => Number(random() < (one ? 0.7 : 0.3))),
      sellers,
    };
    const stars = (adjustFor: readonly string[]): number =>
      findStars(table, { adjustFor }).filter(({ isStar }) => isStar).length;
    assert.equal(stars(['large']), 0);
    assert.equal(stars([]), 8);
  });

  it('are asked for of one seller without harm', () => {
    const table: Table = { columns: [], outcome: [1, 0], sellers: ['a', 'a'] };
    assert.deepEqual(findStars(table, { adjustFor: [] }), [
      { seller: 'a', rows: 2, above: 0, interval: [0, 0], isStar: false },
    ]);
  });
});
