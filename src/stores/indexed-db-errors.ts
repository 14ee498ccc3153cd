import { type ErrorCode, OpportuneError } from '../core/errors.js';
import { closedError } from './closed-error.js';

type Failure = readonly [code: ErrorCode, what: string, remedy: string];

const FULL: Failure = [
  'opportune/store-full',
  'The browser gives no more room; nothing of this write was kept',
  'Free disk space or delete other data of this site, then try again',
];
const UNAVAILABLE: Failure = [
  'opportune/store-unavailable',
  'This page may not keep data',
  'Allow site data in the browser settings, or use a memory store',
];
const NOT_PLAIN: Failure = [
  'opportune/not-plain-data',
  'Only plain data can be stored; nothing of this write was kept',
  'Leave out functions, elements and the like',
];
const FAILED: Failure = [
  'opportune/store-failed',
  'The browser could not carry this out; nothing of it was kept',
  'Try again',
];
const NEWER: Failure = [
  'opportune/store-newer',
  'A newer version has written it',
  'Reload the page to get that version',
];
const UNUSABLE: Failure = [
  'opportune/store-unusable',
  'Its data cannot be read',
  'Delete it with deleteIndexedDbStore and import again',
];

/** By the name of what the browser throws: the error of another frame is no instance of ours. */
const FAILURES: ReadonlyMap<unknown, Failure> = new Map([
  ['QuotaExceededError', FULL],
  ['DataCloneError', NOT_PLAIN],
  ['SecurityError', UNAVAILABLE],
  ['NotAllowedError', UNAVAILABLE],
  // There is no `indexedDB` at all.
  ['ReferenceError', UNAVAILABLE],
]);

/** What went wrong in a transaction, of which nothing was kept. */
export function explain(cause: unknown): OpportuneError {
  const name = nameOf(cause);
  if (name === 'InvalidStateError') return closedError('the browser took it away');
  return tell(FAILURES.get(name) ?? FAILED, cause);
}

/** Why a store cannot be opened. */
export function explainOpening(store: string, cause: unknown): OpportuneError {
  const name = nameOf(cause);
  const failure =
    name === 'VersionError'
      ? NEWER
      : name === 'InvalidStateError'
        ? UNAVAILABLE
        : (FAILURES.get(name) ?? UNUSABLE);
  return tell(failure, cause, `store "${store}"`);
}

function nameOf(cause: unknown): unknown {
  return (cause as { readonly name?: unknown } | undefined)?.name;
}

function tell([code, what, remedy]: Failure, cause: unknown, where?: string): OpportuneError {
  return new OpportuneError(code, what, { remedy, cause, ...(where && { where }) });
}
