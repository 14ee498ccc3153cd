import type { Agent, Playbook, Store } from 'opportune';
import { stableJson } from '../../src/core/stable-json.js';
import { HELD, nameInQueue, QUEUE, unknown } from './playbook-versions.js';

export interface Version {
  readonly version: string;
  readonly name: string;
  readonly state: 'in-force' | 'going-live' | 'earlier';
}

export interface Difference {
  readonly kind:
    | 'play'
    | 'content'
    | 'attribute'
    | 'goal'
    | 'product'
    | 'reason'
    | 'machine'
    | 'setting';
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Of what changed: its fields that differ. */
  readonly fields?: readonly string[];
}

export interface Playbooks {
  /** Queues the version in force once more: subjects that only remembered so far are judged by it. */
  judgeAnew(): Promise<void>;
  versions(): Promise<readonly Version[]>;
  diff(from: string, to: string): Promise<readonly Difference[]>;
  /** Makes the oldest queued version the one in force; false where none is queued. */
  goLive(): Promise<boolean>;
}

/** The version that went live last, to its end. */
const LIVE = 'playbook-live';

const LISTS = {
  plays: 'play',
  contents: 'content',
  attributes: 'attribute',
  goals: 'goal',
  products: 'product',
  reasons: 'reason',
  machines: 'machine',
} as const;

export function createPlaybooks(options: {
  readonly store: Store;
  readonly agent: Pick<Agent, 'publish' | 'playbook'>;
  readonly clock: { now(): number };
  /** Something is queued. */
  wake(): void;
}): Playbooks {
  const { store, agent, clock, wake } = options;

  const load = async (version: string): Promise<Playbook> => {
    const held = (await store.get(HELD + version)) as Playbook | undefined;
    if (held) return held;
    throw unknown(version);
  };
  const queue = async (playbook: Playbook): Promise<void> => {
    await store.put(nameInQueue(clock.now()), playbook);
    wake();
  };
  const queued = async (): Promise<readonly string[]> => [...(await store.names(QUEUE))].sort();

  return {
    async judgeAnew() {
      const playbook = await agent.playbook();
      if (!playbook) return;
      // Else the same version again would be no work.
      await store.drop(LIVE);
      // What is on its way judges them too, and stays what goes live last.
      if ((await queued()).length === 0) await queue(playbook);
    },
    async versions() {
      const inForce = (await agent.playbook())?.version;
      const going: Version[] = [];
      for (const name of await queued()) {
        const playbook = (await store.get(name)) as Playbook | undefined;
        if (playbook)
          going.push({ version: playbook.version, name: playbook.name, state: 'going-live' });
      }
      const held: Version[] = [];
      for (const name of await store.names(HELD)) {
        const { version, name: title } = (await store.get(name)) as Playbook;
        held.push({ version, name: title, state: version === inForce ? 'in-force' : 'earlier' });
      }
      return [...going, ...held];
    },
    async diff(from, to) {
      return compare(await load(from), await load(to));
    },
    async goLive() {
      const [name] = await queued();
      if (name === undefined) return false;
      const playbook = (await store.get(name)) as Playbook | undefined;
      const inForce = (await agent.playbook())?.version;
      // In force it is from the beginning of its going live; of two processes that start at once each queues the same one.
      const isLive = inForce === (await store.get(LIVE));
      if (playbook && !(isLive && playbook.version === inForce)) {
        await agent.publish(playbook);
        await store.put(LIVE, playbook.version);
      }
      await store.drop(name);
      return true;
    },
  };
}

function compare(from: Playbook, to: Playbook): readonly Difference[] {
  const found: Difference[] = [];
  for (const [list, kind] of Object.entries(LISTS) as [keyof typeof LISTS, Difference['kind']][]) {
    const before = byId(from[list] ?? []);
    const after = byId(to[list] ?? []);
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      const [old, next] = [before.get(id), after.get(id)];
      if (!old || !next) found.push({ kind, id, change: old ? 'removed' : 'added' });
      else push(found, kind, id, fieldsThatDiffer(old, next, []));
    }
  }
  push(
    found,
    'setting',
    'playbook',
    fieldsThatDiffer(from, to, [...Object.keys(LISTS), 'version']),
  );
  return found;
}

function push(
  found: Difference[],
  kind: Difference['kind'],
  id: string,
  fields: readonly string[],
): void {
  if (fields.length > 0) found.push({ kind, id, change: 'changed', fields });
}

const byId = (list: readonly { readonly id: string }[]): ReadonlyMap<string, object> =>
  new Map(list.map((one) => [one.id, one]));

function fieldsThatDiffer(one: object, other: object, but: readonly string[]): readonly string[] {
  const [a, b] = [one, other] as { readonly [field: string]: unknown }[];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((field) => !but.includes(field))
    .filter((field) => stableJson(a?.[field]) !== stableJson(b?.[field]))
    .sort();
}
