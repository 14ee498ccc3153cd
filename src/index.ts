export { createAgent } from './agent.js';
export { isOpportuneError, OpportuneError } from './core/errors.js';
export type {
  Agent,
  HistoryEntry,
  PanelAgent,
  Published,
  Recorded,
  RecordOptions,
} from './domain/agent.js';
export type { Change, Condition, Explanation } from './domain/condition.js';
export type {
  Card,
  Decision,
  FilledPhrase,
  Nothing,
  Propensity,
  ShownValue,
  Stage,
  Verdict,
} from './domain/decision.js';
export type { Fact, Grade, Position } from './domain/fact.js';
export type { Machine } from './domain/machine.js';
export type { Parameters } from './domain/parameters.js';
export type { PlayState } from './domain/play-life.js';
export type {
  Attribute,
  Content,
  Goal,
  LearningSettings,
  MarkdownNode,
  NewRepSettings,
  Play,
  Playbook,
  Product,
  TrialSettings,
} from './domain/playbook.js';
export type { Response, ResponseRequest, ResponseResult } from './domain/response.js';
export type { Commit, Outgoing, Rewrite, Store, Stored } from './domain/store.js';
export type { Subject } from './domain/subject.js';
export type { Tip, TipRequest, TipStatus } from './domain/tip.js';
export type { AttributeValue, JsonObject, Money, RecordId, SubjectKey } from './domain/value.js';
export { COMPANY } from './domain/value.js';
export type { PanelSession, PanelSource, PanelView } from './domain/view.js';
export type { Access, AgentOptions, Clock } from './runtime.js';
