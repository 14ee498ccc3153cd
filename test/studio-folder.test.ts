import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../src/domain/value.js';
import { compilePlaybook, formatProblem } from '../src/plan/compile-playbook.js';
import { mergePlaybooks } from '../src/studio/merge-playbooks.js';
import { type Item, type Items, readItems, writeItems } from '../src/studio/playbook-folder.js';
import { findPlaybooks, readPlaybook } from './playbook-folders.js';

const crm = readPlaybook('examples/crm/playbook/');
const small = readPlaybook('test/playbooks/small/');

function change(items: Items, id: string, edit: (item: Item) => Item): Items {
  const item = items.get(id) ?? assert.fail(`no item ${id}`);
  return new Map([...items].map(([one, held]) => [one, one === id ? edit(item) : held]));
}
const setField = (items: Items, id: string, field: string, value: JsonValue): Items =>
  change(items, id, (item) => ({ ...item, data: { ...item.data, [field]: value } }));

describe('a playbook folder', () => {
  for (const folder of findPlaybooks())
    it(`${folder} is written back byte by byte`, () => {
      const files = readPlaybook(folder);
      assert.deepEqual(writeItems(files, readItems(files)), files);
    });

  it('shows version control one line for one attribute', () => {
    const id = 'attributes.yaml#attributes/account.region';
    const items = setField(readItems(crm), id, 'label', 'Sales region');
    const written = writeItems(crm, items);
    const changed = written.filter((file, index) => file !== crm[index]);
    assert.deepEqual(
      changed.map(({ path }) => path),
      ['attributes.yaml'],
    );
    const before = crm.find(({ path }) => path === 'attributes.yaml')?.text.split('\n') ?? [];
    const after = changed[0]?.text.split('\n') ?? [];
    assert.deepEqual(
      after.filter((line, index) => line !== before[index]),
      [
        '  - { id: region, label: Sales region, type: choice, of: account, values: [West, Central, Canada] }',
      ],
    );
    assert.equal(after.length, before.length);
  });

  it('takes and adds entries and files, and still compiles', () => {
    const items = new Map(readItems(small));
    items.delete('plays/ask-values.yaml');
    const [goal = assert.fail()] = [...items.values()].filter(({ list }) => list === 'goals');
    const trust = { id: 'trust', label: 'Trust', weight: 0.1, scale: 1 };
    items.set('playbook.yaml#goals/trust', {
      ...goal,
      id: 'playbook.yaml#goals/trust',
      data: trust,
    });
    const body = '\nAsk *one* question.\n';
    items.set('content/new.md', {
      id: 'content/new.md',
      file: 'content/new.md',
      data: {
        title: 'New: one',
        kind: 'tip',
        owner: 'ana@example.com',
        attributes: { job: ['launch'] },
      },
      body,
    });
    const written = writeItems(small, items);
    const { problems, playbook } = compilePlaybook(written, { today: '2026-11-21' });
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error').map(formatProblem),
      [],
    );
    assert.deepEqual(
      playbook?.goals.map(({ id }) => id),
      ['revenue', 'satisfaction', 'trust'],
    );
    assert.ok(!playbook?.plays.some(({ id }) => id === 'ask-values'));
    assert.equal(playbook?.contents.find(({ id }) => id === 'new')?.title, 'New: one');
    assert.deepEqual(readItems(written), items);
  });

  it('keeps front matter, text and line breaks of Markdown', () => {
    const text = '---\r\ntitle: A # b\r\nkind: tip\r\nowner: o\r\n---\r\n\r\nHello  \r\n';
    const files = [{ path: 'content/a.md', text }];
    const items = readItems(files);
    assert.equal(items.get('content/a.md')?.body, '\r\nHello  \r\n');
    const [file] = writeItems(files, setField(items, 'content/a.md', 'title', 'B'));
    assert.equal(file?.text, text.replace('title: A', 'title: B'));
  });
});

describe('two people at one playbook', () => {
  const base = readItems(small);
  const id = 'plays/silent-buyer.yaml';

  it('go together where they changed different items and different fields', () => {
    const mine = setField(base, id, 'title', 'Mine');
    const theirs = setField(
      setField(base, id, 'why', 'Theirs'),
      'plays/new-product.yaml',
      'for',
      'owner',
    );
    const { items, conflicts } = mergePlaybooks(base, mine, theirs);
    assert.deepEqual(conflicts, []);
    assert.equal(items.get(id)?.data.title, 'Mine');
    assert.equal(items.get(id)?.data.why, 'Theirs');
    assert.equal(items.get('plays/new-product.yaml')?.data.for, 'owner');
  });

  it('hear what both said where they changed the same words', () => {
    const { conflicts } = mergePlaybooks(
      base,
      setField(base, id, 'title', 'Mine'),
      setField(base, id, 'title', 'Theirs'),
    );
    const was = base.get(id)?.data.title;
    assert.deepEqual(conflicts, [
      { item: id, field: 'title', base: was, mine: 'Mine', theirs: 'Theirs' },
    ]);
  });

  it('do not end with two triggers in one play', () => {
    const mine = setField(base, id, 'trigger', { event: 'call-made' });
    const theirs = setField(base, id, 'trigger', { opened: true });
    const { conflicts } = mergePlaybooks(base, mine, theirs);
    assert.deepEqual(
      conflicts.map(({ field }) => field),
      ['trigger'],
    );
  });

  it('hear of it when one changed what the other took away', () => {
    const mine = new Map([...base].filter(([one]) => one !== id));
    const { items, conflicts } = mergePlaybooks(base, mine, setField(base, id, 'title', 'Theirs'));
    assert.equal(items.has(id), false);
    assert.deepEqual(
      conflicts.map(({ item, field, mine: my }) => [item, field, my]),
      [[id, '', undefined]],
    );
  });

  const data: fc.Arbitrary<JsonObject> = fc
    .dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(
        fc.integer({ min: 0, max: 2 }),
        fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 0, max: 2 })),
      ),
    )
    .map((one) => JSON.parse(JSON.stringify(one)) as JsonObject);
  const folders: fc.Arbitrary<Items> = fc
    .dictionary(fc.constantFrom('p.yaml', 'q.yaml', 'r.yaml'), data)
    .map(
      (one) =>
        new Map(Object.entries(one).map(([file, held]) => [file, { id: file, file, data: held }])),
    );
  const leaves = (value: JsonValue | undefined, path: string): readonly string[] => {
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null) return [`${path}=${JSON.stringify(value)}`];
    return Object.entries(value).flatMap(([key, held]) =>
      leaves(held as JsonValue, `${path}.${key}`),
    );
  };

  it('get the same whoever merges, and no change of either is lost', () => {
    fc.assert(
      fc.property(folders, folders, folders, (was, mine, theirs) => {
        const one = mergePlaybooks(was, mine, theirs);
        const other = mergePlaybooks(was, theirs, mine);
        const swapped = other.conflicts.map(({ mine: my, theirs: their, ...rest }) => ({
          ...rest,
          ...(their !== undefined && { mine: their }),
          ...(my !== undefined && { theirs: my }),
        }));
        const sorted = <T extends { item: string; field: string }>(
          list: readonly T[],
        ): readonly T[] =>
          list.toSorted((a, b) => `${a.item} ${a.field}`.localeCompare(`${b.item} ${b.field}`));
        assert.deepEqual(sorted(swapped), sorted(one.conflicts));
        for (const side of [mine, theirs])
          for (const [file, { data: held }] of side)
            for (const leaf of leaves(held, file)) {
              const old = was.get(file)?.data;
              if (old && leaves(old, file).includes(leaf)) continue;
              const told = one.conflicts
                .filter(({ item }) => item === file)
                .flatMap((conflict) =>
                  [conflict.mine, conflict.theirs].flatMap((value) =>
                    leaves(value, conflict.field ? `${file}.${conflict.field}` : file),
                  ),
                );
              const kept = leaves(one.items.get(file)?.data, file);
              assert.ok(kept.includes(leaf) || told.includes(leaf), leaf);
            }
        if (one.conflicts.length === 0)
          assert.deepEqual(new Map([...one.items].sort()), new Map([...other.items].sort()));
      }),
      { numRuns: 2000 },
    );
  });

  it('get what one alone changed', () => {
    fc.assert(
      fc.property(folders, folders, (was, changed) => {
        for (const [mine, theirs] of [
          [changed, was],
          [was, changed],
        ] as const) {
          const { items, conflicts } = mergePlaybooks(was, mine, theirs);
          assert.deepEqual(conflicts, []);
          assert.deepEqual(new Map([...items].sort()), new Map([...changed].sort()));
        }
      }),
    );
  });
});
