import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type Changes, pruneChanges, readChanges } from './change-feed.js';
import { toBytes } from './code-units.js';
import { type Database, openDatabase, type Sql } from './open-database.js';
import { createTestDatabase } from './test-database.js';

let database: Database;
let tenants = 0;
const nextTenant = (): string => `feed-${tenants++}`;

before(async () => {
  database = await openDatabase({ url: await createTestDatabase(), connections: 12 });
});
after(() => database.close());

async function read(tenant: string, after?: string, limit?: number): Promise<Changes> {
  const found = await readChanges(database, tenant, after, limit);
  assert.ok(found, 'the position is known');
  return found;
}

const keysOf = ({ changes }: Changes): readonly string[] => changes.map(({ key }) => key);
const write = (sql: Sql, key: string): Promise<unknown> =>
  sql.rows('insert into opportune.changes (key) values ($1)', [toBytes(key)]);

/** A transaction that has written and waits. */
async function begin(tenant: string, key: string): Promise<{ commit(): Promise<void> }> {
  let go = (): void => {};
  let written = (): void => {};
  const wait = new Promise<void>((resolve) => {
    go = resolve;
  });
  const began = new Promise<void>((resolve) => {
    written = resolve;
  });
  const done = database.inTenant(tenant, async (sql) => {
    await write(sql, key);
    written();
    await wait;
  });
  await began;
  return {
    commit() {
      go();
      return done;
    },
  };
}

describe('changes', () => {
  it('a transaction that began first and commits last is read last, and holds nothing up', async () => {
    const tenant = nextTenant();
    const start = await read(tenant);
    const slow = await begin(tenant, 'slow');
    await (await begin(tenant, 'quick')).commit();
    const first = await read(tenant, start.position);
    assert.deepEqual(keysOf(first), ['quick']);
    await slow.commit();
    const second = await read(tenant, first.position);
    assert.deepEqual(keysOf(second), ['slow']);
    assert.deepEqual(keysOf(await read(tenant, second.position)), []);
  });

  it('whatever commits in whatever order, a reader in pages of any size sees each change once', async () => {
    const step = fc.oneof(
      fc.constant('begin' as const),
      fc.constant('commit' as const),
      fc.record({ limit: fc.integer({ min: 1, max: 4 }), resume: fc.nat({ max: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        async (steps, picks) => {
          const tenant = nextTenant();
          const open: { commit(): Promise<void> }[] = [];
          let begun = 0;
          let { position } = await read(tenant);
          const seen: string[] = [];
          const take = async (limit: number, resume: number): Promise<boolean> => {
            const page = await read(tenant, position, limit);
            // A reader may stop in the midst of a page, and go on from there.
            const kept = resume === 0 ? page.changes : page.changes.slice(0, resume);
            seen.push(...kept.map(({ key }) => key));
            position =
              kept.length < page.changes.length
                ? (kept.at(-1)?.position ?? position)
                : page.position;
            return page.more || kept.length < page.changes.length;
          };
          for (const one of steps) {
            if (one === 'begin') {
              if (open.length < 8) open.push(await begin(tenant, `k${begun++}`));
            } else if (one === 'commit') {
              const [next] = open.splice((picks.next().value ?? 0) % (open.length || 1), 1);
              await next?.commit();
            } else await take(one.limit, one.resume);
          }
          for (const one of open) await one.commit();
          while (await take(3, 0));
          assert.deepEqual(
            seen.toSorted(),
            Array.from({ length: begun }, (_, i) => `k${i}`).sort(),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('another tenant is not told', async () => {
    const [mine, other] = [nextTenant(), nextTenant()];
    const { position } = await read(mine);
    await (await begin(other, 'theirs')).commit();
    assert.deepEqual(keysOf(await read(mine, position)), []);
  });

  it('a position from before what was pruned is unknown, a later one is known', async () => {
    const tenant = nextTenant();
    const { position: early } = await read(tenant);
    await (await begin(tenant, 'old')).commit();
    const { position: late } = await read(tenant, early);
    assert.equal(await pruneChanges(database, tenant, Date.now() + 60_000), 1);
    assert.equal(await readChanges(database, tenant, early), undefined);
    await (await begin(tenant, 'new')).commit();
    assert.deepEqual(keysOf(await read(tenant, late)), ['new']);
  });

  it('positions of another life of the database are unknown, as is anything that is none', async () => {
    const tenant = nextTenant();
    const { position } = await read(tenant);
    const [epoch = '', snapshot = ''] = position.split('/');
    const [min = ''] = snapshot.split(':');
    const ahead = `${Number(min) + 1000}:${Number(min) + 1000}:`;
    for (const strange of [
      '',
      '/',
      `${epoch}`,
      `${epoch}/`,
      `x${epoch}/${snapshot}`,
      `${epoch}/${ahead}`,
      `${epoch}/5:3:`,
      `${epoch}/1:9:8,2`,
      `${epoch}/1:9:2,2`,
      `${epoch}/0:9:`,
      `${epoch}/1:9999999999999999999:`,
      `${epoch}/${snapshot}/${snapshot}`,
      `${epoch}/${snapshot}/${snapshot}/1/x`,
      `${epoch}/${snapshot}/${ahead}/1/1`,
      `${epoch}/${snapshot}/${snapshot}/1/1/1`,
      `${epoch}/${snapshot}'; drop table opportune.changes; --`,
      `${epoch}/${'1'.repeat(20_000)}`,
    ])
      assert.equal(await readChanges(database, tenant, strange), undefined, strange.slice(0, 80));
    await database.asOwner((sql) => sql.rows('update opportune.epoch set id = gen_random_uuid()'));
    assert.equal(await readChanges(database, tenant, position), undefined);
  });
});
