import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAgent, type Store } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { allKeys } from './all-of.js';
import { erasePerson, eraseSuppressed } from './erase-person.js';
import { isGone, live, numbersIn, reopen, STORY } from './erasing-story.js';
import { DANA, everythingIn, fact, KESTREL, openWorld, records } from './people-world.js';

describe('an erased person', () => {
  it('is not brought back by the next import, which counts as it would have', async () => {
    const world = openWorld();
    const given = records();
    await live(world, STORY);
    await erasePerson(world, { address: 'dana@kestrel.example' });
    const before = await numbersIn(world);
    const again = await world.suppression.suppress([...given, ...records()]);
    assert.deepEqual(again.anew, []);
    await (await createAgent(world)).record(again.facts);
    await isGone(world);
    const agent = await createAgent(world);
    const mail = [KESTREL, DANA];
    const reply = fact('email-received', mail, { text: 'sailing' }, { by: DANA });
    const { facts } = await world.suppression.suppress([reply]);
    const taken = await agent.record(facts);
    const repeated = await agent.record((await world.suppression.suppress([reply])).facts);
    assert.deepEqual([taken.added, repeated.added, repeated.repeated], [1, 0, 1]);
    await isGone(world);
    assert.notEqual(await numbersIn(world), before);
  });

  it('is recognised under a new id by an address that nobody else has, and erased there too', async () => {
    const world = openWorld();
    await live(world, STORY);
    await erasePerson(world, { id: DANA });
    const next = 'crm:contact:004dana';
    const mail = fact('email-received', [KESTREL, next], { from: 'Dana@kestrel.example' });
    const values = { name: 'Dana Ruiz', email: 'Dana <dana@kestrel.example>' };
    const contact = fact('record-changed', [next], { values }, { subjects: [KESTREL, next] });
    const agent = await createAgent(world);
    const first = await world.suppression.suppress([mail]);
    await agent.record(first.facts);
    const second = await world.suppression.suppress([contact]);
    assert.deepEqual([first.anew, second.anew], [[], [next]]);
    await agent.record(second.facts);
    for (const id of second.anew) await erasePerson(world, { id });
    await isGone(world);
    assert.equal((await everythingIn(world.store)).includes(next), false);
  });

  it('is erased again when a backup is restored that was made before', async () => {
    const world = openWorld();
    await live(world, STORY);
    const backup = createMemoryStore();
    await copy(world.inner, backup);
    await erasePerson(world, { id: DANA });
    const expected = await numbersIn(world);
    const restored = reopen(world, backup);
    await restored.suppression.restore(await world.suppression.list());
    assert.equal((await everythingIn(restored.store)).includes('003dana'), true);
    assert.equal((await eraseSuppressed(restored))?.pseudonyms.length, 1);
    await isGone(restored);
    assert.equal(await numbersIn(restored), expected);
    assert.equal(await eraseSuppressed(restored), undefined);
  });
});

/** A backup: bytes as they lie there. */
async function copy(from: Store, to: Store): Promise<void> {
  for await (const key of allKeys(from)) {
    const stored = await from.read(key);
    if (!stored) continue;
    const { subject } = stored;
    await to.commit(key, 0, { facts: await from.facts(key), subject, outbox: [] });
  }
  for (const name of await from.names('')) await to.put(name, await from.get(name));
}
