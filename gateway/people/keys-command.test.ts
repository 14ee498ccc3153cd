import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type CommandBench, openCommandBench } from '../command-bench.js';
import { type Database, openDatabase } from '../database/open-database.js';
import { openPersonKeys } from '../database/person-keys.js';
import { openPostgresStore } from '../database/postgres-store.js';
import { createTestDatabase } from '../database/test-database.js';
import { createMasterKey } from './master-key.js';
import type { PersonKey, PersonKeys } from './person-keys.js';

const COUNT = 6_000;
const PERSONS = Array.from({ length: COUNT }, (_, n) => `person-${String(n).padStart(5, '0')}`);
const hashOf = (id: string): string => id;

describe('opportune keys rotate', () => {
  const [old, next] = [randomBytes(32), randomBytes(32)] as [Buffer, Buffer];
  let bench: CommandBench;
  let url: string;
  let database: Database;
  let made: ReadonlyMap<string, PersonKey>;
  const open = (...secrets: readonly [Buffer, ...Buffer[]]): PersonKeys => {
    const [first, ...others] = secrets.map((one) => new Uint8Array(one)) as [Uint8Array];
    return openPersonKeys(database, 'acme', { master: createMasterKey(first, others), hashOf });
  };
  before(async () => {
    url = await createTestDatabase();
    database = await openDatabase({ url });
    await openPostgresStore(database, 'acme');
    made = await open(old).create(PERSONS);
    bench = await openCommandBench();
    bench.write('old', old.toString('base64'));
    bench.write('next', `${next.toString('hex')}\n`);
  });
  after(async () => {
    await bench.end();
    await database.close();
  });
  const args = (from = 'old', to = 'next'): readonly string[] => [
    ...['keys', 'rotate', '--from', `file:${bench.path(from)}`],
    ...['--to', `file:${bench.path(to)}`, '--database', url],
  ];
  const count = async (secret: Buffer): Promise<number> => {
    const rows = await database.ask('acme', 'select id, wrapped from opportune.person_keys', []);
    const master = createMasterKey(new Uint8Array(secret));
    return rows.filter(({ id, wrapped }) => {
      try {
        return master.unwrap(new Uint8Array(wrapped as Buffer), String(id)).length === 32;
      } catch {
        return false;
      }
    }).length;
  };

  it('is killed in its midst: every key opens by one of the two, and the next call does the rest', async () => {
    // The third thousand cannot be written: nothing but a kill ends the wait for it.
    const held = database.inTenant('acme', async (sql) => {
      await sql.rows('select from opportune.person_keys where id = $1 for update', [
        PERSONS[2_500] ?? '',
      ]);
      const child = spawn(process.execPath, [await bench.command(), ...args()], {
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
      while ((await count(next)) < 2_000) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill('SIGKILL');
      assert.equal(await ended, 'SIGKILL');
    });
    await held;
    const done = await count(next);
    assert.ok(done >= 2_000 && done < COUNT, `${done} were wrapped anew`);
    assert.equal((await count(old)) + done, COUNT);
    // A gateway that knows both goes on reading, and making, throughout.
    assert.deepEqual(await open(next, old).get(PERSONS), made);

    const { code, out, err } = await bench.ask(...args());
    assert.deepEqual([code, err], [0, '']);
    assert.equal(out, `acme: ${(COUNT - done).toLocaleString('en')} keys wrapped anew\n`);
    assert.deepEqual(await open(next).get(PERSONS), made);
    assert.equal(await count(old), 0);
    assert.equal((await bench.ask(...args())).out, 'acme: 0 keys wrapped anew\n');
  });

  it('brings no destroyed key back', async () => {
    const keys = open(next);
    await keys.destroy([PERSONS[0] ?? '']);
    await bench.ask(...args('next', 'old'));
    assert.equal((await open(old).get(PERSONS.slice(0, 1))).get(PERSONS[0] ?? ''), 'destroyed');
    assert.equal(await count(old), COUNT - 1);
  });

  it('changes nothing by a key that is not the one so far, and says so', async () => {
    bench.write('wrong', randomBytes(32).toString('base64'));
    const { code, err } = await bench.ask(...args('wrong', 'next'));
    assert.equal(code, 2);
    assert.match(err, /does not open the keys of persons/);
    assert.equal(await count(old), COUNT - 1);
  });
});
