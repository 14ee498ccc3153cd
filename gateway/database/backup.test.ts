import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Fact, isOpportuneError } from 'opportune';
import pg from 'pg';
import { readAudit, writeAudit } from './audit.js';
import { backupLines } from './backup.js';
import { readChanges } from './change-feed.js';
import { createInbox } from './inbox.js';
import { migrate } from './migrate.js';
import { MIGRATIONS, TENANT_ROLE } from './migrations.js';
import { type Database, openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { restoreLines } from './restore.js';
import { createTestDatabase } from './test-database.js';

const KEY = 'demo:account:\u{1f600}\ud83d\u0000';

function fact(id: string, occurredAt: number): Fact {
  const data = { text: 'naïve \u2028 "quoted" \\ \u0000 \ud800 \u{1f600}', share: 0.1 + 0.2 };
  const rest = { learnedAt: 1, grade: 'observed' as const, data };
  return { id, type: 'note', subjects: [KEY], about: [], occurredAt, ...rest };
}

async function fill(database: Database, tenant: string): Promise<void> {
  const store = await openPostgresStore(database, tenant);
  for (let i = 0; i < 3; i++) {
    const one = fact(`f${i}`, i + 0.5);
    const subject = { key: KEY, at: one, text: tenant } as never;
    const outbox = [{ id: `o${i}`, to: KEY, fact: one }];
    const commit = { facts: [one], subject, wakeAt: 1e15 + i, outbox, snapshot: i === 1 };
    assert.ok(await store.commit(KEY, i, { ...commit, values: { [`n${i}`]: i } }));
  }
  const inbox = createInbox(database, tenant);
  await inbox.enqueue([fact('w1', 1), fact('w2', 1)]);
  await inbox.refuse('w1', 'no such type');
  await writeAudit(database, tenant, [
    { actor: 'demo:rep:1', roles: ['rep', 'admin'], action: 'published', detail: { version: '7' } },
  ]);
  await database.inTenant(tenant, (sql) =>
    sql.rows(`insert into opportune.person_keys (id, wrapped) values ('p', '\\x00ff')`),
  );
}

async function linesOfBackup(url: string): Promise<string[]> {
  const database = await openDatabase({ url, tables: 'as-they-are' });
  try {
    const lines: string[] = [];
    for await (const line of backupLines(database)) lines.push(line);
    return lines;
  } finally {
    await database.close();
  }
}

const give = (lines: readonly string[]) =>
  async function* (): AsyncGenerator<string> {
    yield* lines;
  };

const refusedAs = (code: `opportune/${string}`, text: RegExp) => (error: unknown) =>
  isOpportuneError(error, code) && text.test(error.message);

describe('backup and restore', () => {
  it('everything of every tenant comes back as it was, and goes on from there', async () => {
    const url = await createTestDatabase();
    const database = await openDatabase({ url });
    for (const tenant of ['acme', 'beta']) await fill(database, tenant);
    const { position = '' } = (await readChanges(database, 'acme')) ?? {};
    await database.close();
    const lines = await linesOfBackup(url);
    const other = await createTestDatabase();
    const restored = await restoreLines(give(lines), { url: other });
    assert.deepEqual(restored, { tenants: ['acme', 'beta'], rows: lines.length - 2 });
    assert.deepEqual(await linesOfBackup(other), lines);

    const again = await openDatabase({ url: other });
    try {
      const store = await openPostgresStore(again, 'beta');
      assert.deepEqual(await store.facts(KEY), [fact('f0', 0.5), fact('f1', 1.5), fact('f2', 2.5)]);
      assert.deepEqual(await store.due(9e15, 9), [{ key: KEY, wakeAt: 1e15 + 2 }]);
      const subject = { key: KEY, at: fact('f3', 9) } as never;
      const outbox = [{ id: 'o3', to: KEY, fact: fact('f3', 9) }];
      assert.ok(await store.commit(KEY, 3, { facts: [fact('f3', 9)], subject, outbox }));
      assert.ok(await store.commit('new', 0, { facts: [], subject, outbox: [] }));
      assert.deepEqual(
        (await store.outbox(9)).map(({ id }) => id),
        ['o0', 'o1', 'o2', 'o3'],
      );
      assert.equal((await store.facts('new')).length, 0);
      await writeAudit(again, 'beta', [{ actor: 'system', roles: [], action: 'restored' }]);
      assert.deepEqual(
        (await readAudit(again, 'beta')).map(({ action }) => action),
        ['restored', 'published'],
      );
      assert.equal(
        await readChanges(again, 'acme', position),
        undefined,
        'an old position is unknown',
      );
    } finally {
      await again.close();
    }
  });

  it('a backup of an earlier version is restored, and then brought to this one', async () => {
    const url = await createTestDatabase();
    const client = new pg.Client(url);
    client.on('error', () => {});
    await client.connect();
    await migrate(client, MIGRATIONS.slice(0, 1));
    await client.query(`insert into opportune.tenants (tenant) values ('acme');
      begin; set local role ${TENANT_ROLE}; set local opportune.tenant = 'acme';
      insert into opportune.named (name, body) values ('a', '"kept"'); commit`);
    await client.end();
    const lines = await linesOfBackup(url);
    const other = await createTestDatabase();
    await restoreLines(give(lines), { url: other });
    const database = await openDatabase({ url: other });
    assert.equal(await (await openPostgresStore(database, 'acme')).get('a'), 'kept');
    assert.deepEqual(await readAudit(database, 'acme'), []);
    await database.close();
  });

  it('what is no whole backup leaves nothing, and the target can be used afterwards', async () => {
    const url = await createTestDatabase();
    const database = await openDatabase({ url });
    await fill(database, 'acme');
    await database.close();
    const lines = await linesOfBackup(url);
    const [head = '', first = ''] = lines;
    const other = await createTestDatabase();
    for (const broken of [
      [],
      ['{}'],
      ['no JSON'],
      ['null'],
      lines.slice(0, -1),
      lines.slice(0, 5).concat(lines.slice(-1)),
      [...lines, first],
      [head, first.replace('"acme"', '"other"'), '{"rows":1}'],
      [head, first.replace(/"[a-z_]+",\{/, '"migrations",{'), '{"rows":1}'],
      [head, first.replace(/"[a-z_]+",\{/, '"audit; drop table facts",{'), '{"rows":1}'],
    ])
      await assert.rejects(
        restoreLines(give(broken), { url: other }),
        refusedAs('opportune/no-backup', /opportune backup/),
        broken.join().slice(0, 80),
      );
    // A row that names another tenant than its line does.
    const stolen = lines.map((line) => line.replace('"tenant":"acme"', '"tenant":"other"'));
    await assert.rejects(
      restoreLines(give(stolen), { url: other }),
      refusedAs('opportune/database-refused', /42501/),
    );
    await assert.rejects(
      restoreLines(give([head.replace('"steps":', '"steps":9')]), { url: other }),
      refusedAs('opportune/store-newer', /Update/),
    );
    await restoreLines(give(lines), { url: other });
    assert.deepEqual(await linesOfBackup(other), lines);
  });

  it('a target that holds something is refused and left as it is', async () => {
    const url = await createTestDatabase();
    const database = await openDatabase({ url });
    await fill(database, 'acme');
    await database.close();
    const lines = await linesOfBackup(url);
    await assert.rejects(
      restoreLines(give(lines), { url }),
      refusedAs('opportune/store-in-use', /an empty database/),
    );
    assert.deepEqual(await linesOfBackup(url), lines);
  });

  it('marks of who was erased since come back with the rest, for the gateway that erases them again', async () => {
    const url = await createTestDatabase();
    const database = await openDatabase({ url });
    await fill(database, 'acme');
    await database.close();
    const other = await createTestDatabase();
    const marks = new Map([
      ['acme', ['erase-again', 'suppressed/cafe']],
      ['of-another-place', ['suppressed/cafe']],
    ]);
    await restoreLines(give(await linesOfBackup(url)), { url: other }, marks);
    const again = await openDatabase({ url: other });
    const store = await openPostgresStore(again, 'acme');
    assert.deepEqual(await Promise.all(['erase-again', 'suppressed/cafe'].map(store.get)), [
      true,
      true,
    ]);
    await again.close();
  });
});
