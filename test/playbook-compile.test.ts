import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compilePlaybook, formatProblem, type SourceFile } from 'opportune/plan';
import { SAMPLE_PLAYBOOK } from '../src/studio/sample-playbook.js';
import { findPlaybooks, readPlaybook } from './playbook-folders.js';

const today = '2026-11-21';
const DAY = 86_400_000;
const small = readPlaybook('test/playbooks/small/');

function compile(files: readonly SourceFile[]): string {
  const { playbook, problems } = compilePlaybook(files, { today });
  assert.deepEqual(problems.map(formatProblem), []);
  return JSON.stringify(playbook);
}

function versionOf(files: readonly SourceFile[]): string {
  const { playbook } = compilePlaybook(files, { today });
  assert.ok(playbook);
  return playbook.version;
}

function change(edit: (file: SourceFile) => SourceFile): readonly SourceFile[] {
  return small.map(edit);
}

function replace(path: string, from: string, to: string): readonly SourceFile[] {
  return change((file) => {
    if (file.path !== path) return file;
    assert.equal(file.text.split(from).length, 2, `"${from}" occurs once in ${path}`);
    return { path, text: file.text.replace(from, () => to) };
  });
}

describe('every playbook in the repository', () => {
  const folders = findPlaybooks();
  it('is found', () => assert.ok(folders.includes('test/playbooks/small/')));
  for (const folder of folders)
    it(`${folder} compiles without an error`, () => {
      const { playbook, problems } = compilePlaybook(readPlaybook(folder), { today });
      const errors = problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors.map(formatProblem), []);
      assert.deepEqual(JSON.parse(JSON.stringify(playbook)), playbook, 'it is plain JSON');
    });
});

it('has nothing to say of the sample that the studio loads', () => {
  compile(SAMPLE_PLAYBOOK);
});

describe('compilePlaybook', () => {
  const { playbook } = compilePlaybook(small, { today });

  it('qualifies names, turns money, days and durations into numbers, and keeps the order written', () => {
    const { expiresMs, coolDownMs, ...play } =
      playbook?.plays.find(({ id }) => id === 'silent-buyer') ?? assert.fail();
    assert.deepEqual(
      [expiresMs, coolDownMs],
      [14 * DAY, { done: 30 * DAY, notRelevant: 90 * DAY }],
    );
    assert.deepEqual(play, {
      id: 'silent-buyer',
      title: ['Call ', { attribute: 'contact.name', otherwise: 'the economic buyer' }],
      why: ['Nobody answered for ', { attribute: 'opportunity.daysSinceBuyerReply' }, ' days'],
      about: 'opportunity',
      trigger: {
        becomes: {
          all: [
            { attribute: 'opportunity.stage', in: ['Evaluation'] },
            { attribute: 'opportunity.daysSinceBuyerReply', range: { gte: 14 } },
          ],
        },
        rearm: { attribute: 'opportunity.daysSinceBuyerReply', range: { lt: 7 } },
      },
      eligibility: { attribute: 'account.region', in: ['EU', 'US'] },
      applicability: { attribute: 'account.openEscalation', in: [false] },
      suitability: { not: { attribute: 'contact.askedForQuiet', in: [true] } },
      action: { kind: 'call', contact: 'economicBuyer', minutes: 15, touch: 'call' },
      for: 'owner',
      serves: {
        revenue: { share: 0.05, of: 'opportunity.amount' },
        satisfaction: { value: 0.2 },
      },
      content: { job: ['consensus'], 'account.industry': 'same' },
      valid: { until: '2027-03-31' },
      owner: 'ana@example.com',
      file: 'plays/silent-buyer.yaml',
    });
    const { eligibility, serves } =
      playbook?.plays.find(({ id }) => id === 'new-product') ?? assert.fail();
    assert.deepEqual(eligibility, {
      all: [
        { attribute: 'rep.team', in: ['North'] },
        // 2026-12-01, counted in days from 1970-01-01.
        { attribute: 'account.renewsOn', range: { gte: Date.UTC(2026, 11, 1) / DAY } },
        { attribute: 'account.costToServe', range: { lt: 120_050 } },
      ],
    });
    assert.deepEqual(serves, { revenue: { value: 50_000 } });
  });

  it('fills in what is left out', () => {
    assert.deepEqual(
      [
        playbook?.workdays,
        playbook?.holidays,
        playbook?.propensity,
        playbook?.rollOut,
        playbook?.correctionDays,
      ],
      [[1, 2, 3, 4, 5], [], 0.2, 20, 90],
    );
    const play = playbook?.plays.find(({ id }) => id === 'ask-values');
    assert.deepEqual(play?.expiresMs, 30 * DAY);
    assert.deepEqual(play?.coolDownMs, { done: 30 * DAY, notRelevant: 90 * DAY });
  });

  it('writes the product on offer into the play', () => {
    const edited = small.map((file) => {
      const text =
        file.path === 'attributes.yaml'
          ? `${file.text}  - { id: brand, label: Brand, type: choice, of: product, values: [Halden, Norvik] }\n`
          : file.path === 'plays/new-product.yaml'
            ? file.text
                .replace(
                  '{event.product|product}',
                  '{product.name} of {product.brand}, {product.price|as listed}',
                )
                .replace('revenue: { value: 500 }', 'revenue: { share: 0.1, of: product.price }')
                .replace(
                  'suitability: {',
                  'applicability: { product.brand: { in: preferredBrands }, product.price: { gte: 1000 } }\nsuitability: {',
                )
                .replace('job: [launch]', 'job: [launch], product.brand: same')
            : file.text;
      return { path: file.path, text };
    });
    const compiled = compilePlaybook(edited, { today });
    assert.deepEqual(compiled.problems.map(formatProblem), []);
    const play = compiled.playbook?.plays.find(({ id }) => id === 'new-product');
    assert.deepEqual(
      play?.title.join('').replace('[object Object]', '?'),
      'Show ? the new Labeller of Halden, as listed',
    );
    assert.deepEqual(play?.applicability, { attribute: 'account.preferredBrands', in: ['Halden'] });
    assert.deepEqual(play?.serves, { revenue: { value: 240_000 } });
    assert.deepEqual(play?.content, { job: ['launch'], 'product.brand': ['Halden'] });
    assert.ok(!JSON.stringify(play).includes('"attribute":"product.'));
  });

  const bytes = compile(small);

  it('reads what is learned and what is tried, and refuses a trial that could show nothing', () => {
    const withSettings = (settings: string, attribute = ''): readonly SourceFile[] =>
      change(({ path, text }) => ({
        path,
        text: `${text}${path === 'playbook.yaml' ? settings : path === 'attributes.yaml' ? attribute : ''}`,
      }));
    const arms = '  - { id: side, label: Side, type: choice, of: account, values: [a, b] }\n';
    const trial = 'trials: [{ arm: side, success: [meeting-held] }]\n';
    const told = (files: readonly SourceFile[]): readonly string[] =>
      compilePlaybook(files, { today }).problems.map(({ message }) => message);
    const learning = withSettings('learning: { success: [meeting-held], explore: 2 }\n');
    assert.deepEqual(compilePlaybook(learning, { today }).playbook?.learning, {
      success: ['meeting-held'],
      days: 30,
      halfLife: 180,
      explore: 2,
    });
    assert.deepEqual(told(withSettings(trial)), ['attribute "side" is not declared']);
    assert.deepEqual(told(withSettings(trial, arms)), [
      'no play and no content asks for "account.side": both versions are the same',
    ]);
    assert.deepEqual(
      told(
        withSettings(trial, arms).map(({ path, text }) => ({
          path,
          text: path.includes('ask-values') ? `${text}suitability: { account.side: a }\n` : text,
        })),
      ),
      [],
    );
    assert.deepEqual(told(withSettings('learning: { success: [meting-held] }\n')), [
      'no connector tells of "meting-held"',
    ]);
  });

  it('gives the same bytes in any order of the files', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...small], { minLength: small.length }), (files) => {
        assert.equal(compile(files), bytes);
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  const sameBytes: readonly (readonly [string, (file: SourceFile) => SourceFile])[] = [
    ['Windows line ends', (file) => ({ ...file, text: file.text.replaceAll('\n', '\r\n') })],
    ['a byte order mark', (file) => ({ ...file, text: `\uFEFF${file.text}` })],
    ['Windows paths', (file) => ({ ...file, path: file.path.replaceAll('/', '\\') })],
    ['paths that begin with ./', (file) => ({ ...file, path: `./${file.path}` })],
    [
      'comments and blank lines',
      (file) =>
        file.path.endsWith('.yaml')
          ? { ...file, text: `\n# Words\n${file.text.replaceAll('\n', ' # more\n')}\n` }
          : { ...file, text: `${file.text}\n\n` },
    ],
  ];
  for (const [name, edit] of sameBytes)
    it(`gives the same bytes with ${name}`, () => assert.equal(compile(change(edit)), bytes));

  it('gives another version for any change of what it does', () => {
    const edits: readonly (readonly [string, string, string])[] = [
      ['plays/silent-buyer.yaml', '{ gte: 14 }', '{ gte: 15 }'],
      ['plays/silent-buyer.yaml', '{ lt: 7 }', '{ lt: 8 }'],
      [
        'plays/silent-buyer.yaml',
        '{ account.openEscalation: false }',
        '{ account.openEscalation: true }',
      ],
      ['plays/silent-buyer.yaml', 'share: 0.05', 'share: 0.06'],
      ['plays/silent-buyer.yaml', 'expires: 14 days', 'expires: 15 days'],
      ['plays/silent-buyer.yaml', 'done: 30 days', 'done: 31 days'],
      ['plays/silent-buyer.yaml', 'for: owner', 'for: team'],
      ['plays/silent-buyer.yaml', 'why: Nobody', 'why: Still nobody'],
      ['plays/silent-buyer.yaml', '2027-03-31', '2027-04-30'],
      ['plays/new-product.yaml', 'lt: "1,200.50 EUR"', 'lt: "1,200.51 EUR"'],
      ['playbook.yaml', 'touches: 3', 'touches: 4'],
      ['playbook.yaml', 'rate: 0.05', 'rate: 0.06'],
      ['playbook.yaml', 'minute: 0.01', 'minute: 0.02'],
      ['playbook.yaml', 'zone: Europe/Berlin', 'zone: Europe/Paris'],
      ['attributes.yaml', 'by: buyer', 'by: seller'],
      ['products.yaml', 'cost: 15600', 'cost: 15700'],
      ['content/consensus.md', 'who could stop it', 'who could delay it'],
    ];
    const versions = edits.map(([path, from, to]) => versionOf(replace(path, from, to)));
    assert.equal(new Set([versionOf(small), ...versions]).size, edits.length + 1);
  });

  it('never throws, whatever is cut out of a file or put into it', () => {
    const junk = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ':',
        ': ',
        '- ',
        '\n',
        '  ',
        '\t',
        '"',
        "'",
        '|',
        '&a',
        '*a',
        '!x',
        '#',
      ],
      ...[
        'null',
        '~',
        '__proto__',
        'constructor: {}',
        '{a.b}',
        '---\n',
        '\uFEFF',
        '\uFFFD',
        '\u202E',
        '1e999',
        '-1',
      ],
    );
    fc.assert(
      fc.property(
        fc.nat(small.length - 1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(40),
        fc.array(junk, { maxLength: 4 }),
        (index, place, length, pieces) => {
          const files = small.map((file, i) => {
            if (i !== index) return file;
            const at = Math.floor(place * file.text.length);
            const text = `${file.text.slice(0, at)}${pieces.join('')}${file.text.slice(at + length)}`;
            return { path: file.path, text };
          });
          const { playbook, problems } = compilePlaybook(files, { today });
          const failed = problems.some(({ severity }) => severity === 'error');
          assert.equal(playbook === undefined, failed);
        },
      ),
      { seed: 2, numRuns: 150 },
    );
  });

  it('compiles nothing of no files, and says what is missing', () => {
    const { playbook, problems } = compilePlaybook([], { today });
    assert.equal(playbook, undefined);
    assert.deepEqual(problems.map(formatProblem), [
      'playbook.yaml:1: the folder has no playbook.yaml; add it, or name the folder that holds it',
    ]);
  });
});
