import {
  type Agent,
  COMPANY,
  type Fact,
  type Playbook,
  type RecordId,
  type Store,
  type Subject,
  type SubjectKey,
} from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import type { AgentAccess } from '../access/create-access.js';

export interface SamplePage {
  readonly facts: readonly Fact[];
  /** How many accounts they are of, and how many were left out of those that were looked at. */
  readonly accounts: number;
  readonly hidden: number;
  /** Of the first page: how many accounts there are. */
  readonly of?: number;
  /** Absent: there are no more. */
  readonly next?: SubjectKey;
}

/** What previews and replays in a studio run on: accounts that whoever writes may see, and of them what may be seen. */
export interface StudioSample {
  /** Without a rep of the CRM nothing may be seen. */
  page(rep: RecordId | undefined, after?: SubjectKey): Promise<SamplePage>;
}

const KEYS = 500;
/** Accounts that the CRM is asked about at once. */
const AT_ONCE = 25;
/** So many times keys are read for one page, that are mostly of contacts. */
const MOST_READ = 20;
const COUNTED = 5_000;
/** A page ends after so many facts. */
const LOT = 4_000;
/** What plays made of what happened is made anew; what reps told stays with whom it was told to. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...['published', 'roll-out', 'bid', 'bid-withdrawn'],
  ...['tip', 'tip-settled', 'try-started', 'try-ended'],
]);

export function createStudioSample({
  store,
  access,
  agent,
}: {
  readonly store: Pick<Store, 'keys' | 'facts' | 'readAll'>;
  readonly access: Pick<AgentAccess, 'maySeeAll' | 'hiddenFrom'>;
  readonly agent: Pick<Agent, 'playbook'>;
}): StudioSample {
  async function* keys(after: SubjectKey | undefined, size: number) {
    for (let from = after; ; ) {
      const page = await store.keys('', from, size);
      yield page;
      from = page.at(-1);
      if (from === undefined) return;
    }
  }
  async function countAccounts(): Promise<number> {
    let count = 0;
    for await (const page of keys(undefined, COUNTED))
      count += page.filter((key) => kindOf(key) === 'account').length;
    return count;
  }

  /** Names, teams and zones of reps, rates, and what was learned. */
  async function sharedFacts(): Promise<readonly Fact[]> {
    const found = [...(await store.facts(COMPANY))];
    for await (const page of keys(undefined, COUNTED))
      for (const key of page)
        if (kindOf(key) === 'rep')
          found.push(...(await store.facts(key)).filter(({ type }) => type === 'record-changed'));
    return found;
  }

  /** Of one account, what may be seen of it. */
  async function factsOf(
    { key, records }: Subject,
    rep: RecordId,
    seen: Filter,
  ): Promise<readonly Fact[]> {
    const own = await store.facts(key);
    // What happened in two accounts names both.
    const others = own.flatMap(({ subjects }) =>
      subjects.filter((one) => one !== key && kindOf(one) === 'account'),
    );
    const inside = Object.keys(records).filter((id) => id !== key);
    const named = [...new Set([...inside, ...others])];
    const shown = await access.maySeeAll(rep, named);
    return seen(own, new Set(named.filter((id) => !shown.has(id))));
  }

  return {
    async page(rep, after) {
      const of = after === undefined ? { of: await countAccounts() } : {};
      if (rep === undefined) return { facts: [], accounts: 0, hidden: of.of ?? 0, ...of };
      const [attributes, playbook] = await Promise.all([access.hiddenFrom(rep), agent.playbook()]);
      const seen = createFilter(attributes, playbook);
      const facts = after === undefined ? [...seen(await sharedFacts(), new Set())] : [];
      let accounts = 0;
      let hidden = 0;
      let read = 0;
      for await (const page of keys(after, KEYS)) {
        const known = page.filter((key) => kindOf(key) === 'account');
        for (let i = 0; i < known.length; i += AT_ONCE) {
          const some = known.slice(i, i + AT_ONCE);
          const visible = await access.maySeeAll(rep, some);
          for (const stored of await store.readAll(some.filter((key) => visible.has(key)))) {
            if (!stored) continue;
            facts.push(...(await factsOf(stored.subject, rep, seen)));
            accounts += 1;
          }
          hidden += some.length - visible.size;
          const next = some.at(-1);
          if (facts.length >= LOT && next !== undefined)
            return { facts, accounts, hidden, ...of, next };
        }
        const next = page.at(-1);
        if (++read === MOST_READ && next !== undefined)
          return { facts, accounts, hidden, ...of, next };
      }
      return { facts, accounts, hidden, ...of };
    },
  };
}

type Filter = (facts: readonly Fact[], records: ReadonlySet<string>) => readonly Fact[];

/**
 * Facts without those that name a hidden record, and without values of hidden attributes; where one is counted from what
 * happens, without all that it counts.
 */
function createFilter(attributes: ReadonlySet<string>, playbook: Playbook | undefined): Filter {
  const counted = new Set(
    (playbook?.attributes ?? [])
      .filter(({ id }) => attributes.has(id))
      .flatMap(({ derive }) => typesIn(derive)),
  );
  const bare = (fact: Fact): Fact => {
    if (attributes.size === 0) return fact;
    const { values, response } = fact.data as {
      readonly values?: object;
      readonly response?: object;
    };
    const kind = kindOf(fact.about[0] ?? '');
    if (response) {
      const {
        text: _,
        answer: __,
        ...left
      } = response as {
        readonly text?: string;
        readonly answer?: unknown;
      };
      return { ...fact, data: { ...fact.data, response: left } as Fact['data'] };
    }
    if (!values) return fact;
    const left = Object.entries(values).filter(([name]) => !attributes.has(`${kind}.${name}`));
    return { ...fact, data: { ...fact.data, values: Object.fromEntries(left) } as Fact['data'] };
  };
  return (facts, records) =>
    facts
      .filter(
        (fact) =>
          !LEFT_OUT.has(fact.type) &&
          !counted.has(fact.type) &&
          (records.size === 0 || !namesAny(fact, records)),
      )
      .map(bare);
}

function namesAny(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return ids.has(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => namesAny(part, ids));
}

function typesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'types' && Array.isArray(part) ? part.map(String) : typesIn(part),
  );
}
