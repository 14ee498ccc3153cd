import type { RecordId } from '../../src/domain/value.js';

const KEY = 'opportune-demo-asker';

/** Who looks, in this tab and over its reloads: another tab may show the same record to somebody else. */
export function keepAsker(asker: RecordId): void {
  try {
    sessionStorage.setItem(KEY, asker);
  } catch {
    // A browser that keeps nothing begins with the first rep again.
  }
}

/** Empty when nobody was chosen. */
export function readAsker(): RecordId {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
