import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buyingGroups } from '../../src/buying-groups.js';
import { createRandom } from '../../src/core/random.js';

describe('buying groups of which some share people', () => {
  /** Every third pair of groups shares a contact and buys five times as much; one in ten is held out, whatever it buys. */
  const world = (run: number) => {
    const random = createRandom(`sharing ${run}`);
    return Array.from({ length: 600 }, (_, i) => {
      const pair = Math.floor(i / 2);
      const isSharing = pair % 3 === 0;
      return {
        account: `t:account:${i}`,
        group: `t:account:${i}`,
        contacts: [isSharing ? `t:contact:both${pair}` : `t:contact:${i}`],
        arm: random() < 0.1 ? 'holdout' : 'guided',
        bought: (isSharing ? 5 : 1) * (0.5 + random()),
      };
    });
  };

  it('have no more of those that share in one arm than in the other, so that nothing looks like an effect', () => {
    let difference = 0;
    for (let run = 0; run < 50; run++) {
      const { groups } = buyingGroups(world(run), ({ arm }) => arm);
      const [guided, heldOut] = ['guided', 'holdout'].map((arm) => {
        const own = groups.filter((group) => group.arm === arm);
        const bought = own.flatMap(({ accounts }) => accounts.map((one) => one.bought));
        return bought.reduce((sum, one) => sum + one, 0) / own.length;
      }) as [number, number];
      difference += (guided - heldOut) / 50;
    }
    assert.ok(Math.abs(difference) < 0.05, String(difference));
  });

  it('are counted in their arm all the same', () => {
    const accounts = world(0);
    const { counts, sharing, split, groups } = buyingGroups(accounts, ({ arm }) => arm);
    assert.equal((counts.get('guided') ?? 0) + (counts.get('holdout') ?? 0), 600);
    assert.deepEqual([sharing, split, groups.length], [200, 0, 400]);
  });
});
