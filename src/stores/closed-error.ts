import { OpportuneError } from '../core/errors.js';

/** Every operation of a store rejects so once it was closed, by its user or under its user. */
export function closedError(because: string): OpportuneError {
  return new OpportuneError('opportune/store-closed', `The store is closed: ${because}`, {
    remedy: 'Open it again',
  });
}
