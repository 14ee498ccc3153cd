import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type CommandBench, MAP, openCommandBench, PLAYBOOK } from '../command-bench.js';
import type { Digest } from './plan-digest.js';

let bench: CommandBench;
before(async () => {
  bench = await openCommandBench();
  const { code, err } = await bench.ask('import', 'crm', '--into', 'store', '--map', MAP);
  assert.deepEqual([code, err], [0, '']);
});
after(() => bench.end());

describe('opportune digest', () => {
  const given = ['digest', '--playbook', PLAYBOOK, '--store', 'store', '--now', '2018-01-02'];
  const moses = [...given, '--rep', 'Moses Frase'];
  const link = ['--link', 'https://crm.example.com/{id}'];

  it('writes the plain part of the mail, with what decide shows and a link to it', async () => {
    const { code, out, err } = await bench.ask(...moses, ...link);
    assert.deepEqual([code, err], [0, '']);
    const decided = await bench.ask(
      'decide',
      ...given.slice(1),
      '--account',
      'Isdom',
      '--rep',
      'Moses Frase',
    );
    const [, title = 'none'] = /^1\. (.*) {2}\[/m.exec(decided.out) ?? [];
    assert.ok(out.includes(`1. ${title}\n`), out);
    assert.match(out, /^Subject: Isdom/);
    assert.match(out, /https:\/\/crm\.example\.com\/\S+\n/);
    assert.match(out, /Stop this mail: /);
  });

  it('writes the page into a file, and the digest as JSON', async () => {
    const page = await bench.ask(...moses, ...link, '--html', 'morning.html');
    assert.deepEqual([page.code, page.out, page.err], [0, '', '']);
    const { out } = await bench.ask(...moses, ...link, '--zone', 'UTC', '--json');
    const { items, date } = JSON.parse(out) as Digest;
    assert.equal(date, '2018-01-02');
    for (const { name, action } of items) {
      assert.ok(bench.read('morning.html').includes(name));
      assert.ok(bench.read('morning.html').includes(action.href as string));
    }
  });

  it('has no button where no address of records is given', async () => {
    const { out } = await bench.ask(...moses, '--json');
    for (const { action } of (JSON.parse(out) as Digest).items)
      assert.equal('href' in action, false);
  });

  it('answers 1 and writes no page when there is nothing to send', async () => {
    const early = [...given.slice(0, -2), '--now', '2010-01-01', '--rep', 'Moses Frase'];
    const { code, out } = await bench.ask(...early, '--html', 'none.html');
    assert.equal(code, 1);
    assert.match(out, /^Nothing is worth doing in \d+ accounts? of .*: no mail\.\n$/);
    assert.equal(existsSync(bench.path('none.html')), false);
    const json = await bench.ask(...early, '--json');
    assert.equal(json.code, 1);
    assert.deepEqual(JSON.parse(json.out), { nothing: true, because: 'nothing-shown' });
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [given, /^opportune: digest needs --rep/],
    [[...given, '--rep', 'Nobody'], /^opportune: --rep: no rep is known as "Nobody"/],
    [[...moses, '--link', 'http://crm.example.com/{id}'], /Write it as https:/],
    [[...moses, '--zone', 'Nowhere/City'], /"Nowhere\/City" is not a time zone/],
  ];
  for (const [args, message] of wrong)
    it(`answers 2 and one line to: ${args.slice(7).join(' ') || 'no rep'}`, async () => {
      const { code, err } = await bench.ask(...args);
      assert.equal(code, 2);
      assert.match(err, message);
    });
});
