import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { type Agent, createAgent, type Store } from 'opportune';
import { compilePlaybook } from 'opportune/plan';
import { type Database, openDatabase } from '../database/open-database.js';
import { openPlaybookLog } from '../database/playbook-log.js';
import { openPostgresStore } from '../database/postgres-store.js';
import { createTestDatabase } from '../database/test-database.js';
import { readPlaybookFolder } from '../playbook-folder.js';
import { createPlaybookVersions, type PlaybookVersions } from './playbook-versions.js';
import { createPlaybooks, type Playbooks } from './playbooks.js';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const FILES = readPlaybookFolder('examples/hello/playbook');
const OTHER = FILES.map(({ path, text }) => ({
  path,
  text: text.replace('title: Call', 'title: Ring'),
}));

const opened: Database[] = [];
after(() => Promise.all(opened.map((database) => database.close())));

async function open(): Promise<{
  readonly playbooks: Playbooks;
  readonly versions: PlaybookVersions;
  readonly store: Store;
  /** Versions of which a going live began. */
  readonly began: string[];
  /** The next one is cut short as it has begun. */
  cutShort(): void;
}> {
  const database = await openDatabase({ url: await createTestDatabase(), connections: 2 });
  opened.push(database);
  const store = await openPostgresStore(database, 'acme');
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
  const log = openPlaybookLog(database, 'acme');
  const versions = createPlaybookVersions({ ...ports, agent, log, needsSecond: false });
  return { playbooks, versions, store, began, cutShort };
}

it('a playbook that two processes queue as they start goes live once', async () => {
  const { playbooks, versions, began } = await open();
  await Promise.all([versions.publishFirst(FILES), versions.publishFirst(FILES)]);
  while (await playbooks.goLive());
  assert.equal(began.length, 1);
  assert.deepEqual(
    (await playbooks.versions()).map(({ state }) => state),
    ['in-force'],
  );
  assert.equal((await versions.log()).published.length, 1);
});

it('a playbook whose going live was cut short goes live from its beginning, though it is in force already', async () => {
  const { playbooks, versions, began, cutShort } = await open();
  const { version } = await versions.publish(FILES, 'ana');
  cutShort();
  await assert.rejects(playbooks.goLive(), /killed/);
  while (await playbooks.goLive());
  assert.deepEqual(began, [version, version]);
});

it('one that was in force before goes live again, and the log says who did it', async () => {
  const { playbooks, versions, began } = await open();
  const { version: first = '' } = await versions.publish(FILES, 'ana');
  const { version: second } = await versions.publish(OTHER, 'ana');
  while (await playbooks.goLive());
  await versions.rollBackTo(first, 'ben');
  while (await playbooks.goLive());
  assert.deepEqual(began, [first, second, first]);
  const { published } = await versions.log();
  assert.deepEqual(
    published.map(({ number, by, backTo }) => [number, by, backTo]),
    [
      [1, 'ana', undefined],
      [2, 'ana', undefined],
      [3, 'ben', 1],
    ],
  );
  assert.deepEqual(published[2]?.files, published[0]?.files);
});

it('what was in force before there was a log of versions begins it, and is what can be rolled back to', async () => {
  const { playbooks, versions, store, began } = await open();
  const { playbook } = compilePlaybook(FILES, { today: '2026-11-20' });
  assert.ok(playbook);
  await store.put(`source/${playbook.version}`, FILES);
  await store.put('publishing/1', playbook);
  while (await playbooks.goLive());
  const [first] = (await versions.log()).published;
  assert.deepEqual([first?.number, first?.by], [1, 'system']);
  assert.deepEqual(first && (await versions.filesOf(first.files)), FILES);
  await versions.publish(OTHER, 'ana', 1);
  await versions.rollBack(1, 'ana');
  while (await playbooks.goLive());
  assert.equal(began.at(-1), playbook.version);
});

it('of two who publish over the same version at one moment one is told that another is live', async () => {
  const { versions } = await open();
  await versions.publish(FILES, 'ana');
  const both = await Promise.allSettled([
    versions.publish(OTHER, 'ana', 1),
    versions.publish(FILES.slice(), 'ben', 1),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const [refused] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  assert.equal(refused.code, 'opportune/live-moved');
  assert.equal((await versions.log()).published.length, 2);
});
