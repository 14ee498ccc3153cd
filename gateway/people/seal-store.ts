import type { Commit, Fact, Store, Stored, Subject } from 'opportune';
import { ERASED, isErased } from '../../src/domain/value.js';
import { type ClearNames, readClearNames } from './clear-names.js';
import { findConcerned, isContact, mapFactTexts, mapSubjectTexts } from './personal-text.js';
import { type Ring, toSet, type Vault } from './vault.js';
import { mapTexts } from './walk.js';

interface KnownClear {
  /** Of the playbook in force. */
  readonly version: unknown;
  readonly names: ClearNames;
}

/** Another process may put another playbook in force. */
const REMEMBER_MS = 1_000;

/**
 * A store in which the texts of persons are sealed: values of contacts, free text of facts that concern contacts, and what
 * states quote of it. Ids, times, numbers and what the playbook compares stay readable. Reads open them again; what
 * belongs to a destroyed key reads as empty text. Named values go through as they are.
 */
export function sealStore(inner: Store, vault: Vault): Store {
  let clear: { readonly at: number; readonly known: Promise<KnownClear> } | undefined;
  /** Parts of subjects as they lie in the store, by what they were opened to: most of a state is written as it was read. */
  let parts = new WeakMap<object, object>();

  async function readClear(before: Promise<KnownClear> | undefined): Promise<KnownClear> {
    const { version } = Object(await inner.get('playbook')) as { readonly version?: unknown };
    const known = await before;
    if (known && known.version === version) return known;
    parts = new WeakMap();
    return { version, names: await readClearNames(inner) };
  }

  async function clearNames(): Promise<ClearNames> {
    if (!clear || performance.now() - clear.at >= REMEMBER_MS) {
      const known = readClear(clear?.known);
      clear = { at: performance.now(), known };
      known.catch(() => {
        clear = undefined;
      });
    }
    return (await clear.known).names;
  }

  async function sealAll({ facts, subject, outbox }: Sealable): Promise<Sealable> {
    const names = await clearNames();
    const told = [...facts, ...outbox.map(({ fact }) => fact)];
    const persons = Object.keys(subject.records ?? {}).filter(isLiving);
    const sets = new Set([...told.map(setOf), ...persons, subject.key]);
    sets.delete(NOBODY);
    sets.delete(GONE);
    const ring: Ring = new Map();
    await vault.fetch(ring, [...sets], true);
    const sealFact = (fact: Fact): Fact => {
      const set = setOf(fact);
      if (set === NOBODY) return mapTexts(fact, vault.escape) as Fact;
      const seal = (text: string): string => (set === GONE ? '' : vault.seal(text, set, ring));
      return mapFactTexts(fact, names, { personal: seal, other: vault.escape });
    };
    return {
      facts: facts.map(sealFact),
      outbox: outbox.map((outgoing) => ({ ...outgoing, fact: sealFact(outgoing.fact) })),
      subject: mapSubjectTexts(subject, names, {
        personal: (text, person = subject.key) =>
          isErased(person) ? '' : vault.seal(text, person, ring),
        other: vault.escape,
        known: (part) => parts.get(part),
      }),
    };
  }

  /** Opens, and begins anew when keys were not at hand. */
  async function opened<Value>(value: Value): Promise<Value> {
    const ring: Ring = new Map();
    for (;;) {
      const missing = new Set<string>();
      const result = mapTexts(value, (text) => vault.open(text, ring, (set) => missing.add(set)));
      if (missing.size === 0) return result as Value;
      await vault.fetch(ring, [...missing], false);
    }
  }

  async function openedSubject<Value extends Stored | Subject | undefined>(
    value: Value,
  ): Promise<Value> {
    const result = await opened(value);
    if (!value || !result) return result;
    const [lies, reads] =
      'version' in value && 'version' in result ? [value.subject, result.subject] : [value, result];
    remember(lies as Subject, reads as Subject);
    return result;
  }

  function remember(lies: Subject, reads: Subject): void {
    for (const name in reads) {
      const [part, as] = [reads[name as keyof Subject], lies[name as keyof Subject]];
      if (typeof part === 'object' && typeof as === 'object') parts.set(part, as);
    }
    for (const id in reads.records) {
      const [record, as] = [reads.records[id], lies.records[id]];
      if (record && as) parts.set(record, as);
    }
  }

  return {
    read: async (key) => openedSubject(await inner.read(key)),
    readAll: async (keys) => Promise.all((await inner.readAll(keys)).map(openedSubject)),
    async commit(key, expectedVersion, commit) {
      const sealed = await sealAll(commit);
      return inner.commit(key, expectedVersion, { ...commit, ...sealed });
    },
    ...(inner.rewrite &&
      ({
        async rewrite(key, expectedVersion, rewrite) {
          if (!inner.rewrite) return false;
          if (!rewrite) return inner.rewrite(key, expectedVersion, rewrite);
          const { facts, subject } = await sealAll({ ...rewrite, outbox: [] });
          return inner.rewrite(key, expectedVersion, { ...rewrite, facts, subject });
        },
      } satisfies Pick<Store, 'rewrite'>)),
    facts: async (key, after, limit) => opened(await inner.facts(key, after, limit)),
    snapshot: async (key, before) => openedSubject(await inner.snapshot(key, before)),
    outbox: async (limit) => opened(await inner.outbox(limit)),
    async put(name, value) {
      await inner.put(name, value);
      if (name === 'playbook') clear = undefined;
    },
    known: (key, ids) => inner.known(key, ids),
    due: (now, limit) => inner.due(now, limit),
    settle: (ids) => inner.settle(ids),
    keys: (prefix, after, limit) => inner.keys(prefix, after, limit),
    get: (name) => inner.get(name),
    names: (prefix) => inner.names(prefix),
    drop: (name) => inner.drop(name),
    close: () => inner.close(),
  };
}

type Sealable = Pick<Commit, 'facts' | 'subject' | 'outbox'>;

const isLiving = (id: string): boolean => isContact(id) && !isErased(id);

/** Whose texts a fact holds: living persons, nobody's, or, where one of several was erased, what nobody keeps. */
const NOBODY = '';
const GONE = ERASED;

function setOf(fact: Fact): string {
  const concerned = findConcerned(fact);
  return concerned.some(isErased) ? GONE : toSet(concerned);
}
