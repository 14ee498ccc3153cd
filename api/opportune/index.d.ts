import { A as Agent } from './shared/agent.js';
export { H as HistoryEntry, P as PanelAgent, a as Published, R as RecordOptions, b as Recorded } from './shared/agent.js';
import { R as RecordId } from './shared/fact.js';
export { A as AttributeValue, C as COMPANY, F as Fact, G as Grade, J as JsonObject, M as Money, P as Position, S as SubjectKey } from './shared/fact.js';
import { S as Store } from './shared/store.js';
export { C as Commit, O as Outgoing, R as Rewrite, a as Stored } from './shared/store.js';
export { O as OpportuneError, i as isOpportuneError } from './shared/errors.js';
export { A as Attribute, f as Card, g as Change, C as Condition, h as Content, D as Decision, e as Explanation, F as FilledPhrase, G as Goal, L as LearningSettings, M as Machine, i as MarkdownNode, N as NewRepSettings, j as Nothing, k as Parameters, l as Play, m as PlayState, P as Playbook, n as Product, o as Propensity, p as ShownValue, q as Stage, S as Subject, b as Tip, T as TipRequest, c as TipStatus, r as TrialSettings, V as Verdict } from './shared/playbook.js';
export { b as Response, R as ResponseRequest, a as ResponseResult } from './shared/response.js';
export { a as PanelSession, P as PanelSource, b as PanelView } from './shared/view.js';

interface Clock {
    /** Epoch milliseconds. */
    now(): number;
}
/** Who may see what. Without one everybody sees everything. */
interface Access {
    maySee(asker: RecordId, record: RecordId): Promise<boolean>;
    /** Qualified attributes that this asker may not see. */
    hiddenFrom(asker: RecordId): Promise<ReadonlySet<string>>;
}
interface AgentOptions {
    readonly store: Store;
    readonly clock: Clock;
    readonly access?: Access;
    /** Called between subjects of long work, so that a page can paint. */
    readonly pause?: () => Promise<void>;
}

/** The loop: record, analyze, plan, monitor, deliver, interact, update, around pure functions and one store. */
declare function createAgent(options: AgentOptions): Promise<Agent>;

export { Agent, RecordId, Store, createAgent };
export type { Access, AgentOptions, Clock };
