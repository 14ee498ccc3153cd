import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type CommandBench, MAP, openCommandBench, PLAYBOOK } from './command-bench.js';

let bench: CommandBench;
before(async () => {
  bench = await openCommandBench();
});
after(() => bench.end());

describe('opportune', () => {
  it('lists its commands, and none that this version lacks', async () => {
    const { code, out } = await bench.ask('--help');
    assert.equal(code, 0);
    for (const name of [
      'check',
      'import',
      'decide',
      'digest',
      'replay',
      'analyze',
      'serve',
      'backup',
      'restore',
    ])
      assert.match(out, new RegExp(`^ {2}${name} `, 'm'));
    assert.doesNotMatch(out, /^ {2}find /m);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^$/],
    [
      ['find'],
      /^opportune: "find" is not in this version\. This version has check, connect, import, .*, backup, restore, emulate\n$/,
    ],
    [['chekc'], /^opportune: there is no command "chekc"\. Use one of check/],
    [['check'], /^opportune: check needs PLAYBOOK\. See opportune check --help\n$/],
    [
      ['check', 'nowhere'],
      /^opportune: nowhere: there is no such folder\. Name the folder that holds playbook\.yaml\n$/,
    ],
    [
      ['check', '--colour', 'x'],
      /^opportune: unknown option '--colour'\. See opportune check --help\n$/,
    ],
    [
      ['import', 'crm', '--map', 'nowhere.yaml', '--into', 's'],
      /^opportune: nowhere\.yaml: there is no such mapping file/,
    ],
    [['import', 'crm', '--map', MAP], /^opportune: import needs --into/],
    [
      ['import', 'nowhere', '--map', MAP, '--into', 's'],
      /^opportune: nowhere: there is no such folder or file/,
    ],
    [
      ['decide', '--playbook', PLAYBOOK, '--store', 'nowhere', '--account', 'x'],
      /^opportune: nowhere: there is no store here\. Make one with opportune import/,
    ],
    [
      ['decide', '--playbook', PLAYBOOK, '--store', 's', '--account', 'x', '--now', 'soon'],
      /^opportune: --now: "soon" is neither a day nor a time\. Write it as 2026-01-31/,
    ],
    [['decide', '--store', 's', '--account', 'x'], /^opportune: decide needs --playbook/],
    [
      ['replay', '--playbook', PLAYBOOK, '--facts', 'nowhere'],
      /^opportune: nowhere: there is no such file/,
    ],
  ];
  for (const [args, message] of wrong)
    it(`answers 2 and one line to: opportune ${args.map((arg) => arg.split('/').at(-1)).join(' ')}`, async () => {
      const { code, err } = await bench.ask(...args);
      assert.equal(code, 2);
      assert.match(err, message);
    });
});

describe('opportune check', () => {
  it('says what a good playbook holds', async () => {
    const { code, out, err } = await bench.ask('check', PLAYBOOK);
    assert.deepEqual([code, err], [0, '']);
    assert.match(
      out,
      /^Maven sales playbook: 14 plays, 14 contents, \d+ attributes, 4 goals, version [0-9a-f]{8}\nNo problems\.\n$/,
    );
  });

  it('answers 1 with file, line and remedy when it does not compile, and the same as JSON', async () => {
    const broken = bench.playbookWith(
      'broken',
      'plays/gone-quiet.yaml',
      'daysSincePurchase: {',
      'daysSincePurchas: {',
    );
    const { code, out } = await bench.ask('check', 'broken');
    assert.equal(code, 1);
    assert.match(
      out,
      /^broken\/plays\/gone-quiet\.yaml:6: .*daysSincePurchas.*did you mean "daysSincePurchase"\?/m,
    );
    const json = await bench.ask('check', broken, '--json');
    const { ok, problems } = JSON.parse(json.out);
    assert.deepEqual(
      [json.code, ok, problems[0].file, problems[0].line],
      [1, false, 'plays/gone-quiet.yaml', 6],
    );
  });

  it('writes the compiled playbook, the same bytes each time', async () => {
    for (const file of ['one.json', 'two.json'])
      assert.equal(
        (await bench.ask('check', PLAYBOOK, '--out', file, '--today', '2018-01-01')).code,
        0,
      );
    assert.equal(bench.read('one.json'), bench.read('two.json'));
    assert.equal(JSON.parse(bench.read('one.json')).plays.length, 14);
  });

  it('checks a mapping file too', async () => {
    bench.write('map.yaml', 'connection: shop\nfiles:\n  a.csv:\n    key: id\n    fact: []\n');
    const { code, out } = await bench.ask('check', 'map.yaml');
    assert.equal(code, 1);
    assert.match(out, /^map\.yaml:5: "fact" is not known in "a\.csv"; did you mean "facts"\?$/m);
  });
});

describe('the command of a clone', () => {
  it('runs from the sources, from whatever folder', async () => {
    const command = fileURLToPath(new URL('bin/opportune.js', import.meta.url));
    const child = spawn(process.execPath, [command, 'check', PLAYBOOK, '--json'], {
      cwd: bench.path('crm'),
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual([code, JSON.parse(out).ok], [0, true]);
  });
});
