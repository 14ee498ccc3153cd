import { P as Propensity, A as Agent } from './shared/agent.js';
export { C as Card, D as Decision, F as FilledPhrase, H as HistoryEntry, N as Nothing, a as PanelAgent, b as Published, R as RecordOptions, c as Recorded, S as ShownValue, d as Stage, V as Verdict } from './shared/agent.js';
import { b as RecordId } from './shared/response.js';
export { A as AttributeValue, C as COMPANY, F as Fact, G as Grade, e as JsonObject, M as Money, P as Position, f as Response, c as ResponseRequest, d as ResponseResult, S as SubjectKey } from './shared/response.js';
import { S as Store } from './shared/store.js';
export { C as Commit, O as Outgoing, R as Rewrite, a as Stored } from './shared/store.js';
export { O as OpportuneError, i as isOpportuneError } from './shared/errors.js';
export { b as Change, C as Condition, E as Explanation, M as Machine, S as Subject, e as Tip, d as TipRequest, f as TipStatus } from './shared/pattern.js';
export { A as Attribute, b as Content, G as Goal, M as MarkdownNode, c as Play, P as Playbook, d as Product } from './shared/playbook.js';
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
