/** What a page of findings is built with: questions, an engine beside the page, and what it found. */
export type { Fact } from '../domain/fact.js';
export type { EnginePort } from '../port-calls.js';
export type { GatewayCallOptions } from '../remote/gateway-call.js';
export { draftChanges } from './draft-changes.js';
export {
  type Colleague,
  createInsightsEngine,
  type Insight,
  type InsightsEngine,
  type InsightsOptions,
  type OpenedInsights,
  type Sharing,
} from './engine.js';
export type { InsightsSource } from './insights-source.js';
export { connectInsights, serveInsights } from './insights-wire.js';
export type { Level, Look } from './looks.js';
export type { Preset } from './menu.js';
export { ownActions } from './own-actions.js';
export type { Question } from './question.js';
export { askGateway, type RemoteInsightsOptions } from './remote-insights.js';
export type { DraftBlock, NamedRecord, Report } from './report.js';
