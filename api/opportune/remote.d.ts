import { PanelAgent } from './index.js';
import { RecordId } from './index.js';
import { Store } from './index.js';
import { R as RemoteClock } from './shared/pause.js';
import './shared/playbook.js';
import './shared/response.js';

interface GatewayToken {
    readonly token: string;
    /** RFC 3339. Without it the token is used until the gateway refuses it. */
    readonly expiresAt?: string;
}
interface GatewayOptions {
    /** Where the gateway answers, without `/v1`. */
    readonly url: string;
    /**
     * A bearer token of the asker, as `POST /v1/token` answers it. Called again shortly before the last one ends and when
     * the gateway no longer takes it. Reject with `opportune/signed-out` where nobody is signed in; any other failure
     * counts as a gateway out of reach.
     */
    token(): Promise<GatewayToken>;
    /** The rep before the panel. Nothing is written under a token of another. */
    readonly asker: RecordId;
    readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
    readonly clock: RemoteClock;
}

/** Where a panel keeps something on the device: four methods of a {@link Store}. */
type DeviceStore = Pick<Store, 'get' | 'put' | 'names' | 'drop'>;

/** What a device knows of its line, as `createPanelSource` takes it. */
interface Line {
    readonly online: boolean;
    /** `changed` may be called without a change: when the page is in sight again, say. */
    listen(changed: () => void): () => void;
}

interface RemoteAgentOptions extends GatewayOptions {
    /** Each time another number in [0, 1), on each device others: panels that lost their gateway come back one by one. */
    readonly random: () => number;
    /** Without it the device counts as online. */
    readonly connection?: Line;
    /** Keeps for a day what was last seen, under `seen-last/`, for records that are opened offline. */
    readonly store?: DeviceStore;
    /** The gateway has erased a person, by the contact's id: whoever keeps something of this person forgets it now. */
    readonly onPurge?: (person: RecordId) => void;
}
/** An agent behind a gateway, for one rep: every method rejects with `opportune/other-asker` when asked for another. */
interface RemoteAgent extends PanelAgent {
    /** Whether the gateway can be reached. Hand it on to `createPanelSource`: answers then wait while it cannot. */
    readonly connection: Line;
    /** Leaves the token at hand for another one, where it is not good for the record that comes into view. */
    renewToken(): void;
    /** Forgets what was kept on this device for offline use. Call it when the rep signs out. */
    forget(): Promise<void>;
}
declare function createRemoteAgent(options: RemoteAgentOptions): RemoteAgent;

export { RemoteClock, createRemoteAgent };
export type { DeviceStore, GatewayOptions, GatewayToken, Line, RemoteAgent, RemoteAgentOptions };
