import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createAgent, type Fact } from 'opportune';
import { compilePlaybook } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import { readPlaybookFolder } from '../playbook-folder.js';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const [ACCOUNT, ANA] = ['crm:account:1', 'crm:rep:ana'];
/** As erasing leaves a contact: the role is compared by the playbook, and stays. */
const GONE = 'erased:contact:0123456789abcdef';
const KIM = 'crm:contact:kim';

it('a person who was erased is picked for no action, and no card is about this person', async () => {
  const files = readPlaybookFolder('examples/hello/playbook').map(({ path, text }) => {
    if (path === 'attributes.yaml')
      return {
        path,
        text: `${text}  - { id: role, label: Role, type: multi, of: contact, values: [signer] }\n`,
      };
    return { path, text: text.replace('kind: call', 'kind: call, contact: signer') };
  });
  const about = {
    path: 'plays/greet.yaml',
    text: 'id: greet\nabout: contact\ntitle: Greet\nwhy: A signer.\ntrigger: { becomes: { role: { hasAll: [signer] } } }\naction: { kind: email, minutes: 5, contact: self }\nfor: owner\nserves: { revenue: { value: 10 } }\nexpires: 90 days\nowner: ana@example.com\n',
  };
  const { playbook, problems } = compilePlaybook([...files, about], { today: '2026-11-20' });
  assert.ok(playbook, JSON.stringify(problems));
  const store = createMemoryStore();
  const agent = await createAgent({ store, clock: { now: () => NOW } });
  await agent.publish(playbook);
  const fact = (id: string, type: string, days: number, more: Partial<Fact>): Fact => ({
    ...{ id, type, subjects: [ACCOUNT], about: [], learnedAt: NOW, grade: 'observed', data: {} },
    ...{ occurredAt: NOW - days * 86_400_000 },
    ...more,
  });
  const contact = (id: string): Fact =>
    fact(id, 'record-changed', 1, { about: [id], data: { values: { role: ['signer'] } } });
  await agent.record([
    fact('1', 'record-changed', 100, { about: [ACCOUNT], data: { values: { owner: ANA } } }),
    fact('2', 'email-received', 20, { by: KIM }),
    contact(GONE),
  ]);
  const look = async (): Promise<readonly (readonly [string, string | undefined])[]> =>
    (await agent.decide(ACCOUNT, ANA)).shown
      .map(({ play, action }): [string, string | undefined] => [play, action.contact?.id])
      .sort();
  assert.deepEqual(await look(), [['silent-buyer', undefined]]);
  await agent.record([contact(KIM)]);
  assert.deepEqual(await look(), [
    ['greet', KIM],
    ['silent-buyer', KIM],
  ]);
});
