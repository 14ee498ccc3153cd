import type { Agent } from './domain/agent.js';
import type { SubjectKey } from './domain/value.js';
import type { Tabs } from './stores/leader.js';

export type { Agent } from './domain/agent.js';
export { createTabs, type Leading, type Tabs, type TabsOptions } from './stores/leader.js';

/** What changes the store; everything else reads, and any tab may. */
const WRITES = [
  'record',
  'tick',
  'publish',
  'respond',
  'seen',
  'sendTip',
  'settleTip',
  'setKind',
] as const;
type Write = (typeof WRITES)[number];

interface Call {
  readonly method: Write;
  readonly args: readonly unknown[];
}

export interface ShareOptions {
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
export function shareAgent(agent: Agent, { tabs, newId, every }: ShareOptions): Agent {
  const watchers = new Map<() => void, () => void>();
  const notify = (): void => {
    for (const listener of watchers.keys()) listener();
  };
  const stopListening = tabs.listen(notify);
  const run = ({ method, args }: Call): Promise<unknown> =>
    (agent[method] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
  const carryOut = async (call: Call): Promise<unknown> => {
    const answer = await run(call);
    tabs.tell(subjectsOf(call));
    return answer;
  };
  const leading = tabs.lead(() => ({
    answer: (_, request) => carryOut(request as Call),
    stop: every(() => void carryOut({ method: 'tick', args: [] })),
  }));
  const ask = (method: Write, args: readonly unknown[]): Promise<unknown> => {
    const given = args[0];
    const id =
      given && typeof given === 'object' && 'id' in given
        ? `${method}/${String(given.id)}`
        : newId();
    return tabs.ask(id, {
      method,
      args: method === 'record' ? args.map(withoutFunctions) : args,
    } satisfies Call);
  };
  const writes = Object.fromEntries(
    WRITES.map((method) => [method, (...args: readonly unknown[]) => ask(method, args)]),
  );
  return {
    ...agent,
    ...writes,
    watch(record, listener) {
      const stop = agent.watch(record, listener);
      watchers.set(listener, stop);
      return () => {
        watchers.delete(listener);
        stop();
      };
    },
    async close() {
      stopListening();
      tabs.close();
      await leading.catch(() => undefined);
      await agent.close();
    },
  };
}

function subjectsOf({ method, args }: Call): readonly SubjectKey[] {
  if (method !== 'record') return [];
  return [
    ...new Set((args[0] as Parameters<Agent['record']>[0]).flatMap(({ subjects }) => subjects)),
  ];
}

/** Requests travel between tabs as plain data. */
function withoutFunctions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key === 'history'));
}
