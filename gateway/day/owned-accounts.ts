import type { RecordId, Store, Subject, SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { ownerIn } from '../../src/replay-journey.js';
import type { ChangeFeed, FeedPosition } from '../serve/hub.js';

export interface OwnedAccounts {
  /** The accounts of which a rep owns something, in order of key: the account itself, or a record in it. */
  of(rep: RecordId): Promise<readonly SubjectKey[]>;
}

/** So many are read in one go, and others answered in between. */
const PAGE = 100;

/** Reads who owns what once, with the first question, and from then on what has changed. */
export function createOwnedAccounts(ports: {
  readonly store: Pick<Store, 'keys' | 'readAll'>;
  readonly feed: ChangeFeed;
  /** Told of what was committed, before anybody is answered; without keys, any may have been. */
  changed(keys?: readonly SubjectKey[]): void;
}): OwnedAccounts {
  const { store, feed, changed } = ports;
  const owners = new Map<SubjectKey, ReadonlySet<RecordId>>();
  const owned = new Map<RecordId, Set<SubjectKey>>();
  let at: FeedPosition | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function note(account: SubjectKey, subject: Subject | undefined): void {
    for (const rep of owners.get(account) ?? []) owned.get(rep)?.delete(account);
    const now = new Set(subject ? ownersIn(subject) : []);
    owners.set(account, now);
    for (const rep of now) owned.set(rep, (owned.get(rep) ?? new Set()).add(account));
  }

  async function read(keys: readonly SubjectKey[]): Promise<void> {
    const accounts = keys.filter((key) => kindOf(key) === 'account');
    const found = await store.readAll(accounts);
    accounts.forEach((account, i) => {
      note(account, found[i]?.subject);
    });
  }

  async function readAll(): Promise<void> {
    const begin = await feed.head();
    changed();
    owners.clear();
    owned.clear();
    for (let after: SubjectKey | undefined; ; ) {
      const keys = await store.keys('', after, PAGE);
      await read(keys);
      after = keys.at(-1);
      if (after === undefined) break;
    }
    at = begin;
  }

  async function catchUp(): Promise<void> {
    if (at === undefined) return readAll();
    for (let more = true; more; ) {
      const page = await feed.read(at);
      if (!page) return readAll();
      const keys = [...new Set(page.keys)];
      changed(keys);
      for (let i = 0; i < keys.length; i += PAGE) await read(keys.slice(i, i + PAGE));
      at = page.position;
      more = page.more;
    }
  }

  return {
    async of(rep) {
      const caughtUp = last.then(catchUp);
      last = caughtUp.catch(() => undefined);
      await caughtUp;
      return [...(owned.get(rep) ?? [])].sort();
    },
  };
}

function ownersIn(subject: Subject): readonly RecordId[] {
  if (subject.mergedInto !== undefined) return [];
  return Object.values(subject.records).flatMap(({ id, deleted }) => {
    const owner = deleted ? undefined : ownerIn(subject, id);
    return owner === undefined ? [] : [owner];
  });
}
