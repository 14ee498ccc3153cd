import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { advance } from '../src/advance.js';
import { createSubject } from '../src/create-subject.js';
import { decide } from '../src/deliver/decide.js';
import { type Fact, noteFact } from '../src/domain/fact.js';
import type { Playbook } from '../src/domain/playbook.js';
import type { JsonValue } from '../src/domain/value.js';
import { createModel } from '../src/model.js';
import { compilePlaybook, type SourceFile } from '../src/plan/compile-playbook.js';
import { ownerIn } from '../src/replay-journey.js';
import { createSituation } from '../src/situation.js';
import { type Items, readItems, writeItems } from '../src/studio/playbook-folder.js';
import { renameAttribute, renameValue } from '../src/studio/rewrite-vocabulary.js';
import { declarationsOf, isReserved } from '../src/studio/vocabulary-uses.js';
import { readPlaybook } from './playbook-folders.js';

const TODAY = '2026-11-21';
/** Of the large playbook every fourth word, of the other one all. */
const FOLDERS = [
  ['examples/crm/playbook/', 4],
  ['examples/maven/playbook/', 1],
] as const;
const compile = (files: readonly SourceFile[]): Playbook => {
  const { playbook, problems } = compilePlaybook(files, { today: TODAY });
  return (
    playbook ??
    assert.fail(JSON.stringify(problems.filter(({ severity }) => severity === 'error').slice(0, 3)))
  );
};

const wordsOf = (items: Items, every: number) =>
  declarationsOf(items).filter((_, i) => i % every === 0);

/** Everything that can be called otherwise, called otherwise. */
function renameAll(items: Items, every: number): Items {
  let found = items;
  for (const { id, item, values } of wordsOf(items, every)) {
    const isDerived = item.data.derive !== undefined;
    if (!isDerived)
      for (const value of values)
        found = renameValue(found, id, value.id, {
          id: `${value.id}Zx`,
          label: `${value.label}Zx`,
        });
    if (!isReserved(id)) found = renameAttribute(found, id, { id: `${String(item.data.id)}Zx` });
  }
  return found;
}

function renameBack(items: Items): Items {
  let found = items;
  const plain = (text: string): string => text.replace(/Zx$/, '');
  for (const { id, values } of declarationsOf(items)) {
    for (const value of values)
      if (value.id.endsWith('Zx'))
        found = renameValue(found, id, value.id, {
          id: plain(value.id),
          label: plain(value.label),
        });
    if (id.endsWith('Zx'))
      found = renameAttribute(found, id, { id: plain(id.slice(id.indexOf('.') + 1)) });
  }
  return found;
}

const withoutMark = (data: unknown): JsonValue => {
  const { version: _, ...rest } = JSON.parse(JSON.stringify(data).replaceAll('Zx', '')) as {
    version?: string;
  };
  return rest as JsonValue;
};

describe('a vocabulary whose every word is called otherwise', () => {
  for (const [folder, every] of FOLDERS) {
    const files = readPlaybook(folder);
    const items = readItems(files);
    const renamed = writeItems(files, renameAll(items, every));

    it(`makes the same playbook of ${folder} but for the words`, () => {
      assert.deepEqual(withoutMark(compile(renamed)), withoutMark(compile(files)));
    });

    it(`is what it was to the byte when all of ${folder} is called back`, () => {
      const back = writeItems(renamed, renameBack(readItems(renamed)));
      for (const [i, file] of files.entries()) assert.deepEqual(back[i], file);
    });

    it(`keeps comments and the number of lines in ${folder}`, () => {
      const commentsIn = (all: readonly SourceFile[]) =>
        all.flatMap(({ text }) => text.split('\n').filter((line) => line.trim().startsWith('#')));
      assert.deepEqual(commentsIn(renamed), commentsIn(files));
      assert.deepEqual(
        renamed.map(({ text }) => text.split('\n').length),
        files.map(({ text }) => text.split('\n').length),
      );
    });
  }

  it('reaches what fits the situation', () => {
    const folder = readPlaybook('test/playbooks/small/').map((file) =>
      file.path === 'plays/silent-buyer.yaml'
        ? { ...file, text: `${file.text}context:\n- { when: { account.region: EU }, points: 5 }\n` }
        : file,
    );
    const items = renameAttribute(readItems(folder), 'account.region', { id: 'area' });
    const { text = '' } =
      writeItems(folder, items).find(({ path }) => path === 'plays/silent-buyer.yaml') ?? {};
    assert.match(text, /when: \{ account\.area: EU \}, points: 5/);
  });

  it('decides the same on records that say the new words', () => {
    const [[folder, every]] = FOLDERS;
    const files = readPlaybook(folder);
    const items = readItems(files);
    const world = createDemoWorld(7);
    const values = new Set(
      wordsOf(items, every).flatMap(({ id, item, values: some }) =>
        item.data.derive === undefined ? some.map((value) => `${id}=${value.id}`) : [],
      ),
    );
    const names = new Set(wordsOf(items, every).map(({ id }) => id));
    const said = (fact: Fact): Fact => {
      if (fact.type !== 'record-changed') return fact;
      const kind = String(fact.about[0]).split(':')[1];
      const one = (name: string, value: JsonValue): JsonValue =>
        Array.isArray(value)
          ? value.map((inner) => one(name, inner))
          : values.has(`${kind}.${name}=${String(value)}`)
            ? `${String(value)}Zx`
            : value;
      const changed = Object.entries(fact.data.values as { [name: string]: JsonValue }).map(
        ([name, value]) => [
          names.has(`${kind}.${name}`) && !isReserved(`${kind}.${name}`) ? `${name}Zx` : name,
          one(name, value),
        ],
      );
      return { ...fact, data: { ...fact.data, values: Object.fromEntries(changed) } };
    };
    const decisions = (playbook: Playbook, facts: readonly Fact[]) => {
      const model = createModel(playbook);
      const keys = [...new Set(facts.flatMap(({ subjects }) => subjects))].filter((key) =>
        key.includes(':account:'),
      );
      return keys.slice(0, 12).map((key) => {
        const published = noteFact(
          { id: 'p', type: 'published', subjects: [key], data: { version: playbook.version } },
          0,
        );
        const own = facts.filter(({ subjects }) => subjects.includes(key));
        const subject = advance(createSubject(key), {
          facts: [published, ...own],
          now: world.now,
          model: () => model,
        });
        const asker = ownerIn(subject, key) ?? assert.fail();
        return decide(
          createSituation(model, { account: subject, now: world.now, asker, others: [] }),
          key,
        );
      });
    };
    const before = decisions(compile(files), world.facts);
    const after = decisions(
      compile(writeItems(files, renameAll(items, every))),
      world.facts.map(said),
    );
    assert.ok(before.some(({ shown }) => shown.length > 0));
    const plain = (all: typeof before) => all.map(({ inputs: _, ...rest }) => withoutMark(rest));
    assert.deepEqual(plain(after), plain(before));
  });
});
