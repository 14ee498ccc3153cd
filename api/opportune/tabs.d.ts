import { A as Agent } from './shared/agent.js';
import './shared/playbook.js';
import './shared/fact.js';
import './shared/response.js';

interface TabsOptions {
    /** Of what they share: the store's name, say. */
    readonly name: string;
    /** `navigator.locks` */
    readonly locks: Pick<LockManager, 'request'>;
    /** `(name) => new BroadcastChannel(name)` */
    readonly createChannel: (name: string) => Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;
    /** Runs something later; gives what cancels it. */
    readonly schedule: (run: () => void, delayMs: number) => () => void;
    /** How long a leader may take to say that it has a request in hand. The work itself may take longer. */
    readonly patienceMs: number;
}
/** What the tab that leads does for all. */
interface Leading {
    /** Carries a request out. One that was carried out before, by its id, must give the same answer again. */
    answer(id: string, request: unknown): Promise<unknown>;
    /** Called before this tab leaves the lead, with no request under way. */
    stop(): void | Promise<void>;
}
/**
 * The tabs of an origin that share a store. One leads: it alone advances subjects; every tab may read. This saves
 * work and is not what keeps the store right: that is compare-and-set, should two ever lead at once.
 */
interface Tabs {
    /**
     * Queues for the lead. `start` is called once this tab has it: the one before was closed, crashed or went away.
     * Resolves after `close`; rejects when `start` fails, and the next tab in the queue leads.
     */
    lead(start: () => Leading | Promise<Leading>): Promise<void>;
    /**
     * Has the leader carry out a request, which is plain data, and gives its answer. When the leader dies in the
     * midst, the next one is asked again; a tab that asks should queue for the lead as well, so that there is a next.
     * Rejects as the leader's answer does, or with `opportune/no-answer` when patience ends or this tab closes: it may
     * be carried out all the same, and it is safe to ask again under the same id.
     */
    ask(id: string, request: unknown): Promise<unknown>;
    /** Tells the other tabs which subjects changed; none named: any of them may have. */
    tell(keys: readonly string[]): void;
    /** Hears what other tabs tell, and with no keys that another tab leads now: anything may have changed meanwhile. */
    listen(listener: (keys: readonly string[]) => void): () => void;
    /** Leaves the lead, once the requests under way are answered; what this tab still waits for is rejected. */
    close(): void;
}
declare function createTabs(options: TabsOptions): Tabs;

interface ShareOptions {
    readonly tabs: Tabs;
    /** An id that no other request has; for an answer its own id is taken, so that asking twice is answering once. */
    newId(): string;
    /** Runs again and again while this tab leads, and gives what ends it: wakes what is due. */
    every(run: () => void): () => void;
}
/**
 * One agent for all tabs of an origin: every tab reads the store that they share, and the tab that leads writes for
 * all. Progress and cancellation of `record` stay in the tab that asked and are not passed on.
 */
declare function shareAgent(agent: Agent, { tabs, newId, every }: ShareOptions): Agent;

export { Agent, createTabs, shareAgent };
export type { Leading, ShareOptions, Tabs, TabsOptions };
