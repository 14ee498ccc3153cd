import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import pg from 'pg';
import { installedPostgres } from './installed-postgres.js';
import { type RunningPostgres, startPostgres } from './start-postgres.js';

let server: Promise<{ readonly config: pg.ClientConfig; stop(): Promise<void> }> | undefined;
const databases: string[] = [];

/**
 * The URL of an empty database for one test, on a server that all tests of the process share: that of TEST_DATABASE_URL,
 * else one from the PostgreSQL of this machine, else one from npm's. All are dropped when the process's tests are over,
 * before the file's own `after`: a `pg.Client` of a test needs a listener for errors.
 */
export async function createTestDatabase(): Promise<string> {
  server ??= findServer();
  const { config } = await server;
  const name = `opportune_test_${process.pid}_${databases.length}`;
  databases.push(name);
  await administer(`create database ${name} encoding 'UTF8' template template0`);
  const { host, port, user, password } = new pg.Client(config);
  const url = new URL(`postgres://localhost/${name}`);
  url.username = encodeURIComponent(user ?? '');
  url.password = encodeURIComponent(password ?? '');
  url.searchParams.set('host', host);
  url.searchParams.set('port', String(port));
  return url.href;
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client((await server)?.config);
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

after(async () => {
  const running = await server;
  for (const name of databases) await administer(`drop database if exists ${name} with (force)`);
  await running?.stop();
});

async function findServer(): Promise<{ config: pg.ClientConfig; stop(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  if (url !== undefined) return { config: { connectionString: url }, stop: async () => {} };
  const folder = createTestFolder();
  const running: RunningPostgres = await startPostgres(folder, installedPostgres());
  const { host, port, user, password } = running;
  return {
    config: { host, port, user, password, database: 'postgres' },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A folder that the user whom PostgreSQL runs as may enter. */
export function createTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'opportune-test-'));
  chmodSync(folder, 0o755);
  return folder;
}
