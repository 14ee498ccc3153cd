import { P as Propensity, A as Agent } from './shared/agent.js';
export { C as Card, D as Decision, F as FilledPhrase, H as HistoryEntry, N as Nothing, a as PanelAgent, b as PlayState, c as Published, R as RecordOptions, d as Recorded, S as ShownValue, e as Stage, V as Verdict } from './shared/agent.js';
import { a as RecordId } from './shared/fact.js';
export { A as AttributeValue, C as COMPANY, F as Fact, G as Grade, J as JsonObject, M as Money, P as Position, S as SubjectKey } from './shared/fact.js';
import { S as Store } from './shared/store.js';
export { C as Commit, O as Outgoing, R as Rewrite, a as Stored } from './shared/store.js';
export { O as OpportuneError, i as isOpportuneError } from './shared/errors.js';
export { b as Change, C as Condition, E as Explanation, M as Machine, S as Subject, T as Tip, c as TipRequest, d as TipStatus } from './shared/pattern.js';
export { A as Attribute, C as Content, G as Goal, M as MarkdownNode, P as Play, b as Playbook, c as Product } from './shared/playbook.js';
export { a as Response, b as ResponseRequest, c as ResponseResult } from './shared/response.js';
export { a as PanelSession, P as PanelSource, b as PanelView } from './shared/view.js';

/** What was learned or delivered from outside one account, with a version that every Decision carries. */
interface Parameters {
    readonly version: string;
    /** By play. */
    readonly propensity: {
        readonly [play: string]: Propensity;
    };
    /** The company's level of each goal, where an account has none of its own. */
    readonly levels: {
        readonly [goal: string]: number;
    };
}

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

export { Agent, Propensity, RecordId, Store, createAgent };
export type { Access, AgentOptions, Clock, Parameters };
