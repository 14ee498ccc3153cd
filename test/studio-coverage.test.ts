import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { runThrough } from '../src/core/run-sliced.js';
import { kindOf } from '../src/domain/value.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { rehearse, speaks } from '../src/rehearse.js';
import { replayAccount } from '../src/replay.js';
import { prepareReplay } from '../src/replay-journey.js';
import { coverage, playForCell } from '../src/studio/coverage.js';
import { createEngine } from '../src/studio/engine.js';
import { allFigures, gatherTold } from '../src/studio/figures.js';
import { findLying } from '../src/studio/what-lies.js';
import { files, playbook } from './studio-crm.js';

const DAY = 86_400_000;
const world = createDemoWorld(7);
const keys = [
  ...new Set(
    world.facts.flatMap(({ subjects }) => subjects.filter((key) => kindOf(key) === 'account')),
  ),
].slice(0, 40);
const facts = world.facts.filter(({ subjects }) =>
  subjects.every((key) => kindOf(key) !== 'account' || keys.includes(key)),
);
const span = { from: world.now - 90 * DAY, until: world.now };
const rehearsed = runThrough(rehearse(facts, playbook, span));
/** Values as they were last told, by a walk of its own. */
const told = new Map<string, { [name: string]: unknown }>();
for (const { type, about, data, occurredAt } of facts)
  if (type === 'record-changed' && occurredAt <= world.now) {
    const id = String(about[0]);
    told.set(id, { ...told.get(id), ...(data.values as object) });
  }
const openDeals = [...told].filter(
  ([id, { open }]) => kindOf(id) === 'opportunity' && open === true,
);

describe('a rehearsal', () => {
  it('opens what a replay of each account opens', () => {
    const rehearsal = prepareReplay(playbook);
    const own = keys.slice(0, 6);
    const keysOf = (all: readonly { play: string; record: string; begin: number }[]) =>
      all.map(({ play, record, begin }) => `${play}|${record}|${begin}`).sort();
    const alone = own.flatMap((key) => {
      const timeline = facts.filter(
        ({ subjects, occurredAt }) => subjects.includes(key) && occurredAt <= world.now,
      );
      return replayAccount(key, timeline, rehearsal, span);
    });
    const { plays } = playbook;
    // What the company tells every account is not in the timeline of one.
    const isOwn = ({ play }: { play: string }) =>
      plays.some(
        ({ id, trigger }) =>
          id === play && !('event' in trigger && trigger.event === 'product-added'),
      );
    assert.deepEqual(
      keysOf(rehearsed.openings.filter((one) => own.includes(one.account) && isOwn(one))),
      keysOf(alone.filter(isOwn)),
    );
  });
});

describe('a map of coverage', () => {
  const map = coverage(rehearsed, 'account.industry', 'opportunity.stage') ?? assert.fail();

  it('has every open deal in one cell, with its pipeline', () => {
    assert.equal(map.of, 'opportunity');
    assert.equal(
      map.cells.reduce((sum, { count }) => sum + count, 0),
      openDeals.length,
    );
    const amounts = map.cells.flatMap(({ records }) => records.map(({ amount }) => amount));
    assert.equal(
      map.cells.reduce((sum, { amount }) => sum + amount, 0),
      amounts.reduce((a, b) => a + b, 0),
    );
    assert.ok(amounts.every((amount) => amount > 0));
    for (const { row, column, records } of map.cells)
      for (const { record, account } of records) {
        assert.equal(told.get(account)?.industry, map.rows[row]?.value);
        assert.equal(told.get(record)?.stage, map.columns[column]?.value);
      }
  });

  it('says of each record how many plays speak there, and of each cell how it stands', () => {
    for (const { records, state, count, nothing, crowded } of map.cells) {
      for (const { record, account, plays } of records) {
        const cards =
          rehearsed.accounts.find(({ subject }) => subject.key === account)?.cards ?? [];
        const there = cards.filter(
          (card) => speaks(card) && [record, account].includes(card.record),
        );
        assert.equal(plays, there.length);
      }
      assert.equal(nothing, records.filter(({ plays }) => plays === 0).length);
      assert.equal(crowded, records.filter(({ plays }) => plays >= 5).length);
      assert.equal(state === 'empty', count === 0);
      if (count > 0 && nothing === count) assert.equal(state, 'nothing');
    }
  });

  it('counts accounts where both attributes are theirs, and draws no numbers', () => {
    const accounts =
      coverage(rehearsed, 'account.region', 'account.openEscalation') ?? assert.fail();
    assert.equal(accounts.of, 'account');
    assert.equal(
      accounts.cells.reduce((sum, { count }) => sum + count, 0),
      keys.length,
    );
    assert.equal(coverage(rehearsed, 'account.bought365', 'opportunity.stage'), undefined);
  });

  it('begins a play that holds for the records of the cell and no others', () => {
    const cell = map.cells.find(({ count }) => count > 0) ?? assert.fail();
    const { about, becomes } = playForCell(map, ['account.industry', 'opportunity.stage'], cell);
    assert.equal(about, 'opportunity');
    assert.deepEqual(becomes, {
      'account.industry': map.rows[cell.row]?.value,
      stage: map.columns[cell.column]?.value,
    });
  });

  it('is all speechless where there is no play', () => {
    const bare = runThrough(rehearse(facts, { ...playbook, plays: [] }, span));
    const { cells } = coverage(bare, 'account.industry', 'opportunity.stage') ?? assert.fail();
    assert.ok(cells.every(({ state, count }) => state === (count === 0 ? 'empty' : 'nothing')));
  });
});

describe('what lies idle', () => {
  const never = {
    path: 'plays/never.yaml',
    text: `id: never
title: Call
why: Never
about: account
trigger: { event: meteor-fell }
action: { kind: call, minutes: 5 }
for: owner
serves: { revenue: { value: 1 } }
owner: ana@example.com
`,
  };
  const old = {
    path: 'content/old.md',
    text: '---\ntitle: Old\nkind: guide\nattributes: { topic: [silence] }\nowner: ana@example.com\nexpires: 2020-01-01\n---\nOld.\n',
  };
  const { playbook: own, problems } = compilePlaybook([...files, never, old], {
    today: '2026-11-21',
  });
  const gone = runThrough(rehearse(facts, own ?? assert.fail(), span));
  const lying = findLying(gone, problems, allFigures(gatherTold([]), gone));
  const of = (file: string) =>
    lying
      .filter((one) => one.file === file)
      .map(({ because }) => (because.kind === 'check' ? because.code : because.kind));

  it('names plays that nothing opened and content that expired', () => {
    assert.deepEqual(of('plays/never.yaml'), ['never-opened']);
    assert.deepEqual(of('content/old.md'), ['never-brought', 'expired']);
  });

  it('names no play that opened as one that did not', () => {
    const opened = new Set(rehearsed.openings.map(({ play }) => play));
    for (const { id, because } of lying)
      if (because.kind === 'never-opened') assert.ok(!opened.has(id));
  });
});

describe('the engine', () => {
  it('goes through a playbook once for the map and for what lies idle', async () => {
    const engine = createEngine({
      facts,
      now: world.now,
      today: '2026-11-21',
      pause: async () => undefined,
    });
    const shares: number[] = [];
    const map = await engine.coverage(files, ['account.industry', 'opportunity.stage'], (share) =>
      shares.push(share),
    );
    assert.equal(shares.at(-1), 1);
    assert.deepEqual(map, coverage(rehearsed, 'account.industry', 'opportunity.stage'));
    const again: number[] = [];
    const idle = await engine.idle(files, (share) => again.push(share));
    assert.deepEqual(again, []);
    assert.equal(idle?.figures.length, playbook.plays.length);
    assert.equal(idle?.contents.length, playbook.contents.length);
  });
});

describe('two questions about one playbook', () => {
  it('are both answered, and another playbook stops them', async () => {
    const pauses: (() => void)[] = [];
    const engine = createEngine({
      facts,
      now: world.now,
      today: '2026-11-21',
      pause: () => new Promise((resolve) => pauses.push(resolve)),
    });
    const goOn = async (settled: Promise<unknown>): Promise<void> => {
      let isOver = false;
      settled.finally(() => (isOver = true)).catch(() => undefined);
      while (!isOver) {
        for (const pause of pauses.splice(0)) pause();
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const shares: number[] = [];
    const first = engine.coverage(files, ['account.industry', 'opportunity.stage']);
    const second = engine.coverage(files, ['account.region', 'opportunity.stage'], (share) =>
      shares.push(share),
    );
    await goOn(Promise.all([first, second]));
    assert.ok((await first) && (await second));
    assert.equal(shares.at(-1), 1);
    const other = files.filter(({ path }) => path !== 'plays/silent-buyer.yaml');
    const stopped = engine.idle(other);
    const last = engine.idle(files);
    await assert.rejects(Promise.all([stopped, goOn(stopped)]), /abort/i);
    await goOn(last);
    assert.ok(await last);
  });
});
