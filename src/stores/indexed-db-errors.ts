import { type ErrorCode, OpportuneError } from '../core/errors.js';
import { closedError } from './closed-error.js';

type Failure = readonly [code: ErrorCode, what: string, remedy: string];

const UNAVAILABLE: Failure = [
  'opportune/store-unavailable',
  'This page may not keep data',
  'Allow site data in the browser settings, or use a memory store',
];

/** By the name of what the browser throws: the error of another frame is no instance of ours. */
const FAILURES: ReadonlyMap<unknown, Failure> = new Map([
  [
    'QuotaExceededError',
    ['opportune/store-full', 'The browser gives no more room', 'Free disk space, then try again'],
  ],
  [
    'DataCloneError',
    [
      'opportune/not-plain-data',
      'Only plain data can be stored',
      'Leave out functions and the like',
    ],
  ],
  [
    'VersionError',
    [
      'opportune/store-newer',
      'A newer version has written it',
      'Reload the page to get that version',
    ],
  ],
  ['SecurityError', UNAVAILABLE],
  ['NotAllowedError', UNAVAILABLE],
  // There is no `indexedDB` at all.
  ['ReferenceError', UNAVAILABLE],
]);

/** What went wrong in a transaction, of which nothing was kept. */
export function explain(cause: unknown): OpportuneError {
  const name = nameOf(cause);
  if (name === 'InvalidStateError') return closedError('the browser took it away');
  const failure = FAILURES.get(name);
  return tell(
    failure ?? ['opportune/store-failed', 'The browser kept nothing of it', 'Try again'],
    cause,
  );
}

/** Why a store cannot be opened. */
export function explainOpening(cause: unknown): OpportuneError {
  const name = nameOf(cause);
  const failure = name === 'InvalidStateError' ? UNAVAILABLE : FAILURES.get(name);
  return tell(
    failure ?? [
      'opportune/store-unusable',
      'Its data cannot be read',
      // Chromium throws the same where the user forbids site data and where its files are damaged.
      'Allow this page to keep data; if it may, clear its data in the browser and import again',
    ],
    cause,
  );
}

/** That opening waits. */
export function explainBlocked(): OpportuneError {
  return tell([
    'opportune/store-blocked',
    'Another tab holds an older version open',
    'Close that tab',
  ]);
}

function nameOf(cause: unknown): unknown {
  return (cause as { readonly name?: unknown } | undefined)?.name;
}

function tell([code, what, remedy]: Failure, cause?: unknown): OpportuneError {
  return new OpportuneError(code, what, { remedy, cause });
}
