import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { tell } from '../../test/told-deals.js';
import { runTry } from '../../test/try-runs.js';
import { REP } from '../../test/try-world.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

/** A try of sixty accounts that came off. */
function tellTry(): readonly Fact[] {
  const { own, timelines } = runTry('told', 60, { usual: 0.1, new: 0.9 });
  const { startedAt, until, id, play, how, accounts } = own;
  const started = tell(
    'try-started',
    REP,
    startedAt,
    { id, play, how, until, accounts: accounts.map((one) => ({ ...one })) },
    [],
    { id: `try/${id}`, by: REP },
  );
  return [started, ...[...timelines.values()].flat()].sort((a, b) => a.occurredAt - b.occurredAt);
}

describe('opportune analyze tries', () => {
  let bench: AnalyzeBench;
  let facts: string;
  before(() => {
    bench = openAnalyzeBench();
    facts = bench.write('tries.jsonl', tellTry());
  });
  after(() => bench.end());

  it('tells a rep what came of each try, with its interval', async () => {
    const { code, out } = await bench.ask('tries', '--facts', facts, '--rep', REP);
    assert.equal(code, 0);
    const text = out.replaceAll(/\s+/g, ' ');
    assert.match(text, /“open with the audit date” with “audit”.*: Better than as usual\./);
    const { out: json } = await bench.ask('tries', '--facts', facts, '--rep', REP, '--json');
    const { rep, tries } = JSON.parse(json);
    assert.equal(rep, REP);
    assert.equal(tries.length, 1);
    const [{ verdict, difference, usual, new: tried }] = tries;
    assert.deepEqual(verdict, { is: 'better' });
    assert.ok(difference.interval[0] > 0 && difference.value > 0.5);
    assert.deepEqual([usual.assigned, tried.assigned], [30, 30]);
  });

  it('needs a rep, and says so of one of whom nothing is known', async () => {
    const none = await bench.ask('tries', '--facts', facts);
    assert.equal(none.code, 2);
    assert.match(none.err, /it needs --rep/);
    const unknown = await bench.ask('tries', '--facts', facts, '--rep', 't:rep:nobody');
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /t:rep:nobody: nothing is recorded of this person/);
  });
});
