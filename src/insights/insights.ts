/** What a page of findings is built with: questions, an engine beside the page, and what it found. */
export type { Fact } from '../domain/fact.js';
export type { EnginePort } from '../port-calls.js';
export { draftChanges } from './draft-changes.js';
export {
  createInsightsEngine,
  type Insight,
  type InsightsEngine,
  type InsightsOptions,
  type OpenedInsights,
} from './engine.js';
export type { InsightsSource } from './insights-source.js';
export { connectInsights, serveInsights } from './insights-wire.js';
export type { Level, Look } from './looks.js';
export type { Question } from './question.js';
export { askGateway, type RemoteInsightsOptions } from './remote-insights.js';
export type { DraftBlock, NamedRecord, Report } from './report.js';
