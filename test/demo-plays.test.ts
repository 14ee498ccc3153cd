import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createAgent } from 'opportune';
import { compilePlaybook } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import type { Agent } from '../src/domain/agent.js';
import type { Playbook } from '../src/domain/playbook.js';
import type { RecordId } from '../src/domain/value.js';
import {
  assignArm,
  type CaseTable,
  expandLines,
  type PlayCase,
  type Step,
  toRecordId,
} from './cases/expand.js';

const folder = new URL('../examples/crm/playbook/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(yaml|md)$/.test(path))
  .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }));
const compiled = compilePlaybook(files, { today: '2026-11-19' });
const playbook = compiled.playbook as Playbook;
const table = JSON.parse(
  readFileSync(new URL('./cases/demo-plays.json', import.meta.url), 'utf8'),
) as CaseTable;
const now = Date.parse(table.now);

interface World {
  readonly agent: Agent;
  readonly clock: { at: number };
  readonly asker: RecordId;
  readonly record: RecordId;
}

/** Lives through a timeline: the clock stands at each line when it happens, and time is told as it passes. */
async function live(world: World, play: string, steps: readonly Step[]): Promise<void> {
  const { agent, clock, asker, record } = world;
  for (let next = 0; next < steps.length; next++) {
    const step = steps[next] as Step;
    clock.at = Math.max(clock.at, step.at);
    if ('fact' in step) {
      const facts = [step.fact];
      for (let same = steps[next + 1]; same && 'fact' in same && same.at === step.at; ) {
        facts.push(same.fact);
        same = steps[++next + 1];
      }
      const { refused } = await agent.record(facts);
      assert.deepEqual(refused, []);
      continue;
    }
    const account = toRecordId('account', table);
    const { shown } = await agent.decide(account, asker);
    const card = shown.find((one) => one.play === play && one.record === record);
    assert.ok(card, `there is no card to answer on day ${(step.at - now) / 86_400_000}`);
    const result = await agent.respond({
      id: `answer-${step.at}`,
      play,
      record,
      account,
      opening: card.opening,
      asker,
      occurredAt: clock.at,
      response: step.response,
    });
    assert.equal(result.status, 'recorded');
  }
}

/** The case lived through, and whether the play was open before its `then`. */
async function run({ play, setup, then = [], arm = 'guided', ...one }: PlayCase): Promise<{
  world: World;
  openedBefore: boolean;
}> {
  const setupSteps = expandLines(setup, 'setup', table);
  const thenSteps = expandLines(then, 'then', table);
  const clock = { at: 0 };
  const about = playbook.plays.find(({ id }) => id === play)?.about;
  const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => clock.at } });
  const world = {
    agent,
    clock,
    asker: toRecordId(one.asker ?? 'maya', table),
    record: toRecordId(one.record ?? (about === 'opportunity' ? 'deal' : 'account'), table),
  };
  await agent.publish(playbook);
  await live(world, play, [
    assignArm(arm, table),
    ...expandLines(table.base, 'base', table),
    ...setupSteps,
  ]);
  clock.at = Math.max(clock.at, (thenSteps[0]?.at ?? now) - 1);
  await agent.tick();
  const openedBefore = one.expect.status === 'withdrawn' && (await hasOpened(world, play));
  await live(world, play, thenSteps);
  clock.at = now;
  await agent.tick();
  return { world, openedBefore };
}

async function hasOpened({ agent, record, asker }: World, play: string): Promise<boolean> {
  const history = await agent.history(record, asker);
  return history.some((entry) => entry.play === play && entry.type === 'opened');
}

describe('plays of the demo', () => {
  it('compile without a finding', () => {
    assert.deepEqual(compiled.problems, []);
  });

  it('have a case in which each opens, one in which it goes, and one in which it is stopped', () => {
    for (const { id, trigger } of playbook.plays) {
      const own = table.cases.filter(({ play }) => play === id).map(({ expect }) => expect.status);
      assert.ok(own.includes('shown'), `${id} never opens`);
      assert.ok('opened' in trigger || own.includes('withdrawn'), `${id} is never withdrawn`);
      assert.ok(own.includes('stopped'), `${id} is never stopped`);
    }
  });

  it('open nothing in the quiet account that every case begins with', async () => {
    const { world } = await run({ name: '', play: '', setup: [], expect: { status: 'stopped' } });
    const { shown, verdicts } = await world.agent.decide(toRecordId('account', table), world.asker);
    assert.deepEqual([shown, verdicts], [[], []]);
  });

  for (const one of table.cases) {
    it(`${one.play} ${one.name}`, async () => {
      const { world, openedBefore } = await run(one);
      const { agent, asker, record } = world;
      const all = one.expect.status === 'stopped' ? ({ verdicts: 'all' } as const) : {};
      const { shown, verdicts } = await agent.decide(toRecordId('account', table), asker, all);
      const own = verdicts.filter(({ play }) => play === one.play);
      const verdict = own.find((each) => each.record === record) ?? own[0];
      const { status, stage, because, rank, margin } = one.expect;
      const expected = status === 'withdrawn' ? undefined : (stage ?? status);
      assert.equal(verdict?.stage, expected, JSON.stringify(verdict));
      if (rank !== undefined) assert.equal(verdict?.rank, rank);
      if (margin !== undefined) assert.equal(verdict?.margin?.rate.toFixed(2), margin.toFixed(2));
      if (status === 'shown') {
        const card = shown.find(({ play }) => play === one.play);
        assert.ok(card?.contents.length, 'the card brings no content');
      }
      if (status !== 'withdrawn') return;
      assert.ok(openedBefore, 'it was not open before');
      const history = await agent.history(record, asker);
      const end = history.find(({ play, type }) => play === one.play && type !== 'opened');
      assert.ok(end, 'its history says nothing of an end');
      if (because !== undefined) assert.equal(end.ended, because);
    });
  }
});
