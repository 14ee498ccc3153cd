import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type CommandBench, openCommandBench } from './command-bench.js';
import { openFileStore, STORE_FILE } from './file-store.js';

let bench: CommandBench;
before(async () => {
  bench = await openCommandBench();
});
after(() => bench.end());

const MAP = `connection: shop
asOf: 2026-01-31
files:
  a.csv:
    key: id
    facts: [{ record: account, set: { name: name } }]
`;

const TIMES = 12_000;

/** A first batch of the import is stored. */
async function holdsSomething(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, STORE_FILE))) return false;
  const store = openFileStore(folder);
  const keys = await store.keys('', undefined, 1);
  await store.close();
  return keys.length > 0;
}

describe('opportune import of a long file', () => {
  it('keeps what was read when it is stopped, and brings the rest when it is run again', async () => {
    const rows = Array.from({ length: TIMES }, (_, i) => `${i},Customer ${i}`);
    bench.write('a.csv', `id,name\n${rows.join('\n')}\n`);
    bench.write('map.yaml', MAP);
    const args = ['import', 'a.csv', '--into', 'store', '--map', 'map.yaml', '--json'];
    const child = spawn(process.execPath, [await bench.command(), ...args], {
      cwd: bench.path('.'),
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    while (child.exitCode === null && !(await holdsSomething(bench.path('store'))))
      await pause(250);
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    const stopped = JSON.parse(out);
    assert.equal(stopped.stopped, true);
    const { added } = stopped.facts;
    assert.ok(added > 0 && added < TIMES, `${added} were stored when it stopped`);

    const again = JSON.parse((await bench.run(...args)).out);
    assert.deepEqual(again.facts, {
      read: TIMES,
      added: TIMES - added,
      repeated: added,
      refused: [],
    });
  });

  it('says nothing on standard output, and why on standard error, when the file cannot be read', async () => {
    bench.write('a.csv', 'id,nmae\n1,x\n');
    const { code, out, err } = await bench.run(
      'import',
      'a.csv',
      '--into',
      'store',
      '--map',
      'map.yaml',
      '--json',
    );
    assert.deepEqual([code, out], [2, '']);
    assert.match(
      err,
      /^opportune: a\.csv:1: there is no column "name", which the map reads\. Did you mean "nmae"\? Correct map\.yaml\n$/,
    );
  });

  it('answers 1 when there was nothing to bring in', async () => {
    bench.write('a.csv', 'id,name\n,x\n');
    const { code, out } = await bench.run(
      'import',
      'a.csv',
      '--into',
      'store',
      '--map',
      'map.yaml',
    );
    assert.equal(code, 1);
    assert.match(out, /a\.csv: 1 × "id" is empty\n {4}line 2\n/);
  });

  it('writes out what would move the cursor of a terminal', async () => {
    bench.write('a.csv', 'id,name\n1,x\n1,\u001b[2Jx\n"\u001b[31m",y,z\n');
    const { out } = await bench.run('import', 'a.csv', '--map', 'map.yaml', '--dry-run');
    assert.equal(out.includes('\u001b'), false);
  });
});
