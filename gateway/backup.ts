import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { OpportuneError } from 'opportune';
import { type Command, type Given, JSON_OPTION, type Terminal, textOption } from './command.js';
import { backupLines } from './database/backup.js';
import { DATABASE_PLACE, readDatabasePlace } from './database/database-place.js';
import { openDatabase } from './database/open-database.js';
import { type Marks, restoreLines } from './database/restore.js';
import { linesOf } from './facts-file.js';
import { SUPPRESSED } from './people/suppression.js';
import { ERASE_AGAIN } from './serve/people.js';
import { count, plural, printable } from './text.js';

export const backupCommand: Command = {
  name: 'backup',
  summary: "writes all that a gateway's store holds into one file",
  usage: 'backup --to FILE',
  options: [
    ...DATABASE_PLACE,
    { name: 'to', value: 'FILE', about: 'the file, which must not be there yet', needed: true },
    JSON_OPTION,
  ],
  positionals: [],
  run: backup,
};

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'puts a backup into a new folder or an empty database',
  usage: 'restore FILE [--erased LIST]',
  options: [
    ...DATABASE_PLACE,
    {
      name: 'erased',
      value: 'LIST',
      about:
        'who was erased since: the answer of GET /v1/people/suppressed, kept apart from backups',
    },
    JSON_OPTION,
  ],
  positionals: ['FILE'],
  run: restore,
};

async function backup(given: Given, terminal: Terminal): Promise<number> {
  const file = textOption(given, 'to') ?? '';
  if (existsSync(file))
    throw new OpportuneError('opportune/usage', 'the file is there already', {
      where: file,
      remedy: 'Name another one',
    });
  const database = await openDatabase({ ...readDatabasePlace(given), tables: 'as-they-are' });
  const part = `${file}.part`;
  let rows = -2;
  try {
    const lines = async function* (): AsyncGenerator<string> {
      for await (const line of backupLines(database)) {
        rows++;
        yield `${line}\n`;
      }
    };
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(part, { mode: 0o600 }), {
      signal: terminal.signal,
    });
    // It has its name once it is on the disk.
    const handle = await open(part, 'r+');
    await handle.sync();
    await handle.close();
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
    await database.close();
  }
  terminal.out(
    given.values.json === true
      ? `${JSON.stringify({ file, rows })}\n`
      : `${printable(file)}: ${plural(rows, 'row')}\n`,
  );
  return 0;
}

async function restore(given: Given, terminal: Terminal): Promise<number> {
  const [file = ''] = given.positionals;
  if (!existsSync(file))
    throw new OpportuneError('opportune/usage', 'there is no such file', {
      where: file,
      remedy: 'Make one with opportune backup',
    });
  const lines = async function* (): AsyncGenerator<string> {
    try {
      yield* linesOf(createReadStream(file).pipe(createGunzip()));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!code.startsWith('Z_')) throw error;
      throw new OpportuneError('opportune/no-backup', 'it is no backup, or was cut short', {
        where: file,
        remedy: 'Name a file that opportune backup made',
      });
    }
  };
  const { tenants, rows } = await restoreLines(lines, readDatabasePlace(given), readErased(given));
  terminal.out(
    given.values.json === true
      ? `${JSON.stringify({ tenants, rows })}\n`
      : `${plural(rows, 'row')} of ${count(tenants.length)} ${tenants.length === 1 ? 'tenant' : 'tenants'}: ${tenants.map(printable).join(', ')}\n`,
  );
  return 0;
}

/** Lines `TENANT HASH`, as the gateway tells them; it erases those persons again before it answers anybody. */
function readErased(given: Given): Marks {
  const file = textOption(given, 'erased');
  const marks = new Map<string, string[]>();
  const lines = file === undefined ? [] : readFileSync(file, 'utf8').split('\n');
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [, tenant, hash] = /^([a-z0-9][a-z0-9._-]{0,62}) (\S{16,200})$/i.exec(line.trim()) ?? [];
    if (tenant === undefined || hash === undefined)
      throw new OpportuneError('opportune/usage', 'the line is no tenant and hash', {
        where: `${file}:${i + 1}`,
        remedy: 'Name the list that GET /v1/people/suppressed gave',
      });
    const names = marks.get(tenant) ?? [ERASE_AGAIN];
    marks.set(tenant, [...names, SUPPRESSED + hash]);
  }
  return marks;
}
