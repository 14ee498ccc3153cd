import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createAgent, type Fact, type Store } from 'opportune';
import { rewriteContract, storeContract } from 'opportune/stores/contract';
import { createMemoryStore } from 'opportune/stores/memory';
import { createSubject } from '../../src/create-subject.js';
import { openFileStore } from '../file-store.js';
import { openFilePersonKeys } from './file-person-keys.js';
import { createMasterKey } from './master-key.js';
import { createMemoryPersonKeys } from './person-keys.js';
import { sealStore } from './seal-store.js';
import { createVault } from './vault.js';

const root = mkdtempSync(join(tmpdir(), 'opportune-seal-'));
let folders = 0;
const nextFolder = (): string => join(root, String(folders++));
after(() => rmSync(root, { recursive: true }));

const clock = { now: () => Date.UTC(2026, 10, 2, 9) };
const seal = (inner: Store, keys = createMemoryPersonKeys()): Store =>
  sealStore(inner, createVault({ keys, clock }));

describe('a sealed store keeps the contract of stores', () => {
  for (const { name, needs, run } of [...storeContract, ...rewriteContract]) {
    if (!needs)
      it(`in memory: ${name}`, async () => {
        const store = seal(createMemoryStore());
        await run({ open: async () => store });
      });
    it(`in a folder: ${name}`, async () => {
      const folder = nextFolder();
      const keys = createMemoryPersonKeys();
      const opened: Store[] = [];
      const keep = (store: Store): Store => {
        opened.push(store);
        return seal(store, keys);
      };
      await run({
        open: async () => keep(openFileStore(folder)),
        openBreaking: async (writes) => {
          let left = writes;
          let armed = false;
          const beforeChange = (): void => {
            if (armed && left-- <= 0) throw new Error('the disk broke');
          };
          const store = keep(openFileStore(folder, { beforeChange }));
          armed = true;
          return store;
        },
      });
      for (const store of opened) await store.close();
    });
  }
});

const ACCOUNT = 'crm:account:7';
const DANA = 'crm:contact:3';
const PRIYA = 'crm:contact:4';
const base: Omit<Fact, 'id'> = {
  type: 'note-added',
  subjects: [ACCOUNT],
  about: [ACCOUNT, DANA],
  occurredAt: clock.now() - 1000,
  learnedAt: clock.now() - 1000,
  grade: 'observed',
  data: { text: 'Dana likes opera' },
};
const dana: Fact = {
  ...base,
  id: 'f1',
  type: 'record-changed',
  about: [DANA],
  subjects: [ACCOUNT, DANA],
  data: { values: { name: 'Dana Ruiz', email: 'dana@kestrel.example', children: 2 } },
};

describe('what lies in a sealed store', () => {
  it('holds no name, address or free text of a person in any byte of its files, and reads as it was written', async () => {
    const folder = nextFolder();
    const keys = openFilePersonKeys(folder, createMasterKey(new Uint8Array(32).fill(7)));
    const inner = openFileStore(folder);
    const store = sealStore(inner, createVault({ keys, clock }));
    const agent = await createAgent({ store, clock });
    const note = { ...base, id: 'f2' };
    await agent.record([dana, note], { history: true });
    assert.deepEqual(await store.facts(ACCOUNT), [dana, note]);
    const known = (await store.read(ACCOUNT))?.subject.records[DANA]?.values;
    assert.equal(known?.name?.value, 'Dana Ruiz');
    assert.equal(known?.children?.value, 2);
    await store.close();
    keys.close();
    for (const file of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, file)).toString('latin1');
      for (const text of ['Dana', 'Ruiz', 'kestrel.example', 'opera'])
        assert.equal(bytes.includes(text), false, `${text} in ${file}`);
    }
  });

  it('opens to nothing once a key is destroyed, also for texts about several persons', async () => {
    const keys = createMemoryPersonKeys();
    const inner = createMemoryStore();
    const store = seal(inner, keys);
    const agent = await createAgent({ store, clock });
    const both = { ...base, id: 'f2', about: [ACCOUNT, DANA, PRIYA] };
    const other = { ...base, id: 'f3', about: [ACCOUNT, PRIYA], data: { text: 'Priya called' } };
    await agent.record([dana, both, other], { history: true });
    await keys.destroy([DANA]);
    const later = seal(inner, keys);
    const texts = (await later.facts(ACCOUNT)).map(({ data }) => data.text ?? data.values);
    assert.deepEqual(texts, [{ name: '', email: '', children: 2 }, '', 'Priya called']);
    await later.commit(ACCOUNT, 1, {
      facts: [{ ...both, id: 'f4' }],
      subject: (await later.read(ACCOUNT))?.subject as never,
      outbox: [],
    });
    assert.equal((await later.facts(ACCOUNT)).at(-1)?.data.text, '');
  });

  it('takes what is written after the store failed to say what the playbook compares', async () => {
    let away = true;
    const inner = createMemoryStore();
    const store = seal({
      ...inner,
      async get(name) {
        if (away) throw new Error('the store is away');
        return inner.get(name);
      },
    });
    const commit = { facts: [dana], subject: createSubject(ACCOUNT), outbox: [] };
    await assert.rejects(store.commit(ACCOUNT, 0, commit), /the store is away/);
    away = false;
    assert.equal(await store.commit(ACCOUNT, 0, commit), true);
  });

  it('leaves readable what the playbook compares that another process put in force', async () => {
    const inner = createMemoryStore();
    const [one, other] = [seal(inner), seal(inner)];
    const agent = await createAgent({ store: one, clock });
    await agent.record([dana], { history: true });
    const role = { id: 'contact.name', type: 'choice', values: [{ id: 'Dana Ruiz' }] };
    await other.put('playbook/v2', { version: 'v2', plays: [], attributes: [role] });
    await other.put('playbook', { version: 'v2' });
    await wait(1_100);
    await one.commit(PRIYA, 0, {
      facts: [{ ...dana, id: 'f2' }],
      subject: (await one.read(ACCOUNT))?.subject as never,
      outbox: [],
    });
    const [kept] = await inner.facts(PRIYA);
    assert.equal(Object(kept?.data.values).name, 'Dana Ruiz');
    const lies = (await inner.read(PRIYA))?.subject.records[DANA]?.values;
    assert.equal(lies?.name?.value, 'Dana Ruiz');
  });

  it('gives a text that only looks sealed back as it is, and opens nothing for who wrote it', async () => {
    const inner = createMemoryStore();
    const store = seal(inner);
    const agent = await createAgent({ store, clock });
    await agent.record([dana], { history: true });
    const [kept] = await inner.facts(ACCOUNT);
    const stolen = String(Object(kept?.data.values).name);
    assert.equal(stolen.includes('Dana'), false);
    const copied = { ...base, id: 'f2', about: [ACCOUNT], data: { text: stolen } };
    await agent.record([copied], { history: true });
    assert.equal((await store.facts(ACCOUNT)).find(({ id }) => id === 'f2')?.data.text, stolen);
  });
});

describe('the keys of persons in a folder', () => {
  it('are read again by the same master key and by no other, and by the next one after rewrapping', async () => {
    const folder = nextFolder();
    const [first, second] = [1, 2].map((byte) => createMasterKey(new Uint8Array(32).fill(byte)));
    if (!first || !second) throw new Error('two keys');
    const keys = openFilePersonKeys(folder, first);
    const made = await keys.create([DANA, PRIYA]);
    await keys.destroy([PRIYA]);
    const wrong = openFilePersonKeys(folder, second);
    await assert.rejects(wrong.get([DANA]), /does not open the keys/);
    wrong.close();
    await keys.rewrap(second);
    keys.close();
    const again = openFilePersonKeys(folder, second);
    assert.deepEqual((await again.get([DANA])).get(DANA), made.get(DANA));
    assert.equal((await again.create([PRIYA])).get(PRIYA), 'destroyed');
    assert.deepEqual(await again.list(undefined, 10), [DANA]);
    again.close();
  });
});
