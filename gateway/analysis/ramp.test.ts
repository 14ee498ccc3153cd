import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { DAY, START, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

const STAGES = ['--won', 'opportunity.stage=Won', '--lost', 'opportunity.stage=Lost'];

/** Eight sellers who win two deals a month all along, and some who begin later and win none for three months. */
function tellSellers(beginners: number, guided = 0): readonly Fact[] {
  const told: Fact[] = [];
  let number = 0;
  const deal = (seller: string, began: number, won: number): void => {
    const id = `${++number}`;
    const about = [`t:opportunity:${id}`];
    const owner = `t:rep:${seller}`;
    told.push(
      tell('record-changed', `t:account:${id}`, began, { values: { stage: 'Open', owner } }, about),
      tell('record-changed', `t:account:${id}`, won, { values: { stage: 'Won' } }, about),
    );
  };
  for (let seller = 0; seller < 8; seller++)
    for (let day = 0; day < 720; day += 15)
      deal(`old${seller}`, START + day * DAY, START + (day + 10) * DAY);
  for (let seller = 0; seller < beginners + guided; seller++) {
    const start = START + (300 + 5 * seller) * DAY;
    // Who sees a card on the tenth day wins a month and a half after it.
    const [seenOn, first] = seller < beginners ? [200, 95] : [10, 45];
    if (guided > 0)
      told.push(
        tell('seen', 't:account:1', start + seenOn * DAY, { opening: 'a|t:account:1|opened' }, [], {
          by: `t:rep:new${seller}`,
        }),
      );
    deal(`new${seller}`, start, start + first * DAY);
    for (let day = first - 3; day < 330; day += 15)
      deal(`new${seller}`, start + day * DAY, start + (day + 10) * DAY);
  }
  return told;
}

describe('opportune analyze ramp', () => {
  let bench: AnalyzeBench;
  before(() => {
    bench = openAnalyzeBench();
  });
  after(() => bench.end());

  it('tells from which month on beginners win as the others do, and when half have won a first deal', async () => {
    const facts = bench.write('ramp.jsonl', tellSellers(6));
    const { code, out } = await bench.ask('ramp', '--facts', facts, ...STAGES, '--json');
    assert.equal(code, 0);
    const { beginners, others, usual, ramped, firstWinDays, months } = JSON.parse(out);
    assert.deepEqual([beginners, others, ramped, firstWinDays], [6, 8, 4, 95]);
    assert.ok(usual > 2.05 && usual < 2.1, usual);
    assert.deepEqual(
      months.slice(0, 3).map((one: { won: number }) => one.won),
      [0, 0, 0],
    );
    const { out: text } = await bench.ask('ramp', '--facts', facts, ...STAGES);
    assert.match(
      text.replaceAll(/\s+/g, ' '),
      /From month 4 on they win at least four fifths of that\. Half of them had won their first deal after 95 days\./,
    );
    assert.doesNotMatch(text, /t:rep:|new0|old0/);
  });

  it('tells those who had guidance from the beginning beside those who had not, and that this is no experiment', async () => {
    const facts = bench.write('guided.jsonl', tellSellers(6, 5));
    const { code, out } = await bench.ask('ramp', '--facts', facts, ...STAGES, '--json');
    assert.equal(code, 0);
    const { beginners, guided } = JSON.parse(out);
    assert.equal(beginners, 11);
    const { from, without } = guided;
    assert.deepEqual([from.beginners, from.ramped, from.firstWinDays], [5, 2, 45]);
    assert.deepEqual([without.beginners, without.ramped, without.firstWinDays], [6, 4, 95]);
    const { out: text } = await bench.ask('ramp', '--facts', facts, ...STAGES);
    assert.match(
      text.replaceAll(/\s+/g, ' '),
      /A card within the first two months \(5 sellers\): at four fifths .* from month 2 on, half had won after 45 days\..*This is no experiment/,
    );
    assert.doesNotMatch(text, /t:rep:|new0|old0/);
  });

  it('counts who began lately and saw no card yet neither with guidance nor without', async () => {
    const about = ['t:opportunity:late'];
    const late = tell(
      'record-changed',
      't:account:late',
      START + 690 * DAY,
      { values: { stage: 'Open', owner: 't:rep:late' } },
      about,
    );
    const facts = bench.write('late.jsonl', [...tellSellers(6, 5), late]);
    const { out } = await bench.ask('ramp', '--facts', facts, ...STAGES, '--json');
    const { beginners, guided } = JSON.parse(out);
    assert.deepEqual([beginners, guided.from.beginners, guided.without.beginners], [12, 5, 6]);
  });

  it('says nothing of guidance where one part would be of four', async () => {
    const facts = bench.write('four.jsonl', tellSellers(6, 4));
    const { out } = await bench.ask('ramp', '--facts', facts, ...STAGES, '--json');
    assert.equal(JSON.parse(out).guided, undefined);
  });

  it('has no number for four beginners, and says what it takes', async () => {
    const facts = bench.write('few.jsonl', tellSellers(4));
    const { code, out } = await bench.ask('ramp', '--facts', facts, ...STAGES);
    assert.equal(code, 1);
    assert.match(
      out.replaceAll(/\s+/g, ' '),
      /takes at least 5 sellers whose first deal came half a year after the first of all; the data have 4/,
    );
  });
});
