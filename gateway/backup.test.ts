import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type CommandBench, openCommandBench } from './command-bench.js';
import { openDatabase } from './database/open-database.js';
import { openPostgresStore } from './database/postgres-store.js';
import { createTestDatabase, createTestFolder } from './database/test-database.js';

let bench: CommandBench;
const folder = createTestFolder();
const file = join(folder, 'backup.gz');
before(async () => {
  bench = await openCommandBench();
});
after(async () => {
  await bench.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('opportune backup and restore', () => {
  it('a store that a gateway is working on goes into a file, and from there into a database', async () => {
    const store = join(folder, 'store');
    const database = await openDatabase({ folder: store });
    try {
      await (await openPostgresStore(database, 'acme')).put('a', 'kept');
      const made = await bench.ask('backup', '--store', store, '--to', file);
      assert.deepEqual([made.err, made.out], ['', `${file}: 1 row\n`]);
    } finally {
      await database.close();
    }
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const again = await bench.ask('backup', '--store', store, '--to', file);
    assert.match(again.err, /the file is there already\. Name another one/);

    const url = await createTestDatabase();
    const back = await bench.ask('restore', file, '--database', url, '--json');
    assert.deepEqual(JSON.parse(back.out), { tenants: ['acme'], rows: 1 });
    const restored = await openDatabase({ url });
    assert.equal(await (await openPostgresStore(restored, 'acme')).get('a'), 'kept');
    await restored.close();
    const twice = await bench.ask('restore', file, '--database', url);
    assert.match(twice.err, /the target was used already\. Restore into a new folder/);
  });

  it('says what is no backup, what is no store, and which of two places is meant', async () => {
    const url = await createTestDatabase();
    const half = join(folder, 'half.gz');
    writeFileSync(half, readFileSync(file).subarray(0, 60));
    const text = join(folder, 'text');
    writeFileSync(text, 'something else');
    for (const [args, told] of [
      [['restore', half, '--database', url], /half\.gz: it is no backup, or was cut short/],
      [['restore', text, '--database', url], /text: it is no backup, or was cut short/],
      [['restore', 'nowhere', '--database', url], /nowhere: there is no such file/],
      [['backup', '--to', 'x'], /one of --store and --database is needed/],
      [['backup', '--to', 'x', '--store', 'a', '--database', url], /one of --store and --database/],
      [['backup', '--to', 'x', '--store', folder], /there is no store of the gateway here/],
    ] as const) {
      const { code, err } = await bench.ask(...args);
      assert.equal(code, 2);
      assert.match(err, told);
    }
  });
});
