import type { RecordId } from '../../src/domain/value.js';

const KEY = 'opportune-demo-critic';

/** Whom the visitor chose; there is nobody here who could look. */
export function keepCritic(critic: RecordId | undefined): void {
  try {
    if (critic === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, critic);
  } catch {
    // A browser that keeps nothing has nobody chosen after a reload.
  }
}

export function readCritic(): RecordId | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}
