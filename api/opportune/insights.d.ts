import { RecordId } from './index.js';
export { F as Fact } from './shared/fact.js';
import { E as EnginePort } from './shared/port-calls.js';
import { G as GatewayCallOptions } from './shared/gateway-call.js';
import { Changes } from './studio.js';
import { D as DraftBlock, I as InsightsEngine, P as Preset, a as InsightsSource } from './shared/insights-source.js';
export { C as Colleague, b as Insight, c as InsightsOptions, L as Level, d as Look, N as NamedRecord, O as OpenedInsights, Q as Question, R as Report, S as Sharing, e as createInsightsEngine } from './shared/insights-source.js';
import './shared/linear-program.js';
import './shared/problem.js';

/** A draft as the studio keeps what is not published: the play, and attributes that it needs. */
declare function draftChanges({ path, text, attributes }: DraftBlock): Changes;

/** Answers for an engine; in the worker. */
declare function serveInsights(engine: InsightsEngine, port: EnginePort): void;
/** The engine behind a port; in the page. */
declare function connectInsights(port: EnginePort): InsightsEngine;

declare const ownActions: (rep: RecordId) => Preset;

interface RemoteInsightsOptions extends GatewayCallOptions {
    /** Settles after so many milliseconds. */
    wait(ms: number): Promise<void>;
}
/**
 * Questions to a gateway. What was looked at is counted there, for all who ask. A rep who may ask nothing else sees what the
 * own actions achieve.
 */
declare function askGateway(options: RemoteInsightsOptions): Pick<InsightsSource, 'open' | 'ask' | 'share'>;

export { DraftBlock, EnginePort, GatewayCallOptions, InsightsEngine, InsightsSource, Preset, askGateway, connectInsights, draftChanges, ownActions, serveInsights };
export type { RemoteInsightsOptions };
