import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Agent, createAgent } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { readPlaybookFolder } from '../playbook-folder.js';
import { createPlaybooks, type Playbooks } from './playbooks.js';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const FILES = readPlaybookFolder('examples/hello/playbook');
const OTHER = FILES.map(({ path, text }) => ({
  path,
  text: text.replace('title: Call', 'title: Ring'),
}));

async function open(): Promise<{
  readonly playbooks: Playbooks;
  /** Versions of which a going live began. */
  readonly began: string[];
  /** The next one is cut short as it has begun. */
  cutShort(): void;
}> {
  const store = createMemoryStore();
  const agent = await createAgent({ store, clock: { now: () => NOW } });
  const began: string[] = [];
  let cut = false;
  const publish: Agent['publish'] = async (playbook) => {
    began.push(playbook.version);
    const published = await agent.publish(playbook);
    if (cut) {
      cut = false;
      throw new Error('the process is killed');
    }
    return published;
  };
  const cutShort = (): void => {
    cut = true;
  };
  let at = NOW;
  const ports = { store, clock: { now: () => at++ }, wake: () => {} };
  const playbooks = createPlaybooks({ ...ports, agent: { ...agent, publish } });
  return { playbooks, began, cutShort };
}

it('a playbook that two processes queue as they start goes live once', async () => {
  const { playbooks, began } = await open();
  const { version } = await playbooks.publish(FILES);
  await playbooks.publish(FILES);
  while (await playbooks.goLive());
  assert.deepEqual(began, [version]);
  assert.deepEqual(
    (await playbooks.versions()).map(({ state }) => state),
    ['in-force'],
  );
});

it('a playbook whose going live was cut short goes live from its beginning, though it is in force already', async () => {
  const { playbooks, began, cutShort } = await open();
  const { version } = await playbooks.publish(FILES);
  cutShort();
  await assert.rejects(playbooks.goLive(), /killed/);
  while (await playbooks.goLive());
  assert.deepEqual(began, [version, version]);
});

it('one that was in force before goes live again', async () => {
  const { playbooks, began } = await open();
  const { version: first = '' } = await playbooks.publish(FILES);
  const { version: second } = await playbooks.publish(OTHER);
  while (await playbooks.goLive());
  await playbooks.rollBack(first);
  while (await playbooks.goLive());
  assert.deepEqual(began, [first, second, first]);
});
