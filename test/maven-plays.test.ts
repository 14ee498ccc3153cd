import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createAgent } from 'opportune';
import { compilePlaybook } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import type { Agent } from '../src/domain/agent.js';
import type { Playbook } from '../src/domain/playbook.js';
import type { RecordId } from '../src/domain/value.js';
import { type CaseTable, expandLines, type PlayCase, toRecordId } from './cases/expand.js';

const folder = new URL('../examples/maven/playbook/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(yaml|md)$/.test(path))
  .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }));
const { playbook, problems } = compilePlaybook(files, { today: '2018-01-01' });
const table = JSON.parse(
  readFileSync(new URL('./cases/maven-plays.json', import.meta.url), 'utf8'),
) as CaseTable;
const now = Date.parse(table.now);
const account = toRecordId('account', table);
const moe = toRecordId('moe', table);

async function start(): Promise<{ agent: Agent; clock: { at: number } }> {
  const clock = { at: 0 };
  const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => clock.at } });
  await agent.publish(playbook as Playbook);
  return { agent, clock };
}

/** Tells the agent what happens, as time passes. */
async function live(
  agent: Agent,
  clock: { at: number },
  lines: PlayCase['setup'],
  prefix: string,
): Promise<void> {
  for (const step of expandLines(lines, prefix, table)) {
    clock.at = Math.max(clock.at, step.at);
    await agent.tick();
    assert.ok('fact' in step, 'an answer is not part of these cases');
    assert.deepEqual((await agent.record([step.fact])).refused, []);
  }
}

async function stageOf(agent: Agent, play: string, record: RecordId): Promise<string | undefined> {
  const { verdicts } = await agent.decide(account, moe, { verdicts: 'all' });
  return verdicts.find((verdict) => verdict.play === play && verdict.record === record)?.stage;
}

describe('plays of the Maven playbook', () => {
  it('compile without a finding', () => assert.deepEqual(problems, []));

  it('have a case in which each opens, one in which it goes, and one in which it is stopped', () => {
    for (const { id, trigger } of playbook?.plays ?? []) {
      const own = table.cases.filter(({ play }) => play === id).map(({ expect }) => expect.status);
      assert.ok(own.includes('shown'), `${id} never opens`);
      assert.ok('opened' in trigger || own.includes('withdrawn'), `${id} is never withdrawn`);
      assert.ok(own.includes('stopped'), `${id} is never stopped`);
    }
  });

  for (const { name, play, record, setup, then = [], expect } of table.cases)
    it(`${play} ${name}`, async () => {
      const about = playbook?.plays.find(({ id }) => id === play)?.about;
      const target = toRecordId(record ?? (about === 'opportunity' ? 'deal' : 'account'), table);
      const { agent, clock } = await start();
      await live(agent, clock, table.base, 'base');
      await live(agent, clock, setup, 'setup');
      if (expect.status === 'withdrawn' && then.length > 0) clock.at = now - 1;
      if (expect.status === 'withdrawn') {
        await agent.tick();
        assert.equal(await stageOf(agent, play, target), 'shown', 'it was not open before');
      }
      await live(agent, clock, then, 'then');
      clock.at = now;
      await agent.tick();
      const stage = await stageOf(agent, play, target);
      assert.equal(stage, expect.status === 'shown' ? 'shown' : expect.stage);
      if (expect.status === 'withdrawn') {
        const history = await agent.history(account, moe);
        assert.ok(
          history.some((entry) => entry.play === play && entry.type !== 'opened'),
          'its end is not told',
        );
      }
    });
});
