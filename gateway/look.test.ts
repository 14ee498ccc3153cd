import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type CommandBench, MAP, openCommandBench, PLAYBOOK } from './command-bench.js';

let bench: CommandBench;
before(async () => {
  bench = await openCommandBench();
});
after(() => bench.end());

describe('opportune import, decide and why', () => {
  before(async () => {
    const { code, err } = await bench.run('import', 'crm', '--into', 'store', '--map', MAP);
    assert.deepEqual([code, err], [0, '']);
  });

  const looking = ['--playbook', PLAYBOOK, '--store', 'store', '--now', '2018-01-02'];

  it('says what it skipped and repaired, with lines and reasons', async () => {
    const { code, out } = await bench.ask('import', 'crm', '--map', MAP, '--dry-run');
    assert.equal(code, 0);
    assert.match(out, /^sales_pipeline\.csv {5}4 {5}2 {8}2$/m);
    assert.match(out, /sales_pipeline\.csv: 1 × "account" is empty\n {4}line 4\n/);
    assert.match(
      out,
      /sales_pipeline\.csv: 1 × "product" names no row of products\.csv\n {4}line 5 "MG Speciale \(is it MG Special\?\)"\n/,
    );
    assert.match(out, /sales_pipeline\.csv product: 1 × GTXPro → GTX Pro\n/);
    assert.match(out, /facts in .*\. Nothing is stored\.\n$/);
  });

  it('lists every skip as one JSON document, and adds nothing the second time', async () => {
    const { code, out } = await bench.ask(
      'import',
      'crm',
      '--into',
      'store',
      '--map',
      MAP,
      '--json',
    );
    const { skipped, files, facts, repaired } = JSON.parse(out);
    assert.equal(code, 0);
    assert.deepEqual(
      skipped.map(({ file, line, part }: { file: string; line: number; part: string }) => [
        file,
        line,
        part,
      ]),
      [
        ['sales_pipeline.csv', 4, 'row'],
        ['sales_pipeline.csv', 5, 'row'],
      ],
    );
    assert.deepEqual(files[3], { place: 'sales_pipeline.csv', read: 4, used: 2, skipped: 2 });
    assert.deepEqual([facts.added, facts.repeated, facts.refused], [0, facts.read, []]);
    assert.deepEqual(repaired[1], {
      file: 'sales_pipeline.csv',
      column: 'product',
      from: 'GTXPro',
      to: 'GTX Pro',
      count: 1,
      lines: [2],
    });
  });

  it('stops before anything is stored when a column is missing, with file, line and remedy', async () => {
    cpSync(bench.path('crm'), bench.path('crm-without'), { recursive: true });
    bench.write('crm-without/products.csv', 'product,series,price\nGTX Pro,GTX,4821\n');
    const { code, err, out } = await bench.ask(
      'import',
      'crm-without',
      '--into',
      'store2',
      '--map',
      MAP,
    );
    assert.deepEqual([code, out], [2, '']);
    assert.match(
      err,
      /^opportune: products\.csv:1: there is no column "sales_price", which the map reads\. .*\n$/,
    );
  });

  it('decides for the owner of what is open, and says why', async () => {
    const { code, out } = await bench.ask('decide', ...looking, '--account', 'maven:account:Isdom');
    assert.equal(code, 0);
    assert.match(out, /^Isdom, 2018-01-02 00:00 UTC, for Moses Frase\n/);
    assert.match(
      out,
      /\. Ask for a yes or a no on GTX Pro for Isdom {2}\[past-every-win\]\n {3}It has run 21\d days\./,
    );
    assert.match(out, /plays? not shown/);
  });

  it('takes the last part of an id, and gives the same Decision as JSON, byte for byte, each time', async () => {
    const ran = await Promise.all(
      [1, 2].map(() =>
        bench.run('decide', ...looking, '--account', 'Isdom', '--rep', 'Moses Frase', '--json'),
      ),
    );
    assert.equal(ran[0]?.out, ran[1]?.out);
    const decision = JSON.parse(ran[0]?.out ?? '');
    assert.deepEqual(
      [decision.account, decision.asker, decision.now],
      ['maven:account:Isdom', 'maven:rep:Moses Frase', '2018-01-02T00:00:00.000Z'],
    );
    assert.ok(decision.shown.some(({ play }: { play: string }) => play === 'past-every-win'));
  });

  it('knows at a moment only what had happened by then', async () => {
    const { out } = await bench.ask(
      'decide',
      '--playbook',
      PLAYBOOK,
      '--store',
      'store',
      '--account',
      'Isdom',
      '--now',
      '2017-07-01',
      '--json',
      '--verdicts',
      'all',
    );
    const { shown, verdicts } = JSON.parse(out);
    assert.deepEqual(shown, []);
    assert.equal(
      verdicts.find(({ play }: { play: string }) => play === 'past-every-win').stage,
      'trigger',
    );
  });

  it('answers 1 for an account that is not there', async () => {
    const { code, err } = await bench.ask('decide', ...looking, '--account', 'maven:account:None');
    assert.equal(code, 1);
    assert.match(err, /^opportune: --account: nothing is known of "maven:account:None"/);
  });

  it('says why one play is not shown, with what is and what is needed', async () => {
    const { code, out } = await bench.ask('why', 'gone-quiet', ...looking, '--account', 'Isdom');
    assert.equal(code, 0);
    assert.match(out, /^Shown for Isdom\n/);
    const other = await bench.ask('why', 'one-voice', ...looking, '--account', 'Isdom');
    assert.match(
      other.out,
      /^Not shown for Isdom: Nothing calls for it yet\n.*\n {4}Open deals: 1, needs 8 or more\n/,
    );
    const json = JSON.parse(
      (await bench.ask('why', 'one-voice', ...looking, '--account', 'Isdom', '--json')).out,
    );
    assert.deepEqual(
      [json.play, json.stage, json.record],
      ['one-voice', 'trigger', 'maven:account:Isdom'],
    );
  });

  it('asks back when there is no such play', async () => {
    const { code, err } = await bench.ask('why', 'gone-quite', ...looking, '--account', 'Isdom');
    assert.equal(code, 2);
    assert.match(err, /there is no play "gone-quite"\. Did you mean "gone-quiet"\?/);
  });

  it('changes nothing by looking: the store is the same to the byte', async () => {
    const hash = (): string =>
      createHash('sha256')
        .update(readFileSync(bench.path('store/opportune.sqlite')))
        .digest('hex');
    const before = hash();
    await bench.ask('decide', ...looking, '--account', 'Isdom', '--verdicts', 'all');
    await bench.ask('why', 'past-every-win', ...looking, '--account', 'Isdom');
    assert.equal(hash(), before);
  });
});

describe('opportune replay', () => {
  before(async () => {
    assert.equal(
      (await bench.ask('import', 'crm', '--map', MAP, '--facts', 'facts.jsonl')).code,
      0,
    );
  });
  const over = ['--facts', 'facts.jsonl', '--until', '2018-01-02'];

  it('says what would have opened, for whom and when', async () => {
    const { code, out } = await bench.ask('replay', '--playbook', PLAYBOOK, ...over, '--json');
    assert.equal(code, 0);
    const { openings, accounts } = JSON.parse(out);
    assert.equal(accounts, 2);
    const found = openings.find(({ play }: { play: string }) => play === 'past-every-win');
    assert.deepEqual(
      [found.record, found.owner, found.begin.slice(0, 10), found.end],
      ['maven:opportunity:A1', 'maven:rep:Moses Frase', '2017-10-18', undefined],
    );
    const text = await bench.ask('replay', '--playbook', PLAYBOOK, ...over);
    assert.match(text.out, /^\d+ openings in 2 accounts \(\d+ facts\)\n/);
    assert.match(
      text.out,
      /2017-10-18 04:00 UTC {2}past-every-win {2,}maven:opportunity:A1 {2}maven:rep:Moses Frase {2}open\n/,
    );
  });

  it('says how another playbook would differ', async () => {
    const draft = bench.playbookWith('draft', 'plays/past-every-win.yaml', 'gte: 139', 'gte: 199');
    const { code, out } = await bench.ask(
      'replay',
      '--playbook',
      PLAYBOOK,
      '--against',
      draft,
      ...over,
      '--json',
    );
    assert.equal(code, 0);
    const { onlyBefore, onlyAfter } = JSON.parse(out);
    const days = (list: readonly { play: string; begin: string }[]): string[] =>
      list.filter(({ play }) => play === 'past-every-win').map(({ begin }) => begin.slice(0, 10));
    assert.deepEqual([days(onlyBefore), days(onlyAfter)], [['2017-10-18'], ['2017-12-17']]);
  });

  it('answers 1 when nothing would have opened, and 2 with the line of what is no fact', async () => {
    assert.equal(
      (
        await bench.ask(
          'replay',
          '--playbook',
          PLAYBOOK,
          '--facts',
          'facts.jsonl',
          '--until',
          '2016-11-01',
        )
      ).code,
      1,
    );
    bench.write('bad.jsonl', `${bench.read('facts.jsonl').split('\n')[0]}\n{"id": \n`);
    const { code, err } = await bench.ask('replay', '--playbook', PLAYBOOK, '--facts', 'bad.jsonl');
    assert.equal(code, 2);
    assert.match(err, /^opportune: bad\.jsonl:2: the line is no JSON\. Each line is one fact/);
  });
});
