import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { OpportuneError } from '../src/core/errors.js';
import type { JsonObject } from '../src/domain/value.js';
import {
  createDraftKeeper,
  type DraftPlaces,
  type LocalDraft,
  type RemoteDraft,
} from '../src/studio/keep-draft.js';
import { setAt } from '../src/studio/play-data.js';
import type { KeptOnly } from '../src/studio/studio-source.js';
import { changeData, changesOf, filesOf, openWorkbench } from '../src/studio/workbench.js';
import { createKeeping } from '../widget/studio-keeping.js';
import { files } from './studio-crm.js';

const PLAY = 'plays/silent-buyer.yaml';
const opened = openWorkbench(files);
/** The play with these fields otherwise. */
const withFields = (fields: { readonly [name: string]: string }, bench = opened) =>
  Object.entries(fields).reduce((made, [field, value]) => {
    const { data } = made.items.get(PLAY) ?? assert.fail();
    return changeData(made, PLAY, setAt(data, [field], value) as JsonObject, field);
  }, bench);
const changesWith = (fields: { readonly [name: string]: string }) => changesOf(withFields(fields));
const fieldsOf = (changes: RemoteDraft['changes']) => changes?.[PLAY]?.data ?? {};

/** One browser and one gateway; each keeper is a tab. */
function openPlaces() {
  const here = new Map<string, LocalDraft>();
  const versions = [files, filesOf(withFields({ owner: 'theirs@example.com' }))];
  let there: RemoteDraft = { revision: 0 };
  let online = true;
  const told: (KeptOnly | undefined)[] = [];
  const waiting: (() => void)[] = [];
  const openTab = (tab: string) => {
    const places: DraftPlaces = {
      tab,
      local: {
        all: async () => [...here],
        put: async (name, draft) => void here.set(name, draft),
        drop: async (name) => void here.delete(name),
      },
      remote: {
        async read() {
          return there;
        },
        async write(draft, revision) {
          if (!online) throw new TypeError('Failed to fetch');
          if (revision !== there.revision)
            throw new OpportuneError('opportune/conflict', 'it was changed meanwhile');
          there = { ...draft, revision: revision + 1 };
          return revision + 1;
        },
      },
      filesOf: async (number) => versions[number - 1] ?? assert.fail(),
      wait: () => new Promise((resolve) => waiting.push(resolve)),
    };
    const keeper = createDraftKeeper(places);
    keeper.watch((only) => told.push(only));
    return keeper;
  };
  return {
    openTab,
    here,
    told,
    there: () => there,
    cut: () => {
      online = false;
    },
    mend: () => {
      online = true;
      for (const go of waiting.splice(0)) go();
    },
  };
}
/** What was begun and nobody waits for. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a draft', () => {
  it('is here and at the gateway, and comes back', async () => {
    const { openTab, there, mend } = openPlaces();
    const tab = openTab('a');
    assert.equal(await tab.open(1), undefined);
    await tab.keep({ changes: changesWith({ title: 'One' }), base: 1 });
    await tab.keep({ changes: changesWith({ title: 'Two' }), base: 1 });
    await settled();
    mend();
    await settled();
    assert.equal(fieldsOf(there().changes).title, 'Two');
    const again = await openTab('b').open(1);
    assert.equal(fieldsOf(again?.changes).title, 'Two');
  });

  it('waits here while there is no connection, says so, and is brought on by the next tab', async () => {
    const places = openPlaces();
    const tab = places.openTab('a');
    await tab.open(1);
    places.cut();
    await tab.keep({ changes: changesWith({ title: 'Offline' }), base: 1 });
    await settled();
    assert.deepEqual([places.told.at(-1), places.there().revision], ['offline', 0]);
    // The tab is killed, and another one is opened once there is a connection.
    places.mend();
    const other = places.openTab('b');
    assert.equal(fieldsOf((await other.open(1))?.changes).title, 'Offline');
    await settled();
    assert.equal(fieldsOf(places.there().changes).title, 'Offline');
  });

  it('of two tabs writes over neither: who comes second is told, and both are together when it is opened again', async () => {
    const places = openPlaces();
    const [one, two] = [places.openTab('a'), places.openTab('b')];
    await one.open(1);
    await two.open(1);
    await one.keep({ changes: changesWith({ title: 'From one' }), base: 1 });
    await settled();
    await two.keep({ changes: changesWith({ why: 'From two.' }), base: 1 });
    await settled();
    assert.equal(places.told.at(-1), 'parted');
    assert.equal(fieldsOf(places.there().changes).title, 'From one');
    const draft = await places.openTab('c').open(1);
    const { title, why } = fieldsOf(draft?.changes);
    assert.deepEqual({ title, why }, { title: 'From one', why: 'From two.' });
    await settled();
    assert.equal(fieldsOf(places.there().changes).why, 'From two.');
  });

  it('over an older version than the gateway’s takes nothing of the newer one back', async () => {
    const places = openPlaces();
    places.here.set('old', {
      ...{ changes: changesWith({ title: 'Old tab' }), base: 1, revision: 0, isSent: false },
    });
    const other = places.openTab('b');
    const bench = openWorkbench(filesOf(withFields({ owner: 'theirs@example.com' })));
    await writeElsewhere(places, changesOf(withFields({ why: 'New tab.' }, bench)));
    const draft = await other.open(2);
    const { title, why, owner } = fieldsOf(draft?.changes);
    assert.equal(draft?.base, 2);
    assert.deepEqual(
      { title, why, owner },
      { title: 'Old tab', why: 'New tab.', owner: 'theirs@example.com' },
    );
  });
});

/** A tab of another device, of which this browser keeps nothing. */
async function writeElsewhere(
  { openTab, here }: ReturnType<typeof openPlaces>,
  changes: NonNullable<RemoteDraft['changes']>,
): Promise<void> {
  const before = new Map(here);
  here.clear();
  const tab = openTab('elsewhere');
  await tab.open(2);
  await tab.keep({ changes, base: 2 });
  await settled();
  here.clear();
  for (const [name, draft] of before) here.set(name, draft);
}

/** Between two letters of somebody who types fast; no pause is as long as a rest. */
const LETTER_MS = 60;

/** How long the oldest letter waited that the store had not taken yet, at worst, in milliseconds of a clock that is set by hand. */
async function longestWait(storeMs: number): Promise<number> {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  try {
    let bench = openWorkbench(files);
    let inStore = 0;
    const typedAt: number[] = [];
    const keeping = createKeeping({
      source: {
        keep: async (changes) => {
          const length = String(changes[PLAY]?.data.why ?? '').length;
          await new Promise((resolve) => setTimeout(resolve, storeMs));
          inStore = Math.max(inStore, length);
        },
      } as Parameters<typeof createKeeping>[0]['source'],
      state: () => ({ bench }) as ReturnType<Parameters<typeof createKeeping>[0]['state']>,
      set: () => undefined,
    });
    let worst = 0;
    for (let now = 0; now < 10_000; now += 10) {
      if (now % LETTER_MS === 0) {
        typedAt.push(now);
        const { data } = bench.items.get(PLAY) ?? assert.fail();
        bench = changeData(bench, PLAY, { ...data, why: 'x'.repeat(typedAt.length) }, 'why');
        keeping.later();
      }
      mock.timers.tick(10);
      await new Promise((resolve) => setImmediate(resolve));
      const oldest = typedAt[inStore];
      if (oldest !== undefined) worst = Math.max(worst, now + 10 - oldest);
    }
    return worst;
  } finally {
    mock.timers.reset();
  }
}

describe('a draft that is being typed', () => {
  it('is in the store within a second, also where nobody pauses and the store is slow', async () => {
    for (const storeMs of [0, 100, 500]) {
      const waited = await longestWait(storeMs);
      assert.ok(waited > 0 && waited <= 1000, `${waited} ms with a store of ${storeMs} ms`);
    }
  });
});
