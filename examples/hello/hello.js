import { createAgent } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { readPlaybook } from './read-playbook.js';

const now = Date.parse('2026-11-20T09:00:00Z');
const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => now } });
await agent.publish(readPlaybook('playbook')); // One play: call a buyer who is silent for 14 days.

const day = 86_400_000;
const account = 'crm:account:7';
const about = [account];
const known = { subjects: about, about, learnedAt: now, grade: 'observed', data: {} };
const values = { name: 'Kestrel Foods', owner: 'crm:rep:ana' };
await agent.record([
  { ...known, id: 'f1', type: 'record-changed', occurredAt: now - 50 * day, data: { values } },
  { ...known, id: 'f2', type: 'email-received', occurredAt: now - 15 * day, by: 'crm:contact:3' },
]);

const [{ action, play, changed }] = (await agent.decide(account, 'crm:rep:ana')).shown;
console.log(`${action.kind}, by ${play}: ${changed.actual} ${changed.unit} of ${changed.required}`);
// call, by silent-buyer: 15 days of 14
console.log((await agent.why('silent-buyer', account, 'crm:rep:ben')).stage);
// audience
