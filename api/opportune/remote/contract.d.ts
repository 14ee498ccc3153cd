import { Fact, RecordId } from '../index.js';
import { RemoteAgentOptions, GatewayToken } from '../remote.js';
import { RemoteClock } from '../remote.js';
import '../shared/agent.js';
import '../shared/playbook.js';
import '../shared/response.js';
import '../shared/store.js';

/** What happens in the cases of {@link import('./gateway-contract.js').gatewayContract}. */
declare const MAYA = "crm:rep:maya";
declare const TOM = "crm:rep:tom";
/** The files of the playbook that is to be in force. */
declare const playbookFiles: {
    readonly [path: string]: string;
};
/** What is known of the two reps before any case. */
declare function repFacts(now: number): readonly Fact[];

/** What a case is given: a gateway with the playbook of `playbookFiles` in force, that knows `repFacts`. */
interface GatewayBench {
    readonly url: string;
    readonly fetch: RemoteAgentOptions['fetch'];
    token(asker: RecordId): Promise<GatewayToken>;
    /** The gateway's time, or nearly. */
    readonly clock: RemoteClock;
    /** Takes facts in, as a connector; resolves when they are judged. */
    record(facts: readonly Fact[]): Promise<void>;
}
interface GatewayCase {
    readonly name: string;
    run(bench: GatewayBench): Promise<void>;
}
/** What a gateway must hold to before a panel. Run each case once on any gateway, with any test runner; a case that fails rejects. */
declare const gatewayContract: readonly GatewayCase[];

export { MAYA, TOM, gatewayContract, playbookFiles, repFacts };
export type { GatewayBench, GatewayCase };
