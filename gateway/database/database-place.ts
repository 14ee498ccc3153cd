import { type Given, type Option, textOption, usageError } from '../command.js';
import { readSecret, toPlace } from '../read-secret.js';
import type { DatabaseOptions } from './open-database.js';

/** Where a gateway keeps what it has, as every command that works on it is told. */
export const DATABASE_PLACE: readonly Option[] = [
  { name: 'store', value: 'FOLDER', about: "the gateway's folder, with a database of its own" },
  {
    name: 'database',
    value: 'URL',
    about: 'or your PostgreSQL: postgres://…, or env:NAME or file:PATH that hold it',
  },
];

export function readDatabasePlace(given: Given): Pick<DatabaseOptions, 'folder' | 'url'> {
  const [folder, text] = [textOption(given, 'store'), textOption(given, 'database')];
  if ((folder === undefined) === (text === undefined))
    throw usageError('one of --store and --database is needed', 'Name the one that holds the data');
  if (text === undefined) return { folder: folder ?? '' };
  const place = toPlace(text);
  const url = place ? readSecret(place.kind, place.name)?.trim() : text;
  if (url) return { url };
  throw usageError(`--database: nothing is in ${text}`, 'Set it, or write the URL');
}
