import {
  createRemoteAgent,
  type Line,
  type RemoteAgent,
  type RemoteAgentOptions,
} from 'opportune/remote';
import { openIndexedDbStore } from 'opportune/stores/indexed-db';
import { createPanelSource, type Strings } from 'opportune/view';
import type { Store } from '../src/domain/store.js';
import type { PanelSource } from '../src/domain/view.js';

/** What a page says of its panel; `fetch`, `clock` and `connection` are the browser's own where it names none. */
export interface BrowserPanelOptions
  extends Pick<RemoteAgentOptions, 'url' | 'token' | 'asker' | 'onPurge'>,
    Partial<Pick<RemoteAgentOptions, 'fetch' | 'clock' | 'connection'>> {
  /** Under which the browser keeps answers that wait and what was last seen; each rep before one page needs another. */
  readonly name?: string;
  /** Default: English. */
  readonly strings?: Strings;
}

export interface BrowserPanel {
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
export async function createBrowserPanel(options: BrowserPanelOptions): Promise<BrowserPanel> {
  const { name = 'opportune-panel', strings, ...given } = options;
  const store = await open(name);
  const clock = given.clock ?? { now: () => Date.now(), every };
  const kept = store ? { store } : {};
  const agent = createRemoteAgent({
    fetch: (url, init) => fetch(url, init),
    connection: line,
    ...given,
    ...kept,
    clock,
    random: Math.random,
  });
  return {
    agent,
    source: createPanelSource(agent, {
      ...kept,
      ...(strings && { strings }),
      clock,
      connection: agent.connection,
      alone: (run) => navigator.locks.request(`${name}/answers`, run),
      newId: () => crypto.randomUUID(),
    }),
    async close() {
      await agent.close();
      await store?.close();
    },
  };
}

async function open(name: string): Promise<Store | undefined> {
  try {
    return await openIndexedDbStore(name);
  } catch {
    // A private window, or a disk that is full.
    return undefined;
  }
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

/** A page that is in sight again, or has the focus, is a reason to try. */
const line: Line = {
  get online() {
    return navigator.onLine;
  },
  listen(changed) {
    const end = new AbortController();
    for (const type of ['online', 'offline', 'focus']) addEventListener(type, changed, end);
    document.addEventListener('visibilitychange', changed, end);
    return () => end.abort();
  },
};
