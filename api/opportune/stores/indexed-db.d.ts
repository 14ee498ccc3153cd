import { OpportuneError } from '../index.js';
import { Store } from '../index.js';
import '../shared/fact.js';
import '../shared/playbook.js';
import '../shared/response.js';

interface IndexedDbOptions {
    /**
     * Told what the user should know while nothing here has failed yet: `opportune/store-blocked` (opening waits until
     * another tab lets go of the older version) and `opportune/store-closed` (a newer version in another tab, a
     * deletion or the browser took the store away; every later use rejects with the same).
     */
    readonly onTrouble?: (error: OpportuneError) => void;
}
/**
 * Opens a store that this browser keeps, and makes or upgrades it first. What a commit acknowledged has been handed
 * to the disk ("strict" durability). Rejects with `opportune/store-unavailable` where the page may not keep anything,
 * `-newer` when a newer version of the library has written it, `-unusable` when it cannot be read. A write rejects
 * with `opportune/store-full` when the browser gives no more room; nothing of it was kept then.
 */
declare function openIndexedDbStore(name: string, options?: IndexedDbOptions): Promise<Store>;
/** Deletes it with all its data, for a log-out or another user. Wherever it is open it closes, and says so. */
declare function deleteIndexedDbStore(name: string): Promise<void>;

export { deleteIndexedDbStore, openIndexedDbStore };
export type { IndexedDbOptions };
