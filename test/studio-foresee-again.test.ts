import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { runThrough } from '../src/core/run-sliced.js';
import type { Play, Playbook } from '../src/domain/playbook.js';
import { kindOf } from '../src/domain/value.js';
import { foresee, gatherHistory } from '../src/foresee.js';
import { createForesight } from '../src/foresee-again.js';
import { compilePlaybook, type SourceFile } from '../src/plan/compile-playbook.js';
import { files, playbook } from './studio-crm.js';

const DAY = 86_400_000;
const world = createDemoWorld(7);
const known = new Set(
  [
    ...new Set(
      world.facts.flatMap(({ subjects }) => subjects.filter((key) => kindOf(key) === 'account')),
    ),
  ].slice(0, 12),
);
const facts = world.facts.filter(({ subjects }) =>
  subjects.every((key) => kindOf(key) !== 'account' || known.has(key)),
);
const span = { from: world.now - 90 * DAY, until: world.now };
const history = gatherHistory(facts, span.until);

/** A play that asks for other numbers, expires at another time, is another's, has gone or is there twice. */
const edits: { readonly [name: string]: (play: Play) => readonly Play[] } = {
  less: (play) => [withNumbers(play, 0.5)],
  more: (play) => [withNumbers(play, 2)],
  shorter: (play) => [{ ...play, expiresMs: Math.ceil(play.expiresMs / 3) }],
  reworded: (play) => [{ ...play, owner: 'somebody.else@halden.example' }],
  gone: () => [],
  twice: (play) => [play, { ...play, id: `${play.id}-again` }],
};

/** Numbers that its trigger compares with. */
function withNumbers(play: Play, factor: number): Play {
  const text = JSON.stringify('becomes' in play.trigger ? play.trigger : {});
  const scaled = text.replace(/"(gte|gt|lte|lt)":(\d+)/g, (_, test: string, number: string) => {
    return `"${test}":${Math.round(Number(number) * factor)}`;
  });
  return { ...play, trigger: { ...play.trigger, ...JSON.parse(scaled) } };
}

function editPlays(before: Playbook, chosen: ReadonlyMap<number, string>): Playbook {
  const plays = before.plays.flatMap((play, i) => edits[chosen.get(i) ?? '']?.(play) ?? [play]);
  const byId = (a: Play, b: Play): number => (a.id < b.id ? -1 : 1);
  const version = `${before.version}-${JSON.stringify([...chosen])}`;
  return { ...before, plays: [...plays].sort(byId), version };
}

describe('seeing a change again and again', () => {
  const again = createForesight(history, span);

  it('finds what two whole replays find, whichever plays are changed', () => {
    let differing = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(fc.nat(playbook.plays.length - 1), fc.constantFrom(...Object.keys(edits))),
          { minLength: 1, maxLength: 5, selector: ([play]) => play },
        ),
        (chosen) => {
          const playbooks = { before: playbook, after: editPlays(playbook, new Map(chosen)) };
          const found = runThrough(again(playbooks));
          differing += found.examples.length + found.displaced.length + found.overruns.length;
          assert.deepEqual(found, runThrough(foresee(history, playbooks, span)));
        },
      ),
      { numRuns: 12 },
    );
    assert.ok(differing > 0, 'nothing was tried');
  });

  it('goes the long way where attributes or settings are others, and finds the same', () => {
    const replaced = (path: string, from: string | RegExp, to: string): Playbook => {
      const given: readonly SourceFile[] = files.map((file) =>
        file.path === path ? { ...file, text: file.text.replace(from, to) } : file,
      );
      assert.notDeepEqual(given, files);
      return compilePlaybook(given, { today: '2026-11-21' }).playbook ?? assert.fail();
    };
    for (const after of [
      replaced('playbook.yaml', 'touches: 3, days: 7', 'touches: 1, days: 7'),
      replaced('playbook.yaml', /^zone: .*$/m, 'zone: Pacific/Auckland'),
    ]) {
      const playbooks = { before: playbook, after };
      assert.deepEqual(runThrough(again(playbooks)), runThrough(foresee(history, playbooks, span)));
    }
  });
});
