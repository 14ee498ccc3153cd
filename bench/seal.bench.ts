/**
 * What sealing costs: commits of an agent over the file store, with the texts of persons sealed and not, in one process and
 * turn by turn. Figures are processor time; waiting for the disk is left out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgent, type Fact, type Store } from 'opportune';
import { openFileStore } from '../gateway/file-store.js';
import { fact, peoplePlaybook } from '../gateway/people/people-world.js';
import { createMemoryPersonKeys } from '../gateway/people/person-keys.js';
import { sealStore } from '../gateway/people/seal-store.js';
import { createVault } from '../gateway/people/vault.js';

const ACCOUNTS = 20;
const CONTACTS = 8;
const ROUNDS = 60;
const NOTE =
  'Asked about the labeller, wants the offer by Friday, and will bring the quality manager. ';

/** Facts come when they happen, as from a running CRM. */
let time = Date.UTC(2026, 10, 20);
const clock = { now: (): number => time };
const root = mkdtempSync(join(tmpdir(), 'opportune-seal-bench-'));

async function open(name: string, wrap: (store: Store) => Store) {
  const store = wrap(openFileStore(join(root, name)));
  const agent = await createAgent({ store, clock });
  await agent.publish(peoplePlaybook());
  for (let a = 0; a < ACCOUNTS; a++) {
    const account = `crm:account:${a}`;
    const persons = Array.from({ length: CONTACTS }, (_, c) => `crm:contact:${a}-${c}`);
    const records: Fact[] = persons.map((id, c) =>
      fact(
        'record-changed',
        [id],
        {
          values: {
            name: `Person ${a} ${c}`,
            email: `person.${a}.${c}@example.com`,
            phone: '+49 761 55512',
            role: ['champion'],
            title: 'Head of quality',
          },
        },
        { subjects: [account, id], occurredAt: time },
      ),
    );
    const deal = fact(
      'record-changed',
      [`crm:opportunity:${a}`],
      { values: { stage: 'Evaluation', name: `Deal ${a}` } },
      { subjects: [account], occurredAt: time },
    );
    await agent.record([...records, deal]);
  }
  return { agent, store, cpu: 0, commits: 0 };
}

const seal = (store: Store): Store =>
  sealStore(store, createVault({ keys: createMemoryPersonKeys(), clock }));
const plain = await open('plain', (store) => store);
const sealed = await open('sealed', seal);

for (let round = 0; round < ROUNDS; round++) {
  time += 600_000;
  const facts = Array.from({ length: ACCOUNTS }, (_, a) => {
    const contact = `crm:contact:${a}-${round % CONTACTS}`;
    return fact(
      ['email-received', 'call-made', 'purchase'][round % 3] ?? '',
      [`crm:account:${a}`, contact],
      { text: NOTE + round },
      { by: contact, occurredAt: time },
    );
  });
  for (const one of round % 2 ? [plain, sealed] : [sealed, plain]) {
    const before = process.cpuUsage();
    for (const given of facts) await one.agent.record([given]);
    const { user, system } = process.cpuUsage(before);
    // The first rounds are for the compiler.
    if (round < 20) continue;
    one.cpu += user + system;
    one.commits += facts.length * 2;
  }
}
const each = ({ cpu, commits }: typeof plain): number => cpu / commits;
console.log(`one commit, plain   ${each(plain).toFixed(0)} µs of processor time`);
console.log(`one commit, sealed  ${each(sealed).toFixed(0)} µs of processor time`);
console.log(`sealed costs ${((each(sealed) / each(plain) - 1) * 100).toFixed(0)} % more`);
await plain.store.close();
await sealed.store.close();
rmSync(root, { recursive: true });
