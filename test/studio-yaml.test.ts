import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { JsonValue } from '../src/domain/value.js';
import { editYaml, readYaml, rewriteYaml } from '../src/studio/edit-yaml.js';
import { getAt, type Path, setAt } from '../src/studio/play-data.js';
import { findPlaybooks, readPlaybook } from './playbook-folders.js';

const PLAY = `# The buyer went silent.
id: silent-buyer   # keep
about: opportunity

trigger:
  becomes: { stage: [Evaluation, "Proposal"], daysSinceReply: { gte: 14 } }   # two weeks
# Not while a case is open.
suitability:
  account.openEscalation: false
  not:
    contact.askedForQuiet: true # they said so
title: 'Call {contact.name|the buyer}'
why: >-
  Nobody answered
  for two weeks
serves:
- a
-   b   # second
owner: ana@example.com`;

/** Files that make a careless writer lose something. */
const HOSTILE = [
  PLAY,
  PLAY.replaceAll('\n', '\r\n'),
  `\uFEFF${PLAY}\n`,
  '---\n# top\na: &x { b: 1 }\nc: *x\nd: [ *x, 2, ]\n# end\n...\n',
  'list:\n  - id: a\n    label: A # one\n    # of b\n  - { id: b, label: B }\n\n  - id: c\n    deep:\n    - 1\n    - - 2\n      - 3\nlast: |\n  text\n\n  more\n# after\n',
  '{ "a": 1, b: [x, y, {c: d}], # note\n  e: null,\n  f: }\n',
  "a:\nb: # nothing yet\nc: ~\n\"d\": 'it''s'\n? e\n: f\ng: !!str 3\n",
  '- one\n- two: 2\n  three: 3\n-\n- [a, b]\n- |\n  block\n',
];
const files = findPlaybooks().flatMap((folder) =>
  readPlaybook(folder).flatMap(({ path, text }) => (path.endsWith('.yaml') ? [text] : [])),
);
// Long ones are read slowly, and have nothing that short ones have not.
const texts = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.constantFrom(...files.filter(({ length }) => length < 3000)),
);

/** Every place in it, outermost first. */
function placesIn(data: JsonValue, path: Path = []): readonly Path[] {
  if (typeof data !== 'object' || data === null) return [path];
  const inner = Array.isArray(data)
    ? data.flatMap((item, index) => placesIn(item as JsonValue, [...path, index]))
    : Object.entries(data).flatMap(([key, item]) => placesIn(item as JsonValue, [...path, key]));
  return [path, ...inner];
}

const values = fc.oneof(
  fc.constantFrom<JsonValue>(
    ...[
      'Won',
      'a: b',
      '# no',
      'yes',
      '12',
      'null',
      ' x',
      '- a',
      "it's",
      'two\nlines',
      '[a]',
      '',
      '*x',
    ],
    ...[3, 0.5, true, null, 'Café', 'x, y', '2027-01-31', '"q"', '@a', '%', 'a #b', '\uFEFF', ':'],
    ...[['a', 1], { gte: 3, lte: 9 }, [], {}, [{ id: 'n', label: 'N: m' }]],
  ),
  fc.string(),
  fc.string({ unit: 'binary' }).filter((text) => !/[\0\uFFFD]/.test(text)),
  fc.array(fc.string(), { maxLength: 30 }),
);

/** Lines of the old text that are not in the new one, and the other way round: what version control would show. */
function changedLines(
  before: string,
  after: string,
): { readonly from: number; readonly to: number } {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let from = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from += 1;
  let same = 0;
  while (same < Math.min(a.length, b.length) - from && a.at(-1 - same) === b.at(-1 - same))
    same += 1;
  return { from, to: a.length - same };
}

/** The lines on which a place stands, with its key. */
function linesOf(text: string, path: Path): { readonly from: number; readonly to: number } {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const bare = text.slice(mark);
  const document = parseDocument(bare, { version: '1.2', schema: 'core' });
  let node: unknown = document.contents;
  let from = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key: one }) => String(one) === key || keyText(one) === key);
      from = startOf(pair?.key) ?? from;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      from = startOf(node) ?? from;
    }
  }
  const end = Math.max(from, (node as { range?: number[] } | null)?.range?.[1] ?? from);
  const lineAt = (offset: number): number => bare.slice(0, offset).split('\n').length - 1;
  return { from: lineAt(from), to: lineAt(end) + 1 };
}

const startOf = (node: unknown): number | undefined =>
  (node as { readonly range?: readonly number[] } | null | undefined)?.range?.[0];
const keyText = (key: unknown): string => String((key as { source?: string }).source);
const commentsIn = (text: string): readonly string[] =>
  text.split(/\r?\n/).flatMap((line) => /^\s*#.*$/.exec(line)?.[0].trim() ?? []);

/** Another value at some place of a file; undefined: it was refused, with the place and what to do. */
function change(
  text: string,
  which: number,
  value: JsonValue,
): { readonly path: Path; readonly edited: string | undefined } {
  const places = placesIn(readYaml(text)).slice(1);
  const path = places[which % places.length] ?? [];
  try {
    return { path, edited: editYaml(text, path, value, 'plays/x.yaml') };
  } catch (error) {
    assert.match(String(error), /plays\/x\.yaml:\d+: .+\. [A-Z].+\.$/);
    return { path, edited: undefined };
  }
}

describe('a playbook file', () => {
  it('that says the same keeps every byte', () => {
    for (const text of [...HOSTILE, ...files])
      assert.equal(rewriteYaml(text, readYaml(text)), text);
  });

  it('changes only the lines of what was changed, says exactly that, and loses no comment, or refuses', () => {
    fc.assert(
      fc.property(texts, fc.nat(), values, (text, which, value) => {
        const { path, edited } = change(text, which, value);
        if (edited === undefined) return;
        assert.deepEqual(readYaml(edited), setAt(readYaml(text), path, value));
        const changed = changedLines(text, edited);
        const own = linesOf(text, path);
        // An item of a list may stand behind its dash.
        assert.ok(
          edited === text ||
            (changed.from >= own.from - 1 && changed.to <= Math.max(own.to, own.from + 1) + 1),
          `${JSON.stringify({ path, value, changed, own })}\n${text}\n---\n${edited}`,
        );
        if (text.includes('\r\n')) assert.doesNotMatch(edited, /[^\r]\n/);
        assert.equal(edited.startsWith('\uFEFF'), text.startsWith('\uFEFF'));
        const lines = text.split('\n').slice(own.from, own.to).join('\n');
        const inside = new Set(commentsIn(lines));
        for (const comment of commentsIn(text))
          assert.ok(
            inside.has(comment) || commentsIn(edited).includes(comment),
            `${comment}\n${edited}`,
          );
      }),
      { numRuns: 250, includeErrorInReport: true },
    );
  });

  it('refuses few changes', () => {
    // The same ones each time: the share of ever new ones would pass the bound by chance now and then.
    const tried = fc.sample(fc.tuple(texts, fc.nat(), values), { seed: 1, numRuns: 250 });
    const refused = tried.filter((one) => change(...one).edited === undefined).length;
    const done = tried.length - refused;
    assert.ok(done > 10 * refused, `${refused} of ${tried.length} were refused`);
  });

  it('takes items and keys away, and puts new ones where they belong', () => {
    fc.assert(
      fc.property(
        texts,
        fc.nat(),
        values,
        fc.constantFrom('remove', 'key', 'item'),
        (text, which, value, how) => {
          const data = readYaml(text);
          const places = placesIn(data).slice(1);
          const path = places[which % places.length] ?? [];
          const held = getAt(data, path);
          let wanted: JsonValue;
          if (how === 'remove') wanted = setAt(data, path, undefined) ?? null;
          else if (how === 'key' && typeof held === 'object' && !Array.isArray(held))
            wanted = setAt(data, [...path, 'new-key'], value) as JsonValue;
          else if (Array.isArray(held)) {
            const at = which % (held.length + 1);
            wanted = setAt(data, path, [
              ...held.slice(0, at),
              value,
              ...held.slice(at),
            ]) as JsonValue;
          } else return;
          let edited: string;
          try {
            edited = rewriteYaml(text, wanted, 'x.yaml');
          } catch (error) {
            assert.match(String(error), /x\.yaml:\d+: /);
            return;
          }
          assert.deepEqual(readYaml(edited), wanted);
        },
      ),
      { numRuns: 250, includeErrorInReport: true },
    );
  });

  const edit = (path: Path, value: JsonValue | undefined, text = PLAY): string =>
    editYaml(text, path, value);
  const shows = (path: Path, value: JsonValue | undefined): string => {
    const [before, after] = [PLAY.split('\n'), edit(path, value).split('\n')];
    return [
      ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
      ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
    ].join('\n');
  };

  it('keeps quotes, spaces and what stands behind on the line', () => {
    assert.equal(
      shows(['trigger', 'becomes', 'stage', 1], 'Negotiation'),
      `-  becomes: { stage: [Evaluation, "Proposal"], daysSinceReply: { gte: 14 } }   # two weeks
+  becomes: { stage: [Evaluation, "Negotiation"], daysSinceReply: { gte: 14 } }   # two weeks`,
    );
    assert.equal(
      shows(['id'], 'quiet-buyer'),
      '-id: silent-buyer   # keep\n+id: quiet-buyer   # keep',
    );
    assert.equal(
      shows(['title'], "It's time"),
      "-title: 'Call {contact.name|the buyer}'\n+title: 'It''s time'",
    );
    assert.equal(shows(['serves', 1], 'c'), '--   b   # second\n+-   c   # second');
    assert.equal(shows(['for'], 'owner'), '+for: owner');
    assert.equal(
      shows(['suitability', 'not'], undefined),
      '-  not:\n-    contact.askedForQuiet: true # they said so',
    );
    assert.equal(shows(['owner'], undefined), '-owner: ana@example.com');
    assert.equal(shows(['serves'], undefined), '-serves:\n-- a\n--   b   # second');
  });

  it('refuses what an alias repeats, and says where and what to do', () => {
    const text = 'a: &x { b: 1 }\nc: *x\n';
    assert.throws(
      () => editYaml(text, ['c', 'b'], 2, 'plays/a.yaml'),
      /plays\/a\.yaml:2: the value is "\*x", which stands elsewhere\. Write the value out/,
    );
    assert.throws(
      () => editYaml(text, ['a', 'b'], 2, 'plays/a.yaml'),
      /plays\/a\.yaml:1: other places repeat this as "\*x"/,
    );
    assert.equal(editYaml(text, ['c'], undefined), 'a: &x { b: 1 }\n');
  });

  it('refuses a second document and what is no YAML', () => {
    assert.throws(
      () => editYaml('a: 1\n---\nb: 2\n', ['a'], 2, 'x.yaml'),
      /x\.yaml:2: a second document begins here/,
    );
    assert.throws(() => editYaml('a: [1\n', ['a'], 2, 'x.yaml'), /x\.yaml:\d: not YAML/);
  });
});
