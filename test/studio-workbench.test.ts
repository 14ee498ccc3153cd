import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../src/domain/value.js';
import { setAt } from '../src/studio/play-data.js';
import {
  changeData,
  changeItem,
  changesOf,
  filesOf,
  openWorkbench,
  redo,
  undo,
  type Workbench,
} from '../src/studio/workbench.js';
import { files } from './studio-crm.js';

const PLAY = 'plays/callback.yaml';
const opened = openWorkbench(files);
const because = (bench: Workbench, why: string, joins?: string): Workbench => {
  const { data } = bench.items.get(PLAY) ?? assert.fail();
  return changeData(bench, PLAY, setAt(data, ['why'], why) as JsonObject, 'the reason', joins);
};
const whyIn = (bench: Workbench): unknown => bench.items.get(PLAY)?.data.why;

describe('a workbench', () => {
  it('gives the very files back while nothing is changed, and when all is undone', () => {
    assert.equal(filesOf(opened), files);
    const changed = undo(because(opened, 'They rang.'));
    assert.deepEqual(changesOf(changed), {});
    assert.equal(filesOf(changed), files);
  });

  it('writes the file that was changed, and no other', () => {
    const now = filesOf(because(opened, 'They rang.'));
    const different = now.filter((file, i) => file !== files[i]);
    assert.deepEqual(
      different.map(({ path }) => path),
      [PLAY],
    );
    assert.match(different[0]?.text ?? '', /They rang\./);
  });

  it('takes back what was typed in one go in one step', () => {
    const typed = ['T', 'Th', 'The'].reduce(
      (bench, text) => because(bench, text, 'typing'),
      opened,
    );
    assert.equal(whyIn(typed), 'The');
    assert.equal(whyIn(undo(typed)), whyIn(opened));
    assert.equal(whyIn(redo(undo(typed))), 'The');
  });

  it('forgets what was undone when something else is done', () => {
    const other = because(undo(because(opened, 'One.')), 'Two.');
    assert.equal(redo(other), other);
    assert.equal(whyIn(other), 'Two.');
  });

  it('takes up what was kept: new, changed and taken away', () => {
    const file = 'plays/brand-new.yaml';
    const added = changeItem(
      because(opened, 'They rang.'),
      file,
      { id: file, file, data: { id: 'brand-new', about: 'account' } },
      'new',
    );
    const without = changeItem(added, 'plays/cancel-page.yaml', undefined, 'gone');
    const kept = JSON.parse(JSON.stringify(changesOf(without)));
    assert.equal(kept['plays/cancel-page.yaml'], null);
    assert.deepEqual(filesOf(openWorkbench(files, kept)), filesOf(without));
    const paths = filesOf(without).map(({ path }) => path);
    assert.ok(paths.includes(file) && !paths.includes('plays/cancel-page.yaml'));
  });

  it('is as it was after as many steps back as there were changes', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 8 }), (texts) => {
        const done = texts.reduce((bench, text) => because(bench, text), opened);
        const steps = done.past.length;
        let back = done;
        for (let i = 0; i < steps; i++) back = undo(back);
        assert.deepEqual(changesOf(back), {});
        let again = back;
        for (let i = 0; i < steps; i++) again = redo(again);
        assert.deepEqual([...again.items], [...done.items]);
      }),
      { numRuns: 50 },
    );
  });
});
