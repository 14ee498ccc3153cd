import {
  type Agent,
  type Clock,
  type Fact,
  isOpportuneError,
  type RecordId,
  type Store,
} from 'opportune';
import { createWords, ENGLISH } from 'opportune/view';
import type { Connector, Pushed } from '../../src/domain/connector.js';
import type { ResponseData } from '../../src/domain/response.js';
import { followMerges } from '../follow-merges.js';
import type { Sync } from '../identity/settings.js';
import type { Bell } from '../serve/bell.js';
import type { CrmDoor } from './crm-door.js';
import { type NotedAnswer, notedPrefix } from './note-answers.js';
import type { Crm } from './open-crm.js';
import { keepWritten, type Written } from './written.js';

export interface PushOptions {
  readonly sync: Sync & { readonly keyField: string };
  readonly door: CrmDoor;
  readonly store: Pick<Store, 'get' | 'put' | 'names' | 'drop' | 'read' | 'facts'>;
  readonly agent: Pick<Agent, 'history' | 'playbook'>;
  readonly clock: Clock;
  readonly bell: Pick<Bell, 'pause'>;
  /** A token with which the CRM is asked in the name of a rep. */
  tokenOf(rep: RecordId): string | undefined;
  leads(): Promise<boolean>;
  /** What became of an answer has changed: whoever looks at this account is told. */
  lookAnew(account: RecordId): Promise<void>;
  failed(error: unknown, tries: number): void;
  /** Milliseconds for which a rep may take an answer back before it is written; 10 s. */
  readonly graceMs?: number;
}

const GRACE_MS = 10_000;
const LOOK_MS = 1_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** What the CRM refuses, such as a rule of its admins, may be mended: it is tried so often, ever more seldom. */
const FIRST_AGAIN_MS = 60_000;
const MOST_TRIES = 12;

/** Writes what was noted to the CRM, each answer once, until it is told to stop. */
export async function runPush(options: PushOptions, signal: AbortSignal): Promise<void> {
  const { bell, leads, failed, door } = options;
  const connectors: Connectors = new WeakMap();
  for (let tries = 0; !signal.aborted; ) {
    try {
      if (await leads()) await pushAll(options, connectors, signal);
      tries = 0;
      await bell.pause(LOOK_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      failed(error, ++tries);
      if (isOpportuneError(error, 'opportune/sign-in')) door.forget();
      await bell.pause(Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS), signal);
    }
  }
}

/** The integration user's, by sign-in. */
type Connectors = WeakMap<Crm, Connector>;

async function pushAll(
  options: PushOptions,
  connectors: Connectors,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, sync, graceMs = GRACE_MS } = options;
  const { connection } = sync.map;
  const prefix = notedPrefix(connection);
  for (const name of await store.names(prefix)) {
    signal.throwIfAborted();
    const noted = (await store.get(name)) as NotedAnswer | undefined;
    const now = clock.now();
    if (!noted || now < noted.noted + graceMs || now < (noted.refused?.nextAt ?? 0)) continue;
    const id = name.slice(prefix.length);
    const fact = await findFact(store, noted, id);
    const written = fact
      ? await pushOne(fact, noted, options, connectors, signal)
      : ({ status: 'not-written', because: 'it is not in the timeline any more' } as const);
    if (written.status === 'waiting') {
      await store.put(name, refusedAgain(noted, written.because ?? '', now));
      await options.lookAnew(noted.account);
      continue;
    }
    // Where it is not forgotten after this, it is pushed again, and the CRM has it once.
    await keepWritten(store, connection, { id, occurredAt: noted.at }, written);
    await options.lookAnew(noted.account);
    await store.drop(name);
  }
}

function refusedAgain(noted: NotedAnswer, because: string, now: number): NotedAnswer {
  const { since = now, tries = 0 } = noted.refused ?? {};
  const refused = { because, since, tries: tries + 1, nextAt: now + FIRST_AGAIN_MS * 2 ** tries };
  return { ...noted, refused };
}

/** `waiting`: the CRM refused it, and may not the next time. Throws what concerns all that is to be written. */
async function pushOne(
  fact: ResponseFact,
  noted: NotedAnswer,
  options: PushOptions,
  connectors: Connectors,
  signal: AbortSignal,
): Promise<Written> {
  const account = await followMerges(noted.account, options.store.read);
  const answers = Object.values(account?.answers ?? {}).flat();
  if (answers.some((answer) => `response/${answer.id}` === fact.id && answer.undone))
    return { status: 'not-written', because: 'it was taken back before it was written' };
  const how = { ...(await wordsOf(fact, options)), signal };
  try {
    const pushed = await pushAs(fact, how, options, connectors);
    return pushed.status === 'written' ? { status: 'written', record: pushed.record } : pushed;
  } catch (error) {
    const isOfOne = ['opportune/crm-refused', 'opportune/push'].some((code) =>
      isOpportuneError(error, code as `opportune/${string}`),
    );
    if (!isOfOne) throw error;
    const because = (error as Error).message.slice(0, 500);
    return (noted.refused?.tries ?? 0) + 1 >= MOST_TRIES
      ? { status: 'not-written', because }
      : { status: 'waiting', because };
  }
}

/** In the rep's own name where there is a token for that; else as the integration user, with the rep as owner. */
async function pushAs(
  fact: ResponseFact,
  how: Parameters<NonNullable<Connector['push']>>[1],
  { door, sync, tokenOf }: PushOptions,
  connectors: Connectors,
): Promise<Pushed> {
  const { map, keyField } = sync;
  const crm = await door.open();
  const token = fact.by === undefined ? undefined : tokenOf(fact.by);
  const own = token === undefined ? undefined : crm.connectAs?.(token, map, { keyField });
  if (own?.push)
    try {
      return await own.push(fact, how);
    } catch (error) {
      // The token has ended. What this rep may not do is not done in another's name.
      if (!isOpportuneError(error, 'opportune/sign-in')) throw error;
    }
  const connector = connectors.get(crm) ?? crm.connect(map, { keyField });
  connectors.set(crm, connector);
  return connector.push
    ? connector.push(fact, how)
    : { status: 'not-written', because: 'nothing is written back to this CRM' };
}

type ResponseFact = Fact & { readonly data: ResponseData };

/** The line that people read in the CRM, in the words of the card. */
async function wordsOf(
  { id, by, data }: ResponseFact,
  { agent, clock }: PushOptions,
): Promise<{ readonly title: string; readonly text?: string }> {
  const playbook = await agent.playbook();
  const words = createWords(ENGLISH, playbook ?? {}, clock.now());
  const history = by === undefined ? [] : await agent.history(data.record, by);
  const entry = history.find(({ responseId }) => `response/${responseId}` === id);
  const play = playbook?.plays.find((one) => one.id === data.play);
  // The rep may not see the record any more.
  const plain = play?.title.map((part) =>
    typeof part === 'string' ? part : (part.otherwise ?? '…'),
  );
  const title = entry ? words.phrase(entry.title) : (plain?.join('') ?? data.play);
  const { response } = data;
  const outcome = response.kind === 'done' ? response.outcome : undefined;
  return { title, ...(outcome !== undefined && { text: outcome }) };
}

const PAGE = 200;

/** An account that was merged since has handed its facts on. */
async function findFact(
  store: PushOptions['store'],
  { account, at }: NotedAnswer,
  id: string,
): Promise<ResponseFact | undefined> {
  const now = await followMerges(account, store.read);
  for (const key of new Set([account, now?.key ?? account]))
    for (let after = { occurredAt: at, id: '' }; ; ) {
      const page = await store.facts(key, after, PAGE);
      const found = page.find((fact) => fact.id === id);
      if (found) return found as unknown as ResponseFact;
      const last = page.at(-1);
      if (!last || page.length < PAGE || last.occurredAt > at) break;
      after = last;
    }
  return undefined;
}
