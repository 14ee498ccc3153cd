/** A worker as its page sees it, or the page as its worker does. */
interface EnginePort {
    postMessage(message: unknown): void;
    addEventListener(type: 'message', listener: (event: {
        readonly data: unknown;
    }) => void): void;
}

export type { EnginePort as E };
