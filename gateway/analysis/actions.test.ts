import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { DAY, START, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

/** Ana calls twelve customers every month for a year; of each three calls one is answered by mail two days later. */
function tellCalls(): readonly Fact[] {
  const told: Fact[] = [];
  let calls = 0;
  for (let month = 0; month < 12; month++)
    for (let number = 0; number < 12; number++) {
      const [account, contact] = [`t:account:${number}`, `t:contact:${number}`];
      const at = START + (30 * month + number) * DAY;
      const about = [account, contact];
      told.push(tell('call-made', account, at, {}, about, { by: 't:rep:ana' }));
      if (calls++ % 3 === 0)
        told.push(
          tell('email-received', account, at + 2 * DAY, {}, about, {
            by: contact,
            grade: 'buyer-verified',
          }),
        );
    }
  told.push(tell('call-made', 't:account:0', START, {}, ['t:account:0'], { by: 't:rep:ben' }));
  return told.sort((one, other) => one.occurredAt - other.occurredAt);
}

describe('opportune analyze actions', () => {
  let bench: AnalyzeBench;
  let facts: string;
  before(() => {
    bench = openAnalyzeBench();
    facts = bench.write('actions.jsonl', tellCalls());
  });
  after(() => bench.end());

  it('tells a rep how often buyers acted, by kind and month, with intervals and the trend', async () => {
    const html = bench.path('actions.html');
    const { code, out } = await bench.ask(
      ...(['actions', '--facts', facts, '--rep', 't:rep:ana', '--html', html] as const),
    );
    assert.equal(code, 0);
    const text = out.replaceAll(/\s+/g, ' ');
    assert.match(text, /144 actions towards 12 customers\. Of the 132 .* 44 were followed/);
    assert.match(text, /about 33 in 100 \(95 % interval \d+ to \d+\)/);
    assert.match(text, /Over all kinds, the last three months stand at 3\d %/);
    assert.match(text, /no more than chance would move it/);
    assert.doesNotMatch(text, /ben|\bbest\b|rank/i);
    assert.match(bench.read('actions.html'), /What your actions achieve/);
  });

  it('is of one rep alone, and of all together where they are five or more', async () => {
    const { out } = await bench.ask('actions', '--facts', facts, '--rep', 'ben', '--json');
    const { rep, all } = JSON.parse(out);
    assert.deepEqual([rep, all.actions], ['t:rep:ben', 1]);
    assert.deepEqual(all.share, { needed: '10 actions whose time is over', got: 1 });
    const none = await bench.ask('actions', '--facts', facts);
    assert.equal(none.code, 1);
    assert.match(none.out, /Nothing is told of fewer than five sellers/);
    const more = ['c', 'd', 'e'].map((name) =>
      tell('call-made', 't:account:1', START, {}, ['t:account:1'], { by: `t:rep:${name}` }),
    );
    const of = bench.write('five.jsonl', [...more, ...tellCalls()]);
    const five = await bench.ask('actions', '--facts', of, '--json');
    assert.deepEqual([five.code, JSON.parse(five.out).reps], [0, 5]);
    assert.doesNotMatch(five.out, /t:rep/);
    const unknown = await bench.ask('actions', '--facts', facts, '--rep', 'zoe');
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /no action towards a buyer is of this person/);
  });
});
