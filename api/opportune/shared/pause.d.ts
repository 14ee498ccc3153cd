/** What a page gives of its time; the same object serves `createPanelSource`. */
interface RemoteClock {
    /** Epoch milliseconds. */
    now(): number;
    /** Runs a function again and again and returns how to stop it. */
    every(ms: number, run: () => void): () => void;
}

export type { RemoteClock as R };
