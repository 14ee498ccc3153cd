import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type CommandBench, openCommandBench } from '../command-bench.js';

let bench: CommandBench;
before(async () => {
  bench = await openCommandBench();
});
after(() => bench.end());

const MAP = `connection: shop
asOf: 2026-01-31
files:
  accounts.csv:
    key: id
    facts: [{ record: account, set: { name: name } }]
  people.csv:
    key: id
    columns:
      account: { find: { file: accounts.csv, by: id } }
    facts:
      - { record: contact, of: account, set: { name: name, email: email } }
`;
const ACCOUNTS = 'id,name\nA1,Kestrel Foods\n';
const PEOPLE =
  'id,account,name,email\nP-dana-7,A1,Dana Ruiz,dana@kestrel.example\nP-8,A1,Priya Nair,priya@kestrel.example\n';
const DANA = ['Dana', 'Ruiz', 'dana@kestrel', 'P-dana-7'];

/** Every byte of the store's own files. */
function bytesOf(folder: string): string {
  return readdirSync(folder)
    .filter((file) => file.startsWith('opportune.sqlite'))
    .map((file) => readFileSync(join(folder, file)).toString('latin1'))
    .join('');
}

describe('opportune person', () => {
  const load = ['import', 'crm', '--into', 'store', '--map', 'map.yaml'];
  before(async () => {
    bench.write('map.yaml', MAP);
    bench.write('crm/accounts.csv', ACCOUNTS);
    bench.write('crm/people.csv', PEOPLE);
    const { code, err } = await bench.run(...load);
    assert.deepEqual([code, err], [0, '']);
  });

  const dana = ['--store', 'store', '--email', 'Dana@Kestrel.example'];

  it('exports what is held on one person, and nothing of others', async () => {
    const { code, out } = await bench.run('person', 'export', ...dana);
    assert.equal(code, 0);
    const { person, values, facts } = JSON.parse(out);
    assert.deepEqual(person.ids, ['shop:contact:P-dana-7']);
    assert.deepEqual(
      values.map(({ attribute, value }: { attribute: string; value: string }) => [
        attribute,
        value,
      ]),
      [
        ['email', 'dana@kestrel.example'],
        ['name', 'Dana Ruiz'],
      ],
    );
    assert.equal(facts.length, 1);
    assert.equal(out.includes('Priya'), false);
  });

  it('tells what would be erased, and erases nothing without --yes', async () => {
    const { code, err } = await bench.run('person', 'erase', ...dana);
    assert.equal(code, 1);
    assert.match(err, /shop:contact:P-dana-7 of 1 account would be erased.*--yes/);
    assert.equal(bytesOf(bench.path('store')).includes('P-dana-7'), true);
  });

  it('erases the person from every byte of the store, says what is out of reach, and the next import leaves the person out', async () => {
    const { code, out, err } = await bench.run('person', 'erase', ...dana, '--yes');
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /Gone from 2 timelines, 1 account among them/);
    assert.match(out, /The record in the CRM \(shop\)/);
    const isGone = (): void => {
      const bytes = bytesOf(bench.path('store'));
      for (const text of DANA) assert.equal(bytes.includes(text), false, text);
      assert.equal(bytes.includes('Priya Nair'), true);
    };
    isGone();
    bench.write('crm/people.csv', PEOPLE.replace('Dana Ruiz', 'Dana R. Ruiz'));
    assert.equal((await bench.run(...load, '--facts', 'facts.jsonl')).code, 0);
    isGone();
    const again = await bench.run('person', 'erase', ...dana, '--yes');
    assert.equal(again.code, 1);
    assert.match(again.err, /nobody is known/);
  });

  it('asks who is meant, and what to do', async () => {
    const both = await bench.run('person', 'erase', '--store', 'store');
    assert.deepEqual(
      [both.code, both.err],
      [2, 'opportune: it is not clear who is meant. Give one of --id and --email\n'],
    );
    const odd = await bench.run('person', 'forget', ...dana);
    assert.equal(odd.code, 2);
  });
});
