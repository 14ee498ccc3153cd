import { Store } from '../index.js';
import '../shared/fact.js';
import '../shared/playbook.js';
import '../shared/response.js';

/** What a store that can rewrite a timeline must hold to, beside the contract of all stores. */
declare const rewriteContract: readonly StoreCase[];

/** What a case is given: data that are empty at its start and its own. */
interface StoreBench {
    /** A handle on the data, each time another where the store can have several. */
    open(): Promise<Store>;
    /**
     * A handle whose storage breaks in the midst of its next commit: so many writes get through to it and the next one
     * fails, as does the handle from then on. Absent: the data live and die with their handle.
     */
    openBreaking?(writes: number): Promise<Store>;
}
interface StoreCase {
    readonly name: string;
    /** The bench must have it; skip the case otherwise, and say why. */
    readonly needs?: 'openBreaking';
    run(bench: StoreBench): Promise<void>;
}
/** What every store must hold to. Run each case on data of its own, with any test runner; a case that fails rejects. */
declare const storeContract: readonly StoreCase[];

export { rewriteContract, storeContract };
export type { StoreBench, StoreCase };
