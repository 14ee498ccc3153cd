import { type Agent, type Fact, isOpportuneError, type Store } from 'opportune';
import type { Connector, Pushed } from '../src/domain/connector.js';
import type { ResponseData, ResponseRequest } from '../src/domain/response.js';
import type { Alone } from './held-accounts.js';

/** What became of an answer beyond this device. */
export interface Told {
  readonly id: string;
  readonly title: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** `waits`: it goes to the CRM yet. `kept`: on this device only. */
  readonly status: 'waits' | 'written' | 'kept';
  /** Why it is here only, or what else is to be known. */
  readonly because?: string;
}

export interface WriteBack {
  /** An agent's `respond` that also tells the CRM. */
  respond(request: ResponseRequest): ReturnType<Agent['respond']>;
  /** Sends what waits, oldest first. Rejects when the CRM cannot be told; what waits stays. */
  flush(signal?: AbortSignal): Promise<void>;
  /** Newest first. */
  list(): Promise<readonly Told[]>;
  /** Whether an answer was given on this device, by its id. */
  wrote(key: string): boolean;
}

interface Entry {
  readonly request: ResponseRequest;
  readonly title: string;
}

/** So long an answer may be taken back before the CRM knows of it. */
const TAKE_BACK_MS = 5_000;
const WAITING = 'push/';
const TOLD = 'told/';
/** Answers that are told of; the store keeps every one. */
const MOST_TOLD = 50;
/** Answers that a CRM may have a place for. */
const DEEDS: readonly string[] = ['done', 'already-done'];
const REFUSALS = ['opportune/crm-refused', 'opportune/push'] as const;
const TAKEN_BACK = 'taken back here, and it stays in the CRM until somebody deletes it there';

/**
 * Answers on their way to the CRM. Each is noted before the agent has it, under the id that it has for ever: a page that ends
 * in the midst loses none and writes none twice. Opinions and snoozes have no place there.
 */
export async function createWriteBack(options: {
  readonly agent: Pick<Agent, 'respond'>;
  readonly store: Store;
  readonly connector: () => Pick<Connector, 'push'>;
  /** How an answer reads in the CRM. */
  readonly titleOf: (request: ResponseRequest) => string;
  readonly now: () => number;
  readonly changed: () => void;
  readonly alone: Alone;
}): Promise<WriteBack> {
  const { agent, store, connector, titleOf, now, changed, alone } = options;
  const known = new Set<string>();
  for (const prefix of [WAITING, TOLD])
    for (const name of await store.names(prefix)) known.add(keyOf(name.slice(prefix.length)));

  async function tell(entry: Entry, told: Pick<Told, 'status' | 'because'>): Promise<void> {
    const { id } = entry.request;
    await store.put(TOLD + id, { id, title: entry.title, at: now(), ...told } satisfies Told);
    await store.drop(WAITING + id);
    changed();
  }

  async function send(entry: Entry, signal: AbortSignal | undefined): Promise<void> {
    const { push } = connector();
    const fact = await findFact(store, entry.request);
    // The agent never took it, or refused it.
    if (!fact) return store.drop(WAITING + entry.request.id);
    if (!push) {
      return tell(entry, {
        status: 'kept',
        because: 'the settings name no field that answers are written to',
      });
    }
    const pushed = await push(fact, { title: entry.title, ...(signal && { signal }) }).catch(
      (error: unknown): Pushed => {
        // A no is final; the answers behind it do not wait for it.
        const isNo = REFUSALS.some((code) => isOpportuneError(error, code));
        if (isNo) return { status: 'not-written', because: (error as Error).message };
        throw error;
      },
    );
    await (pushed.status === 'written'
      ? tell(entry, { status: 'written' })
      : tell(entry, { status: 'kept', because: pushed.because }));
  }

  async function waiting(): Promise<readonly Entry[]> {
    const all = await Promise.all((await store.names(WAITING)).map((name) => store.get(name)));
    return (all as readonly (Entry | undefined)[])
      .filter((entry) => entry !== undefined)
      .sort((a, b) => a.request.occurredAt - b.request.occurredAt);
  }

  return {
    async respond(request) {
      const { response } = request;
      if (response.kind === 'undo') {
        // What the CRM does not know of yet it never learns.
        await store.drop(WAITING + response.of);
        const told = (await store.get(TOLD + response.of)) as Told | undefined;
        if (told?.status === 'written')
          await store.put(TOLD + response.of, { ...told, because: TAKEN_BACK } satisfies Told);
        const result = await agent.respond(request);
        changed();
        return result;
      }
      if (!DEEDS.includes(response.kind)) return agent.respond(request);
      known.add(keyOf(request.id));
      await store.put(WAITING + request.id, { request, title: titleOf(request) } satisfies Entry);
      const result = await agent.respond(request);
      if (result.status !== 'recorded' && result.status !== 'closed')
        await store.drop(WAITING + request.id);
      changed();
      return result;
    },
    flush: (signal) =>
      alone('opportune-write-back', async () => {
        for (const entry of await waiting())
          if (now() - entry.request.occurredAt >= TAKE_BACK_MS) await send(entry, signal);
      }),
    async list() {
      const told = await Promise.all((await store.names(TOLD)).map((name) => store.get(name)));
      const waits = (await waiting()).map(
        ({ request: { id, occurredAt: at }, title }): Told => ({ id, title, at, status: 'waits' }),
      );
      return [...waits, ...(told as readonly Told[])]
        .sort((a, b) => b.at - a.at)
        .slice(0, MOST_TOLD);
    },
    wrote: (key) => known.has(key),
  };
}

/** The id of the fact that an answer is. */
const keyOf = (id: string): string => `response/${id}`;

async function findFact(
  store: Store,
  { id, account, occurredAt }: ResponseRequest,
): Promise<(Fact & { readonly data: ResponseData }) | undefined> {
  // Also after the device's clock was put back, or the answer came late.
  const before = { occurredAt: occurredAt - 86_400_000, id: '' };
  const found = (await store.facts(account, before)).find((fact) => fact.id === keyOf(id));
  return found as (Fact & { readonly data: ResponseData }) | undefined;
}
