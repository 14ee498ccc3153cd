import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createContentIndex } from '../src/studio/content-index.js';
import type { Item, Items } from '../src/studio/playbook-folder.js';
import { wordChanges } from '../src/studio/word-changes.js';

const item = (name: string, title: string, body = '', revision = 1): Item => ({
  id: `content/${name}.md`,
  file: `content/${name}.md`,
  data: { title, kind: 'guide', owner: 'ana', revision },
  body,
});
const itemsOf = (list: readonly Item[]): Items => new Map(list.map((one) => [one.id, one]));
const names = (found: readonly Item[]): readonly string[] =>
  found.map(({ file }) => file.slice(8, -3));

describe('content that is looked for', () => {
  const library = itemsOf([
    item('cfo', 'CFO case study', 'Payback in seven months in the packaging line.'),
    item('price', 'About prices', 'For who asks about the packaging of the offer.'),
    item('pack', 'Packaging line: the checklist', 'Déjà vu.'),
  ]);
  const index = createContentIndex(({ id }) => (id.includes('price') ? 'Industry is Retail' : ''));
  const find = (typed: string): readonly string[] => names(index.find(library, typed));

  it('has all of the words, or words that begin so; titles come first', () => {
    assert.deepEqual(find('packag'), ['pack', 'cfo', 'price']);
    assert.deepEqual(find('packaging line'), ['pack', 'cfo']);
    assert.deepEqual(find('packaging zebra'), []);
    assert.deepEqual(find(''), ['cfo', 'price', 'pack']);
  });

  it('is found by its tags, without accents, and with letters wrong', () => {
    assert.deepEqual(find('retail'), ['price']);
    assert.deepEqual(find('deja'), ['pack']);
    assert.deepEqual(find('pakcaging'), ['pack', 'cfo', 'price']);
    assert.deepEqual(find('chekclist'), ['pack']);
  });

  it('is the same whether words were read at once or as they changed', () => {
    const words = fc.constantFrom('red', 'blue', 'green', 'blueish', 'greet', 'read');
    const text = fc.array(words, { maxLength: 5 }).map((list) => list.join(' '));
    const entry = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), text, text);
    const state = fc.uniqueArray(entry, { selector: ([name]) => name });
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 12 }), words, (states, typed) => {
        const kept = createContentIndex(() => '');
        for (const [i, list] of states.entries()) {
          const items = itemsOf(list.map(([name, title, body]) => item(name, title, body, i)));
          const wanted = typed.slice(0, 3);
          const has = (words: string): boolean =>
            words.split(' ').some((word) => word.startsWith(wanted));
          const expected = [
            ...list.filter(([, title]) => has(title)),
            ...list.filter(([, title, body]) => !has(title) && has(body)),
          ].map(([name]) => name);
          // With no word that begins so, those that are near are found.
          if (expected.length > 0 || wanted.length < 4)
            assert.deepEqual(names(kept.find(items, wanted)), expected);
        }
      }),
    );
  });
});

describe('what changed in a text', () => {
  it('is told by words', () => {
    assert.deepEqual(wordChanges('Payback in seven months.', 'Payback in nine short months.'), [
      { is: 'same', text: 'Payback in ' },
      { is: 'gone', text: 'seven ' },
      { is: 'added', text: 'nine short ' },
      { is: 'same', text: 'months.' },
    ]);
    assert.deepEqual(wordChanges('', 'New.'), [{ is: 'added', text: 'New.' }]);
    assert.deepEqual(wordChanges('Same.', 'Same.'), [{ is: 'same', text: 'Same.' }]);
  });

  it('leads from the one text to the other, by the fewest words', () => {
    const words = fc.array(fc.constantFrom('a ', 'b ', 'c\n'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const changes = wordChanges(a.join(''), b.join(''));
        const side = (left: 'gone' | 'added'): string =>
          changes.map(({ is, text }) => (is === left ? '' : text)).join('');
        assert.equal(side('added'), a.join(''));
        assert.equal(side('gone'), b.join(''));
        const edits = changes
          .filter(({ is }) => is !== 'same')
          .flatMap(({ text }) => text.match(/\S+\s*/g) ?? []).length;
        assert.equal(edits, a.length + b.length - 2 * longestCommon(a, b));
      }),
    );
  });
});

/** By the table that every book has. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const row = table[i] as number[];
      const above = table[i - 1] as number[];
      row[j] =
        a[i - 1] === b[j - 1]
          ? (above[j - 1] as number) + 1
          : Math.max(above[j] as number, row[j - 1] as number);
    }
  return table[a.length]?.[b.length] ?? 0;
}
