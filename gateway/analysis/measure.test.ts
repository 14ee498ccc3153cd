import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import { DAY, START, TOLD_PLAYBOOK, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

const STAGES = ['--won', 'opportunity.stage=Won', '--lost', 'opportunity.stage=Lost'];
const YEAR = 365;

/** Deals over a year, each won after 20 to 60 days; an urgent need takes so many days less, and has a smaller amount. */
function tellCycles({
  faster,
  until = 2 * YEAR,
}: {
  faster: number;
  until?: number;
}): readonly Fact[] {
  const random = createRandom(`cycles ${faster}`);
  const told: Fact[] = [];
  for (let number = 0; number < 900; number++) {
    const [account, about] = [`t:account:${number}`, [`t:opportunity:${number}`]];
    const begins = Math.floor(random() * YEAR);
    const isUrgent = random() < 0.5;
    const days = 20 + Math.floor(random() * 40) + (isUrgent ? 0 : faster);
    const values = {
      ...{ stage: 'Open', owner: `t:rep:${number % 20}`, need: isUrgent ? 'urgent' : 'later' },
      amount: { amountMinor: 100 * (isUrgent ? 500 : 900) + number, currency: 'EUR' },
    };
    told.push(tell('record-changed', account, START + begins * DAY, { values }, about));
    if (begins + days > until) continue;
    const won = { values: { stage: 'Won' } };
    told.push(tell('record-changed', account, START + (begins + days) * DAY, won, about));
  }
  return told;
}

describe('opportune analyze patterns --measure', () => {
  let bench: AnalyzeBench;
  before(() => {
    bench = openAnalyzeBench();
  });
  after(() => bench.end());
  const ask = (facts: readonly Fact[], measure: string): ReturnType<AnalyzeBench['ask']> =>
    bench.ask(
      ...(['patterns', '--facts', bench.write('facts.jsonl', facts), ...STAGES] as const),
      ...['--measure', measure],
    );

  it('finds what goes along with a longer cycle, in days, with deals to open', async () => {
    const { code, out } = await ask(tellCycles({ faster: 12 }), 'cycle');
    assert.equal(code, 0);
    const text = out.replaceAll(/\s+/g, ' ');
    const [, days, low, high] =
      /Where Need is later, won deals take ([\d.]+) days longer than comparable ones on average \(95 % interval \+([\d.]+) days to \+([\d.]+) days; \d+ deals of 10 sellers\)/.exec(
        text,
      ) ?? [];
    assert.ok(Number(low) < 12 && 12 < Number(high), `${days}: ${low} to ${high}`);
    assert.match(text, /Compared are deals of the same seller and begun in the same month/);
    assert.match(text, /With it \d+ 5\d(\.\d)? days/);
    const [, , from, to] =
      /Need is later.* Of two comparable deals, one with it and one without, the difference in the middle is \+([\d.]+) days \(95 % interval \+([\d.]+) days to \+([\d.]+) days\)/.exec(
        text,
      ) ?? [];
    assert.ok(Number(from) < 12 && 12 < Number(to), `the middle: ${from} to ${to}`);
    // What is slow is for somebody to look at; what that is worth nobody has measured.
    assert.match(
      text,
      /title: Agree the next step of \{opportunity\.name\|this deal\} and its day/,
    );
    assert.match(text, /becomes: need: later stage: - Open - Offer/);
    assert.match(text, /# What this is worth to the goal is not measured/);
    assert.doesNotMatch(text, /percentage points/);
  });

  it('finds nothing where there is nothing, and says what would have shown', async () => {
    const { code, out } = await ask(tellCycles({ faster: 0 }), 'cycle');
    assert.equal(code, 1);
    assert.match(
      out.replaceAll(/\s+/g, ' '),
      /smallest difference that this much data would have shown nine times in ten is \d+(\.\d)? days/,
    );
  });

  it('leaves out deals that began too late for slow ones to be won, and tells how many still are open', async () => {
    // The records end while deals of the last two months are open.
    const facts = tellCycles({ faster: 12, until: YEAR });
    const file = bench.write('late.jsonl', facts);
    const { out } = await bench.ask(
      ...(['patterns', '--facts', file, ...STAGES, '--measure', 'cycle', '--json'] as const),
    );
    const { measured, rows } = JSON.parse(out);
    const wins = facts.filter(({ data }) => JSON.stringify(data).includes('"Won"')).length;
    assert.ok(measured.left.tooYoung > 20);
    assert.equal(rows + measured.left.tooYoung + measured.left.tooEarly, wins);
    // Of some 750 deals that are old enough, hardly any: nearly all won deals take no longer.
    assert.ok(measured.stillOpen < 40, measured.stillOpen);
  });

  it('measures an attribute of won deals, in its unit, and refuses what is no number', async () => {
    const { out } = await ask(tellCycles({ faster: 12 }), 'opportunity.amount');
    const text = out.replaceAll(/\s+/g, ' ');
    assert.match(text, /Where Need is later, Amount of won deals is higher by €400 /);
    const wrong = await ask([], 'opportunity.need');
    assert.deepEqual([wrong.code, /is no number/.test(wrong.err)], [2, true]);
  });

  describe('discount, returns and turnover', () => {
    const ATTRIBUTES = `${TOLD_PLAYBOOK['attributes.yaml']}  - { id: discountRate, label: Discount, type: number, unit: rate, of: opportunity }
  - { id: sentBack, label: Sent back, type: number, unit: money, of: opportunity, derive: { sum: { types: [goods-returned], field: amount } } }
`;
    let playbook: string;
    before(() => {
      playbook = bench.path('named');
      mkdirSync(playbook);
      writeFileSync(`${playbook}/playbook.yaml`, TOLD_PLAYBOOK['playbook.yaml']);
      writeFileSync(`${playbook}/attributes.yaml`, ATTRIBUTES);
    });

    /** Those with a need later on get 8 points more discount and send back €90 more; the first `stars` sellers win more and give 6 points less. */
    function tellDiscounts({ stars = 0 }: { stars?: number }): readonly Fact[] {
      const random = createRandom(`discounts ${stars}`);
      const told: Fact[] = [];
      for (let number = 0; number < 2_400; number++) {
        const [account, about] = [`t:account:${number}`, [`t:opportunity:${number}`]];
        const at = START + Math.floor(random() * YEAR) * DAY;
        const seller = number % 30;
        const isLate = random() < 0.5;
        const isWon = random() < (seller < stars ? 0.8 : 0.4);
        const discount = 0.1 + random() / 10 + (isLate ? 0.08 : 0) - (seller < stars ? 0.06 : 0);
        const values = {
          ...{ stage: 'Open', owner: `t:rep:${seller}`, need: isLate ? 'later' : 'urgent' },
          ...{ discountRate: discount, amount: { amountMinor: 1e5 + number, currency: 'EUR' } },
        };
        told.push(tell('record-changed', account, at, { values }, about));
        const end = { values: { stage: isWon ? 'Won' : 'Lost' } };
        told.push(tell('record-changed', account, at + 30 * DAY, end, about));
        const amountMinor = Math.round(100 * (random() * 50 + (isLate ? 90 : 0)));
        const amount = { amount: { amountMinor, currency: 'EUR' } };
        if (isWon) told.push(tell('goods-returned', account, at + 50 * DAY, amount, about));
      }
      return told;
    }
    const plain = async (facts: string, ...args: readonly string[]): Promise<string> => {
      const given = ['--playbook', playbook, '--facts', facts, ...STAGES];
      const { out, err } = await bench.ask('patterns', ...given, ...args);
      return (out + err).replaceAll(/\s+/g, ' ');
    };

    it('are found by their names, or named by who asks, and become a play that says what to do', async () => {
      const facts = bench.write('named.jsonl', tellDiscounts({}));
      const discount = await plain(facts, '--measure', 'discount');
      const [, points] =
        /Where Need is later, Discount of won deals is higher by ([\d.]+) percentage points/.exec(
          discount,
        ) ?? [];
      assert.ok(Math.abs(Number(points) - 8) < 1.5, discount);
      assert.match(discount, /title: Settle what \{opportunity\.name\|this deal\} is worth before/);
      // A tenth of the price given away is a tenth of the amount.
      assert.match(discount, /serves: revenue: share: 0\.0[78] of: opportunity\.amount/);
      const returns = await plain(facts, '--measure', 'returns=opportunity.sentBack');
      assert.match(returns, /Sent back of won deals is higher by €(8|9)\d/);
      assert.match(returns, /title: Check that it fits before .* is ordered/);
      assert.match(returns, /serves: revenue: value: (8|9)\d/);
      const none = await plain(facts, '--measure', 'returns');
      assert.match(none, /no number attribute of the opportunity is called returns/);
    });

    it('tell whether stars differ in them, and name nobody', async () => {
      const facts = bench.write('stars.jsonl', tellDiscounts({ stars: 6 }));
      const told = await plain(facts, '--measure', 'discount', '--stars');
      const [, points, low, high] =
        /Discount of won deals of stars is lower by ([\d.]+) percentage points than of comparable ones of the others on average \(95 % interval −([\d.]+) percentage points to −([\d.]+)/.exec(
          told,
        ) ?? [];
      assert.ok(Number(high) < 6 && 6 < Number(low), `${points}: ${told}`);
      const [, least, most] =
        /Of two comparable ones, one of a star and one of another, the difference in the middle is −[\d.]+ percentage points \(95 % interval −([\d.]+) percentage points to −([\d.]+)/.exec(
          told,
        ) ?? [];
      assert.ok(Number(most) < 6 && 6 < Number(least), `the middle: ${least} to ${most}`);
      assert.match(told, /6 stars and 24 others/);
      assert.doesNotMatch(told, /t:rep/);
      const cycle = await plain(facts, '--measure', 'cycle', '--stars');
      assert.match(cycle, /No difference found/);
      const few = bench.write('few.jsonl', tellDiscounts({ stars: 4 }));
      const withheld = await plain(few, '--measure', 'discount', '--stars');
      assert.match(withheld, /Stars, or the others, are fewer than five/);
      assert.doesNotMatch(withheld, /percentage points/);
    });
  });

  it('says what is lacking where the days are not told, and where nothing is won', async () => {
    const deals = Array.from({ length: 60 }, (_, number) =>
      tell(
        ...(['record-changed', `t:account:${number}`, START] as const),
        { values: { stage: 'Won', owner: `t:rep:${number % 6}`, need: 'later' } },
        [`t:opportunity:${number}`],
      ),
    );
    const { code, out } = await ask(deals, 'cycle');
    assert.equal(code, 1);
    assert.match(
      out.replaceAll(/\s+/g, ' '),
      /at least one of the won deals of which anything is told from before it was won/,
    );
    assert.doesNotMatch(out, /NaN|Infinity|suggested patterns/);
  });
});
