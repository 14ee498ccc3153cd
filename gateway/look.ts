import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Agent,
  COMPANY,
  createAgent,
  type Fact,
  OpportuneError,
  type Playbook,
  type RecordId,
  type Store,
  type SubjectKey,
} from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { type FileStore, openFileStore, STORE_FILE } from './file-store.js';

/** Opens a store that is there; throws where there is none. */
export function openStore(folder: string): FileStore {
  if (existsSync(join(folder, STORE_FILE))) return openFileStore(folder);
  throw new OpportuneError('opportune/usage', 'there is no store here', {
    where: folder,
    remedy: 'Make one with opportune import, or name its folder',
  });
}

/** The account that a record belongs to, or itself; undefined for a record that the store does not know. */
export async function accountOf(store: Store, record: RecordId): Promise<SubjectKey | undefined> {
  if (record.split(':')[1] === 'account') return (await store.read(record)) ? record : undefined;
  const parent = await store.get(`parent/${record}`);
  return typeof parent === 'string' ? parent : undefined;
}

/** The id that a person means by `id`: the id itself, or the last part of it where that is clear. */
export async function resolveId(
  store: Store,
  kind: 'account' | 'rep',
  text: string,
): Promise<RecordId | undefined> {
  if (/^[^:]+:[^:]+:./.test(text)) return text;
  const ends = `:${kind}:${text}`;
  const found: RecordId[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.keys('', after, 1_000);
    found.push(...page.filter((key) => key.endsWith(ends)));
    after = page.at(-1);
    if (after === undefined) return found.length === 1 ? found[0] : undefined;
  }
}

/**
 * An agent over what the store knew at a moment, in memory: nothing that it does reaches the store. The playbook is
 * published to it then, so what holds already shows as such.
 */
export async function createLook(options: {
  readonly store: Store;
  readonly account: SubjectKey;
  readonly asker: RecordId;
  readonly playbook: Playbook;
  readonly now: number;
}): Promise<Agent> {
  const { store, account, asker, playbook, now } = options;
  const copy = createMemoryStore();
  for (const name of await store.names('playbook/')) await copy.put(name, await store.get(name));
  const agent = await createAgent({ store: copy, clock: { now: () => now } });
  for (const key of [account, ...(await contactsOf(store, account)), asker, COMPANY]) {
    const facts = await factsUntil(store, key, now);
    await agent.record(
      facts.map((fact) => ({ ...fact, subjects: [key] })),
      { history: true },
    );
  }
  await agent.publish(playbook);
  return agent;
}

async function factsUntil(store: Store, key: SubjectKey, now: number): Promise<readonly Fact[]> {
  const facts = await store.facts(key);
  return facts.filter(({ occurredAt }) => occurredAt <= now);
}

async function contactsOf(store: Store, account: SubjectKey): Promise<readonly SubjectKey[]> {
  const records = (await store.read(account))?.subject.records ?? {};
  return Object.keys(records).filter((id) => id.split(':')[1] === 'contact');
}

/** Who a decision is for when nobody is named: the account's owner, else the owner of most of what is open in it. */
export async function ownerOf(store: Store, account: SubjectKey): Promise<RecordId | undefined> {
  const records = (await store.read(account))?.subject.records ?? {};
  const own = records[account]?.values.owner?.value;
  if (typeof own === 'string') return own;
  const open = new Map<string, number>();
  for (const { kind, values, deleted } of Object.values(records)) {
    const owner = values.owner?.value;
    if (
      kind === 'opportunity' &&
      !deleted &&
      typeof owner === 'string' &&
      values.open?.value === true
    )
      open.set(owner, (open.get(owner) ?? 0) + 1);
  }
  return [...open].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0];
}
