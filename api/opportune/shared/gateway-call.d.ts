interface GatewayCallOptions {
    /** Of the gateway. */
    readonly url: string;
    /** What stands in `authorization`: `Bearer …`. */
    authorization(): Promise<string>;
    /** The gateway did not know whoever asked: the same after signing in anew. Absent: that is told as an error. */
    signInAnew?(): Promise<string>;
    /** The browser's. */
    fetch(url: string, request: {
        readonly method: string;
        readonly headers: {
            readonly [name: string]: string;
        };
        readonly body?: string;
    }): Promise<{
        readonly ok: boolean;
        readonly status: number;
        text(): Promise<string>;
    }>;
}

export type { GatewayCallOptions as G };
