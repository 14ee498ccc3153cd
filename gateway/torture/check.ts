import { createAgent, type Fact, type Store, type Stored, type Subject } from 'opportune';
import { compilePlaybook } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import { createInbox } from '../database/inbox.js';
import type { Database } from '../database/open-database.js';
import { openPostgresStore } from '../database/postgres-store.js';
import type { Told } from './load.js';
import { playbookFiles, TENANT, type World } from './world.js';

export interface Found {
  readonly lost: number;
  readonly doubled: number;
  /** What does not hold, in words. */
  readonly violations: readonly string[];
}

const MOST_TOLD = 20;
/** A gateway at rest wakes what is due every second, or every few where the machine has much to do. */
export const TICKS_WITHIN_MS = 5_000;

/**
 * Whether a database at rest holds what the gateway said it has, and nothing more: facts and answers once, nothing half in
 * force, nothing overdue, and the very cards that an agent opens that was never interrupted.
 */
export async function checkDatabase(
  database: Database,
  world: World,
  told: Told,
  restedAt: number,
): Promise<Found> {
  const store = await openPostgresStore(database, TENANT);
  const violations: string[] = [];
  const counts = { lost: 0, doubled: 0 };
  const violated = (what: string, kind?: keyof typeof counts): void => {
    if (kind) counts[kind]++;
    if (violations.length < MOST_TOLD) violations.push(what);
  };

  const inbox = createInbox(database, TENANT);
  const { pending, refused } = await inbox.count();
  if (pending > 0) violated(`${pending} facts still wait`);
  const setAside = new Set((await inbox.refused(refused)).map(({ fact }) => fact.id));
  if (refused > 0) violated(`${refused} good facts were refused`);
  if ((await store.outbox(1)).length > 0) violated('something waits in the outbox');
  const due = await store.due(restedAt - TICKS_WITHIN_MS, 10);
  if (due.length > 0) violated(`overdue: ${due.map(({ key }) => key).join(', ')}`);

  const timelines = new Map<string, readonly Fact[]>();
  const timelineOf = async (key: string): Promise<readonly Fact[]> => {
    const held = timelines.get(key) ?? (await store.facts(key));
    timelines.set(key, held);
    return held;
  };
  for (const fact of told.facts.values())
    for (const key of fact.subjects) {
      const copies = (await timelineOf(key)).filter(({ id }) => id === fact.id).length;
      if (copies === 0 && !setAside.has(fact.id)) violated(`lost: ${fact.id} in ${key}`, 'lost');
      if (copies > 1) violated(`doubled: ${fact.id} in ${key}`, 'doubled');
    }
  for (const { id, account } of told.answers.values()) {
    const copies = (await timelineOf(account)).filter((fact) => fact.id === `response/${id}`);
    if (copies.length === 0) violated(`lost: answer ${id}`, 'lost');
    if (copies.length > 1) violated(`doubled: answer ${id}`, 'doubled');
  }

  const version = await checkInForce(store, told, violated);
  for (const account of world.accounts) {
    const stored = await store.read(account);
    if (stored?.subject.playbook !== version)
      violated(`${account} goes by ${stored?.subject.playbook}, in force is ${version}`);
    await checkAnswers(store, stored, violated);
    const facts = await timelineOf(account);
    compareOpenings(account, stored, await openingsOf(account, facts, restedAt), violated);
  }
  return { ...counts, violations };
}

type Violated = (what: string, kind?: 'lost' | 'doubled') => void;

/** The last edition that was taken, and none waits. */
async function checkInForce(
  store: Store,
  told: Told,
  violated: Violated,
): Promise<string | undefined> {
  const { version } = (await store.get('playbook')) as { version: string };
  const last = told.editions.at(-1)?.version;
  if (last !== undefined && version !== last)
    violated(`in force is ${version}, and ${last} was published last`);
  if ((await store.names('publishing/')).length > 0) violated('a playbook waits to go live');
  return version;
}

/** An answer counts once, and a touch of the buyer is spent once. */
async function checkAnswers(
  store: Store,
  stored: Stored | undefined,
  violated: Violated,
): Promise<void> {
  if (!stored) return;
  const ids = Object.values(stored.subject.answers)
    .flat()
    .map(({ id }) => id);
  for (const id of findTwice(ids)) violated(`answer ${id} counts twice`, 'doubled');
  for (const record of Object.keys(stored.subject.records)) {
    const touches = (await store.read(record))?.subject.ledger.touches ?? [];
    for (const id of findTwice(touches.map((touch) => touch.id)))
      violated(`touch ${id} is spent twice`, 'doubled');
  }
}

const findTwice = (ids: readonly string[]): readonly string[] =>
  ids.filter((id, i) => ids.indexOf(id) !== i);

/** Facts that an agent makes by itself, or that tell of a publish. */
const OWN = /^(published|roll-out|bid|grant)/;

/** What an agent in memory opens that takes the same facts without a break. */
async function openingsOf(
  account: string,
  facts: readonly Fact[],
  now: number,
): Promise<Subject['openings']> {
  const { playbook } = compilePlaybook(playbookFiles(0), {
    today: new Date(now).toISOString().slice(0, 10),
  });
  if (!playbook) throw new Error('the playbook has errors');
  const store = createMemoryStore();
  const agent = await createAgent({ store, clock: { now: () => now } });
  await agent.publish(playbook);
  const given = facts.filter(({ type }) => !OWN.test(type));
  await agent.record(given.map((fact) => ({ ...fact, subjects: [account] })));
  await agent.tick();
  return (await store.read(account))?.subject.openings ?? {};
}

function compareOpenings(
  account: string,
  stored: Stored | undefined,
  expected: Subject['openings'],
  violated: Violated,
): void {
  const held = stored?.subject.openings ?? {};
  // What was open until a late fact showed that it never should have been.
  for (const key of Object.keys(held))
    if (!expected[key] && held[key]?.ended !== 'corrected')
      violated(`opened for no edge: ${key}`, 'doubled');
  for (const [key, opening] of Object.entries(expected)) {
    const own = held[key];
    if (!own) violated(`never opened: ${key}`, 'lost');
    else if (endOf(own) !== endOf(opening))
      violated(`${key} ended ${endOf(own)}, expected ${endOf(opening)}, at ${account}`);
  }
}

const endOf = ({ end, ended }: Subject['openings'][string]): string =>
  `${ended ?? 'not'} ${end ?? ''}`;
