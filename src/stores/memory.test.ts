import { createMemoryStore } from './memory.js';
import { rewriteContract, storeContract } from './store-contract.js';
import { mustCommit, same, sampleCommit, sampleFact } from './store-contract-samples.js';

describe('the memory store', () => {
  for (const { name, needs, run } of [...storeContract, ...rewriteContract]) {
    if (needs) it.skip(`${name} (its data live and die with it)`);
    else
      it(name, async () => {
        const store = createMemoryStore();
        await run({ open: async () => store });
      });
  }

  it('gives the same object at each read, and carries over what a commit did not change', async () => {
    const store = createMemoryStore();
    const note = { large: [1, 2, 3] };
    await mustCommit(store, 'a', 0, sampleCommit('a', [sampleFact('x', 1)], { note }));
    const before = await store.read('a');
    same((await store.readAll(['a']))[0] === before, true, 'read twice');
    if (!before) throw new Error('It is there.');
    const subject = { ...before.subject, clock: 7 };
    await mustCommit(store, 'a', 1, { facts: [], subject, outbox: [] });
    const after = await store.read('a');
    same(after?.subject.clock, 7, 'changed');
    same(after?.subject.at === before.subject.at, true, 'unchanged part');
    same(Object.isFrozen(subject), false, 'the object of the caller');
  });
});
