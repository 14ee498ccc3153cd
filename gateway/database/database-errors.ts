import { isOpportuneError, OpportuneError } from 'opportune';

/** The database could not be asked; the same again may go well a moment later. */
const UNAVAILABLE = 'opportune/database-unavailable';

type Told = readonly [code: OpportuneError['code'], what: string, remedy: string];

const AGAIN = 'Try again: it reconnects by itself';
const GONE: Told = [UNAVAILABLE, 'the database cannot be reached', AGAIN];
const ENDED: Told = [UNAVAILABLE, 'the database ended the connection', AGAIN];
const BUSY: Told = [UNAVAILABLE, 'the database takes no more connections', AGAIN];
const REFUSED: Told = [
  'opportune/database-refused',
  'the database refuses the user',
  'Correct user, password and access rules of the database',
];

/** By SQLSTATE, or its class (the first two characters). */
const BY_STATE: { readonly [state: string]: Told } = {
  '08': GONE,
  '28': REFUSED,
  '42501': [
    'opportune/database-refused',
    'the user of the database may not do this',
    'The user must own the schema "opportune", or have the right to make it',
  ],
  '3D': [
    'opportune/database-missing',
    'there is no such database',
    'Make it with createdb, or correct the name',
  ],
  '53100': ['opportune/store-full', 'the disk of the database is full', 'Make room, and try again'],
  '53200': [UNAVAILABLE, 'the database is out of memory', AGAIN],
  '53300': BUSY,
  '57014': [
    'opportune/database-slow',
    'the database took too long',
    'Try again, and look at what else it is doing',
  ],
  '55P03': [
    'opportune/database-slow',
    'another transaction holds what is asked for',
    'Try again, and look at what else the database is doing',
  ],
  '25P03': ENDED,
  '57P': ENDED,
  '40': [UNAVAILABLE, 'other transactions came in between, several times', 'Try again'],
  XX001: [
    'opportune/store-damaged',
    'the database is damaged',
    'Restore a backup into another database',
  ],
};

const BY_SYSTEM: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTCONN',
]);

/** What pg says without a code, when a connection is gone or there was none. */
const BY_TEXT =
  /^(Connection terminated|Query read timeout|timeout (expired|exceeded)|Client (was closed|has encountered)|The server does not support SSL|Cannot use a pool after)/;

/** The SQLSTATE, or the system's code. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

/** Nothing was answered: what was asked may have been done, or may be done yet. */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** Nothing of such a transaction was kept, and it may go well another time. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/**
 * An error of PostgreSQL or of the way there as one of ours. Details and parameters are left out: they may hold what a
 * person said, and addresses what a stranger wants to know.
 */
export function toDatabaseError(error: unknown): OpportuneError {
  if (isOpportuneError(error)) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const told =
    BY_STATE[code] ??
    BY_STATE[code.slice(0, 3)] ??
    (/^[0-9A-Z]{5}$/.test(code) ? BY_STATE[code.slice(0, 2)] : undefined) ??
    (BY_SYSTEM.has(code) || BY_TEXT.test(message) ? GONE : undefined);
  if (told) {
    const [name, what, remedy] = told;
    return new OpportuneError(name, code === '' ? what : `${what} (${code})`, { remedy });
  }
  return new OpportuneError(
    'opportune/database-failed',
    `the database says: ${message}${code === '' ? '' : ` (${code})`}`,
  );
}
