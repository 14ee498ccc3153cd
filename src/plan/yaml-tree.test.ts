import { expect } from '@open-wc/testing';
import { createReport, formatProblem } from './problem.js';
import { parseYaml, type Tree } from './yaml-tree.js';

function parse(text: string): { readonly value: unknown; readonly problems: readonly string[] } {
  const report = createReport();
  const tree = parseYaml('x.yaml', text, report);
  return { value: tree && toValue(tree), problems: report.list().map(formatProblem) };
}

function toValue(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(toValue);
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, toValue(value)]));
}

describe('parseYaml', () => {
  const good: readonly (readonly [string, string, unknown])[] = [
    [
      'YAML 1.2: no, yes and on are words',
      'a: [no, yes, on, true]',
      { a: ['no', 'yes', 'on', true] },
    ],
    [
      'YAML 1.2: a day is a word, an octal is none',
      'a: [2027-03-31, 010]',
      { a: ['2027-03-31', 10] },
    ],
    ['CRLF', 'a: 1\r\nb:\r\n  - x\r\n', { a: 1, b: ['x'] }],
    ['an alias stands for its value', 'a: &x [1, 2]\nb: *x', { a: [1, 2], b: [1, 2] }],
    ['no merge keys', '"<<": { a: 1 }', { '<<': { a: 1 } }],
    ['a text with a tab inside', 'a: "x\ty"', { a: 'x\ty' }],
  ];
  for (const [name, text, value] of good)
    it(`reads ${name}`, () => expect(parse(text)).to.deep.equal({ value, problems: [] }));

  it('keeps __proto__ and constructor as plain keys', () => {
    const report = createReport();
    const tree = parseYaml('x.yaml', '__proto__: { polluted: true }\nconstructor: 1', report);
    expect(tree?.kind === 'map' && [...tree.entries.keys()]).to.deep.equal([
      '__proto__',
      'constructor',
    ]);
    expect(({} as { polluted?: true }).polluted).to.equal(undefined);
  });

  it('says where every value stands', () => {
    const tree = parseYaml('x.yaml', 'a:\r\n  - { b: 1,\r\n      c: two }\r\n', createReport(), 11);
    const list = tree?.kind === 'map' ? tree.entries.get('a')?.value : undefined;
    const item = list?.kind === 'list' ? list.items[0] : undefined;
    const entry = item?.kind === 'map' ? item.entries.get('c') : undefined;
    expect(entry?.keyAt).to.deep.equal({ file: 'x.yaml', line: 13, column: 7 });
    expect(entry?.value.at).to.deep.equal({ file: 'x.yaml', line: 13, column: 10 });
  });

  const billionLaughs = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghi'].map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]}, `.repeat(9)}]`),
  ].join('\n');
  const refused: readonly (readonly [string, string, string])[] = [
    [
      'a key written twice',
      'a: 1\nb: 2\na: 3',
      'x.yaml:3: key "a" is written twice; keep one of them',
    ],
    [
      'a tab as indentation',
      'a:\n\tb: 1',
      'x.yaml:2: not YAML: Tabs are not allowed as indentation; indent with spaces',
    ],
    [
      'a second document',
      'a: 1\n---\nb: 2',
      'x.yaml:2: a file holds one YAML document, and a second begins here; move it to a file of its own and delete the line "---"',
    ],
    ['nothing', '', 'x.yaml:1: the file is empty; write the fields it needs, or delete it'],
    [
      'a tag',
      'a: !!js/function x',
      'x.yaml:1: not YAML: Unresolved tag: tag:yaml.org,2002:js/function; remove the tag that begins with "!"',
    ],
    ['a key that is a list', '? [a]\n: 1', 'x.yaml:1: a key is a single word; write "name: value"'],
    [
      'a bracket that is not closed',
      'a: [1, 2',
      'x.yaml:1: not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; put texts that hold any of : { } [ ] # * & ! in quotes, and line up what belongs together',
    ],
    [
      'bytes that were no UTF-8',
      'a: 1\nb: caf\uFFFD',
      'x.yaml:1: the file is not UTF-8 text: line 2 holds a character that cannot be read; save it as UTF-8',
    ],
    [
      'a NUL',
      'a: \0',
      'x.yaml:1: the file is not UTF-8 text: line 1 holds a character that cannot be read; save it as UTF-8',
    ],
    [
      'aliases that multiply',
      billionLaughs,
      'x.yaml:1: more than 100 aliases; write the values out where they are used',
    ],
    [
      'an alias that holds itself',
      'a: &a [*a]',
      'x.yaml:1: values are nested more than 48 deep; write it flatter, and without aliases',
    ],
    [
      '100,000 open brackets',
      '['.repeat(100_000),
      'x.yaml:1: values are nested more than 48 deep; write it flatter, and close every bracket',
    ],
    [
      '200 levels of indentation',
      Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'x.yaml:1: values are nested more than 48 deep; write it flatter, and close every bracket',
    ],
    [
      'a list in a list in a list',
      '- '.repeat(1000),
      'x.yaml:1: values are nested more than 48 deep; write it flatter, and close every bracket',
    ],
    [
      '300,000 characters',
      `a: ${'x'.repeat(300_000)}`,
      'x.yaml:1: the file has 300003 characters, more than 262144; split it',
    ],
  ];
  for (const [name, text, problem] of refused)
    it(`refuses ${name}`, () =>
      expect(parse(text)).to.deep.equal({ value: undefined, problems: [problem] }));
});
