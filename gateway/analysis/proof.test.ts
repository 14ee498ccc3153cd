import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import { DAY, START, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

interface World {
  readonly groups: number;
  /** How much more a guided account buys, of 1,000 on average. */
  readonly effect: number;
  readonly touches?: number;
  /** Every tenth guided account shares a contact with one that is held out. */
  readonly sharing?: boolean;
  /** Of each so many, one is held out. */
  readonly heldOutOf?: number;
}

const euros = (amount: number) => ({ amountMinor: Math.round(100 * amount), currency: 'EUR' });

/** Accounts that buy once before they get an arm, and once after it, half a year each. */
function tellHoldout({
  groups,
  effect,
  touches = 1,
  sharing = false,
  heldOutOf = 2,
}: World): readonly Fact[] {
  const random = createRandom(`holdout ${groups} ${effect} ${touches}`);
  const assigned = START + 180 * DAY;
  return Array.from({ length: groups }, (_, i): readonly Fact[] => {
    const account = `t:account:${i}`;
    const isHeldOut = i % heldOutOf === 0;
    const usual = 500 + 1000 * random();
    const amount = usual + (isHeldOut ? 0 : effect) + 100 * (random() - 0.5);
    const contact = `t:contact:${sharing && i % 20 < 2 ? `shared${Math.floor(i / 2)}` : i}`;
    return [
      tell('record-changed', account, START, { values: { name: `Firm ${i}` } }),
      tell('purchase', account, assigned - 60 * DAY, { amount: euros(usual) }),
      tell('holdout-assigned', account, 0, { arm: isHeldOut ? 'holdout' : 'guided' }, [account], {
        id: `holdout-assigned/${account}`,
        learnedAt: assigned,
      }),
      tell('purchase', account, assigned + 60 * DAY, { amount: euros(amount) }, [account, contact]),
      ...Array.from({ length: isHeldOut ? 1 : touches }, (_, touch) =>
        tell('call-made', account, assigned + (70 + touch) * DAY, {}, [account, contact]),
      ),
      tell('note', account, assigned + 180 * DAY, {}),
    ];
  }).flat();
}

describe('opportune analyze proof', () => {
  let bench: AnalyzeBench;
  before(() => {
    bench = openAnalyzeBench();
  });
  after(() => bench.end());

  const ask = async (world: World, ...args: readonly string[]) => {
    const facts = bench.write('proof.jsonl', tellHoldout(world));
    const ran = await bench.ask('proof', '--facts', facts, ...args);
    return { ...ran, out: ran.out.replaceAll(/\s+/g, ' ') };
  };

  it('tells what guidance earned, with an interval that what is true lies in', async () => {
    const { code, out } = await ask({ groups: 200, effect: 120 }, '--json');
    assert.equal(code, 0);
    const { verdict, sales, total, arms, days } = JSON.parse(out);
    assert.equal(verdict.is, 'better');
    assert.equal(days, 180);
    assert.deepEqual(
      arms.map(({ groups }: { groups: number }) => groups),
      [100, 100],
    );
    assert.ok(sales.interval[0] < 12_000 && sales.interval[1] > 12_000, out);
    assert.ok(sales.explained > 0.9, 'what was bought before explains most of it');
    assert.ok(Math.abs(total.minor - 100 * 12_000) < 300_000, String(total.minor));
  });

  it('tells as plainly that it cost money', async () => {
    const { out } = await ask({ groups: 200, effect: -120 });
    assert.match(out, /guidance cost €1\d0 a buying group.*without it more would have come/);
    assert.match(out, /In all: -€1\d,000/);
  });

  it('takes off what interruptions cost, as the playbook prices a touch', async () => {
    const calm = JSON.parse((await ask({ groups: 100, effect: 50 }, '--json')).out);
    assert.ok(Math.abs(calm.net.difference - calm.sales.difference) < 0.01);
    const { touchMinor } = calm.costs;
    // 0.02 of priority, of which one unit is 1,000 euros.
    assert.equal(touchMinor, 2_000);
    const { sales, net } = JSON.parse(
      (await ask({ groups: 100, effect: 50, touches: 5 }, '--json')).out,
    );
    // CUPED takes the same line out of both but for the noise of its slope.
    const taken = sales.difference - net.difference;
    assert.ok(Math.abs(taken / (4 * touchMinor) - 1) < 0.05, `${taken} for ${touchMinor}`);
  });

  it('says that it cannot be told yet, and about how many more it takes', async () => {
    const { out } = await ask({ groups: 60, effect: 3 }, '--matters', '0.005');
    assert.match(out, /it cannot be told yet whether guidance helps: that takes about [\d,]+ more/);
  });

  it('has no number for a handful, and says what it takes', async () => {
    const { code, out } = await ask({ groups: 20, effect: 500 });
    assert.equal(code, 1);
    assert.match(out, /at least 20 buying groups in each arm.*the data have 10/);
  });

  it('leaves groups out whose people are in other groups too, and says how many', async () => {
    const { out } = await ask({ groups: 200, effect: 120, sharing: true });
    assert.match(out, /20 buying groups left out: people of theirs are in other groups too/);
  });

  it('warns when the arms are not as large as the playbook makes them', async () => {
    const { out } = await ask({ groups: 400, effect: 0, heldOutOf: 8 }, '--json');
    assert.equal(JSON.parse(out).ratio.alarming, true);
  });

  describe('with arms that go without a layer', () => {
    /** The whole product brings 120 euros more than a card by lot, and as much as likelihood alone. */
    const LOSES = { full: 0, random: 120, propensity: 0 };
    const tellArms = (groups: number): readonly Fact[] => {
      const random = createRandom(`arms ${groups}`);
      const drawn = START + 180 * DAY;
      return Array.from({ length: groups }, (_, i): readonly Fact[] => {
        const account = `t:account:${i}`;
        const arm = (['full', 'random', 'propensity'] as const)[i % 3] ?? 'full';
        const usual = 500 + 1000 * random();
        const amount = usual - LOSES[arm] + 40 * (random() - 0.5);
        return [
          tell('record-changed', account, START, { values: { name: `Firm ${i}` } }),
          tell('purchase', account, drawn - 60 * DAY, { amount: euros(usual) }),
          tell('arm-assigned', account, 0, { arm }, [account], {
            id: `arm-assigned/${account}`,
            learnedAt: drawn,
          }),
          tell('purchase', account, drawn + 60 * DAY, { amount: euros(amount) }),
          tell('note', account, drawn + 180 * DAY, {}),
        ];
      }).flat();
    };
    const askArms = async (groups: number, ...args: readonly string[]) => {
      const ran = await bench.ask(
        'proof',
        '--facts',
        bench.write('arms.jsonl', tellArms(groups)),
        ...args,
      );
      return { ...ran, out: ran.out.replaceAll(/\s+/g, ' ') };
    };

    it('tells what each layer adds, with an interval that what is true lies in', async () => {
      const { code, out } = await askArms(300, '--json');
      assert.equal(code, 0);
      const [byLot, byLikelihood] = JSON.parse(out).layers;
      assert.deepEqual([byLot.arm, byLot.groups, byLot.full], ['random', 100, 100]);
      assert.equal(byLot.verdict.is, 'better');
      assert.ok(byLot.net.interval[0] < 12_000 && byLot.net.interval[1] > 12_000, out);
      assert.deepEqual(
        [byLikelihood.arm, byLikelihood.verdict.is],
        ['propensity', 'no-difference-that-matters'],
      );
      const [low, high] = byLikelihood.net.interval;
      assert.ok(low < 0 && high > 0, out);
      const { out: text } = await askArms(300);
      assert.match(
        text,
        /Choosing at all, against an eligible card by lot: it brings more than going without it\. €120 a buying group/,
      );
    });

    it('says how many accounts are missing, and makes no number of few', async () => {
      const { out } = await askArms(30);
      assert.match(
        out,
        /Choosing at all, against an eligible card by lot: too little data, about 10 more buying groups/,
      );
      const { layers } = JSON.parse((await askArms(30, '--json')).out);
      for (const { net } of layers) assert.equal(net, undefined);
    });
  });
});
