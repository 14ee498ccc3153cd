import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import { DAY, START, tell } from '../../test/told-deals.js';
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
    assert.doesNotMatch(text, /draft|percentage points/);
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
});
