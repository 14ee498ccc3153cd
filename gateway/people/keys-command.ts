import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, type Given, type Terminal, textOption, usageError } from '../command.js';
import { DATABASE_PLACE, readDatabasePlace } from '../database/database-place.js';
import { openDatabase } from '../database/open-database.js';
import { companiesIn } from '../database/own-tenant.js';
import { rewrapKeys } from '../database/person-keys.js';
import { plural, printable } from '../text.js';
import { KEYS_FILE, openFilePersonKeys } from './file-person-keys.js';
import { createMasterKey, readMasterKey } from './master-key.js';

export const keysCommand: Command = {
  name: 'keys',
  summary:
    'Wraps the keys of persons by another master key, beside a gateway at work. Stopped, it goes on when it is called again.',
  usage: 'keys rotate --from PLACE --to PLACE (--store FOLDER | --database URL)',
  options: [
    ...DATABASE_PLACE,
    {
      name: 'from',
      value: 'PLACE',
      about: 'the master key so far: env:NAME or file:PATH',
      needed: true,
    },
    { name: 'to', value: 'PLACE', about: 'the one that takes its place', needed: true },
  ],
  positionals: ['rotate'],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [verb = ''] = given.positionals;
  if (verb !== 'rotate')
    throw usageError(`"${printable(verb)}" is nothing to do with keys`, 'Write rotate');
  const [old, next] = (['from', 'to'] as const).map((name) =>
    readMasterKey(textOption(given, name) ?? '', `--${name}`),
  ) as [Uint8Array, Uint8Array];
  if (Buffer.from(old).equals(next))
    throw usageError('--from and --to hold the same key', 'Make another: openssl rand -base64 32');
  const [from, to] = [createMasterKey(old, [next]), createMasterKey(next)];
  const place = readDatabasePlace(given);
  const tell = (whose: string, count: number): void =>
    terminal.out(`${whose}: ${plural(count, 'key')} wrapped anew\n`);

  if (place.folder !== undefined && existsSync(join(place.folder, KEYS_FILE))) {
    const keys = openFilePersonKeys(place.folder, from);
    try {
      tell(printable(place.folder), await keys.rewrap(to));
    } finally {
      keys.close();
    }
    return 0;
  }
  const database = await openDatabase({ ...place, tables: 'as-they-are' });
  try {
    for (const tenant of await companiesIn(database))
      tell(
        printable(tenant),
        await rewrapKeys(database, tenant, { from, to, signal: terminal.signal }),
      );
  } finally {
    await database.close();
  }
  return 0;
}
