import Database from 'libsql';
import { OpportuneError } from 'opportune';

export type SqlValue = string | number | Uint8Array | null;

/** What we use of SQLite: statements that are prepared once, and rows as lists in the order of the columns. */
export interface Sqlite {
  /** Returns how many rows it changed. */
  run(sql: string, values?: readonly SqlValue[]): number;
  all(sql: string, values?: readonly SqlValue[]): readonly (readonly SqlValue[])[];
  first(sql: string, values?: readonly SqlValue[]): readonly SqlValue[] | undefined;
  close(): void;
}

export interface SqliteOptions {
  readonly path: string;
  readonly schema: string;
  /** Counts changes of the schema. */
  readonly format: number;
  /** `full`: what is committed survives a power cut. `normal`: a crash of the process. */
  readonly durability: 'full' | 'normal';
  /** Called before each change; what it throws fails the change. For tests of crashes. */
  readonly beforeChange?: () => void;
}

const WAIT_MS = 10_000;
const CHANGES = /^(insert|update|delete|commit|release)/i;

/** Opens a database file, which is made where there is none. */
export function openSqlite(options: SqliteOptions): Sqlite {
  const { path, schema, format, durability, beforeChange } = options;
  const statements = new Map<string, Database.Statement>();
  const database = told(path, () => new Database(path, { timeout: WAIT_MS }));
  told(path, () => {
    database.exec('pragma journal_mode = wal');
    database.exec(`pragma synchronous = ${durability}`);
    const read = (): number =>
      Number(((database.prepare('pragma user_version').raw().get() ?? []) as readonly number[])[0]);
    if (read() > format)
      throw new OpportuneError(
        'opportune/store-newer',
        'it was written by a newer version of Opportune',
        { where: path, remedy: 'Update Opportune' },
      );
    // A store that is as it should be is opened without a write.
    if (read() === format) return;
    database.exec('begin immediate');
    database.exec(schema);
    database.exec(`pragma user_version = ${format}`);
    database.exec('commit');
  });

  function prepare(sql: string): Database.Statement {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  return {
    run(sql, values = []) {
      if (CHANGES.test(sql)) beforeChange?.();
      // Values go as one list: a lone Uint8Array is taken for named values, and ends the process.
      return told(path, () => prepare(sql).run([...values])).changes;
    },
    all: (sql, values = []) =>
      told(path, () =>
        prepare(sql)
          .raw()
          .all([...values]),
      ) as readonly (readonly SqlValue[])[],
    first: (sql, values = []) =>
      told(path, () =>
        prepare(sql)
          .raw()
          .get([...values]),
      ) as readonly SqlValue[] | undefined,
    close: () => database.close(),
  };
}

/** Errors of SQLite as ours, with a remedy. */
function told<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const known = KNOWN.find(([prefix]) => code.startsWith(prefix));
    if (!known) throw cause;
    const [, name, what, remedy] = known;
    throw new OpportuneError(name, what, { where: path, remedy, cause });
  }
}

const KNOWN = [
  [
    'SQLITE_BUSY',
    'opportune/store-busy',
    'another process is writing to the store',
    'Wait until it is done, and try again',
  ],
  ['SQLITE_NOTADB', 'opportune/store-damaged', 'the file is no store', 'Name another folder'],
  [
    'SQLITE_CORRUPT',
    'opportune/store-damaged',
    'the store is damaged',
    'Restore a copy, or import again into another folder',
  ],
  ['SQLITE_FULL', 'opportune/store-full', 'the disk is full', 'Make room, and try again'],
  [
    'SQLITE_CANTOPEN',
    'opportune/store-unreadable',
    'the store cannot be opened',
    'See whether you may write in that folder',
  ],
  [
    'SQLITE_READONLY',
    'opportune/store-unreadable',
    'the store may not be written',
    'See whether you may write in that folder',
  ],
] as const;

/** Bytes that sort as the text's code units do, whatever the characters. */
export function toBytes(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16();
}

export function fromBytes(bytes: SqlValue | undefined): string {
  return bytes instanceof Uint8Array ? Buffer.from(bytes).swap16().toString('utf16le') : '';
}
