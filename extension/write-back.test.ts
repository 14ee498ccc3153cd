import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SalesforceRefusal } from '../connectors/salesforce/salesforce-connector.js';
import type { ResponseRequest } from '../src/domain/response.js';
import { alone, type Device, startDevice } from '../test/extension/device.js';
import { createWriteBack, type WriteBack } from './write-back.js';

describe('answers on their way to the CRM', () => {
  let device: Device;
  let writeBack: WriteBack;
  /** What the connector does in place of its own work; absent: its work. */
  let instead: (() => Promise<never>) | undefined;
  let canWrite: boolean;

  const open = (): Promise<WriteBack> =>
    createWriteBack({
      ...{ agent: device.agent, store: device.store, alone },
      connector: () => {
        const { push } = device.connector;
        if (!canWrite || !push) return {};
        return { push: instead ?? push };
      },
      titleOf: ({ play }) => `As in ${play}`,
      now: device.bench.timing.now,
      changed: () => undefined,
    });

  beforeEach(async () => {
    instead = undefined;
    canWrite = true;
    device = await startDevice((key) => writeBack.wrote(key));
    await device.load();
    await device.agent.publish(device.playbook);
    writeBack = await open();
  });
  afterEach(() => device.bench.close());

  async function answer(id: string, response: ResponseRequest['response']): Promise<void> {
    const account = device.own[Number(id.at(-1))] ?? '';
    const request = {
      ...{ id, play: 'call-account', record: account, account, response, asker: device.rep },
      ...{ opening: `call-account|${account}|opened`, occurredAt: device.bench.timing.now() },
    };
    const result = await writeBack.respond(request);
    assert.equal(result.status, 'recorded');
    device.bench.pass(10_000);
  }
  const written = (): readonly unknown[] =>
    [...device.bench.emulator.org.rows('Task').values()]
      .map(({ OpportuneKey__c }) => OpportuneKey__c)
      .filter((key) => key !== null && key !== undefined);
  const told = async (): Promise<readonly string[]> =>
    (await writeBack.list()).map(({ status, because = '' }) => `${status} ${because}`.trim());

  it('are written once, whatever is sent again', async () => {
    await answer('a-0', { kind: 'done' });
    assert.deepEqual(await told(), ['waits']);
    await writeBack.flush();
    await answer('a-0', { kind: 'done' });
    await writeBack.flush();
    assert.deepEqual(written(), ['response/a-0']);
    assert.deepEqual(await told(), ['written']);
  });

  it('wait while the CRM does not answer, over the end of the page', async () => {
    instead = () => Promise.reject(new Error('the connection broke'));
    await answer('b-0', { kind: 'done' });
    await answer('b-1', { kind: 'already-done' });
    await assert.rejects(writeBack.flush(), /the connection broke/);
    assert.deepEqual(await told(), ['waits', 'waits']);
    instead = undefined;
    writeBack = await open();
    await writeBack.flush();
    assert.deepEqual(written(), ['response/b-0', 'response/b-1']);
  });

  it('stay on this device, and say so, where the CRM has no field for them or says no', async () => {
    canWrite = false;
    await answer('c-0', { kind: 'done' });
    await writeBack.flush();
    canWrite = true;
    instead = () => Promise.reject(new SalesforceRefusal(400, 'INVALID_FIELD', 'no such', 'Task'));
    await answer('c-1', { kind: 'done' });
    await writeBack.flush();
    const [no = '', none = ''] = await told();
    assert.match(no, /^kept .*INVALID_FIELD: no such/);
    assert.equal(none, 'kept the settings name no field that answers are written to');
    assert.deepEqual(written(), []);
  });

  it('are not written when they are taken back in time', async () => {
    await answer('d-0', { kind: 'done' });
    await answer('e-0', { kind: 'undo', of: 'd-0' });
    await writeBack.flush();
    assert.deepEqual(written(), []);
    assert.deepEqual(await told(), []);
  });

  it('say what stays in the CRM when they are taken back too late', async () => {
    await answer('f-0', { kind: 'done' });
    await writeBack.flush();
    await answer('g-0', { kind: 'undo', of: 'f-0' });
    assert.match((await told())[0] ?? '', /^written taken back here, and it stays in the CRM/);
  });

  it('are no second touch when they come back, and a colleague’s are the first', async () => {
    const { own, bench, accounts, rep } = device;
    await answer('h-0', { kind: 'done' });
    await writeBack.flush();
    const { org } = bench.emulator;
    org.create(
      'Task',
      {
        ...{ Subject: 'Call', TaskSubtype: 'Call', Status: 'Completed', OwnerId: rep.slice(8) },
        ...{ WhatId: own[1]?.slice(12), OpportuneKey__c: 'response/of-a-colleague' },
      },
      rep.slice(8),
    );
    bench.pass(60_000);
    await accounts.sync();
    const calls = async (account = ''): Promise<number> =>
      (await device.store.facts(account)).filter(
        ({ type, occurredAt }) => type === 'call-made' && occurredAt > bench.timing.now() - 600_000,
      ).length;
    assert.deepEqual([await calls(own[0]), await calls(own[1])], [0, 1]);
  });

  it('that are opinions have no place there, and nothing is said of them', async () => {
    await answer('i-0', { kind: 'helpful' });
    await writeBack.flush();
    assert.deepEqual([written(), await told()], [[], []]);
  });
});
