import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { openCommandBench } from '../gateway/command-bench.js';
import { runThrough } from '../src/core/run-sliced.js';
import { kindOf } from '../src/domain/value.js';
import { differingPlays, foresee, gatherHistory } from '../src/foresee.js';
import { compilePlaybook, type SourceFile } from '../src/plan/compile-playbook.js';
import { files } from './studio-crm.js';

const DAY = 86_400_000;
const world = createDemoWorld(7);
const some = new Set(
  [
    ...new Set(
      world.facts.flatMap(({ subjects }) => subjects.filter((key) => kindOf(key) === 'account')),
    ),
  ].slice(0, 40),
);
const facts = world.facts.filter(({ subjects }) =>
  subjects.every((key) => kindOf(key) !== 'account' || some.has(key)),
);
/** The play asks for deals half as large, and rests for less. */
const changed: readonly SourceFile[] = files.map((file) =>
  file.path === 'plays/business-case.yaml'
    ? { ...file, text: file.text.replace(/gte: 30000\b|gte: 30_000\b/, 'gte: 5000') }
    : file,
);
const compiled = (given: readonly SourceFile[]) =>
  compilePlaybook(given, { today: '2026-11-21' }).playbook ?? assert.fail();
const playbooks = { before: compiled(files), after: compiled(changed) };
const span = { from: world.now - 90 * DAY, until: world.now };
const folder = mkdtempSync(join(tmpdir(), 'foresee-'));
after(() => rmSync(folder, { recursive: true }));

describe('seeing before publishing', () => {
  const found = runThrough(foresee(gatherHistory(facts, span.until), playbooks, span));

  it('is about the plays that differ', () => {
    assert.deepEqual(differingPlays(playbooks), ['business-case']);
    assert.deepEqual(found.plays, ['business-case']);
    assert.deepEqual(differingPlays({ ...playbooks, after: playbooks.before }), []);
  });

  it('counts cards, what they keep back and whose attention breaks, as the command does', async () => {
    const write = (name: string, given: readonly SourceFile[]): string => {
      for (const { path, text } of given) {
        const file = join(folder, name, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      return join(folder, name);
    };
    const [live, draft] = [write('live', files), write('draft', changed)];
    const lines = join(folder, 'facts.jsonl');
    writeFileSync(lines, facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
    const iso = (at: number): string => new Date(at).toISOString();
    const bench = await openCommandBench();
    const { out, err } = await bench
      .ask(
        ...['replay', '--playbook', live, '--against', draft, '--facts', lines, '--json'],
        ...['--from', iso(span.from), '--until', iso(span.until)],
      )
      .finally(bench.end);
    assert.equal(err, '');
    const told = JSON.parse(out) as {
      both: number;
      onlyBefore: { play: string }[];
      onlyAfter: { play: string }[];
      displaced: { play: string; by: string; after: number }[];
      overrun: { onlyAfter: number };
    };
    const own = told.onlyAfter.filter(({ play }) => play === 'business-case');
    assert.ok(own.length > 0);
    assert.equal(
      found.after - found.before,
      own.length - told.onlyBefore.filter(({ play }) => play === 'business-case').length,
    );
    assert.equal(found.examples.length, Math.min(20, own.length));
    assert.deepEqual(
      found.displaced.map(({ play, by, times }) => `${play} ${by} ${times}`).sort(),
      told.displaced
        .flatMap(({ play, by, after: times }) => (times ? [`${play} ${by} ${times}`] : []))
        .sort(),
    );
    assert.equal(found.overruns.length, told.overrun.onlyAfter);
  });

  it('adds up by week, and counts minutes, reps and accounts of the cards', () => {
    const sum = (side: 'before' | 'after'): number =>
      found.weeks.reduce((total, week) => total + week[side], 0);
    assert.equal(found.weeks.length, 13);
    assert.deepEqual([sum('before'), sum('after')], [found.before, found.after]);
    assert.equal(found.minutes, found.after * 30);
    assert.ok(found.accounts <= found.after && found.mostOfOne * found.reps >= found.after);
  });
});
