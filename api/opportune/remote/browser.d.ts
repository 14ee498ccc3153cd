import { RemoteAgent, RemoteAgentOptions } from 'opportune/remote';
import { Strings } from 'opportune/view';
import { PanelSource } from '../index.js';
import '../shared/fact.js';
import '../shared/playbook.js';
import '../shared/response.js';

/** What a page says of its panel; `fetch`, `clock` and `connection` are the browser's own where it names none. */
interface BrowserPanelOptions extends Pick<RemoteAgentOptions, 'url' | 'token' | 'asker' | 'onPurge'>, Partial<Pick<RemoteAgentOptions, 'fetch' | 'clock' | 'connection'>> {
    /** Under which the browser keeps answers that wait and what was last seen; each rep before one page needs another. */
    readonly name?: string;
    /** Default: English. */
    readonly strings?: Strings;
}
interface BrowserPanel {
    /** Call its `forget` when the rep signs out. */
    readonly agent: RemoteAgent;
    /** Set it on the element. */
    readonly source: PanelSource;
    /** Answers that wait stay, and are sent when the rep is here again. */
    close(): Promise<void>;
}
/**
 * A panel's source behind a gateway, with all that a browser gives: its clock, line, locks and IndexedDB. The page must
 * be a secure context (https, or localhost). Where the browser keeps nothing, answers that wait live as long as the page.
 */
declare function createBrowserPanel(options: BrowserPanelOptions): Promise<BrowserPanel>;

export { createBrowserPanel };
export type { BrowserPanel, BrowserPanelOptions };
