import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { realTiming, type Timing } from '@opportune/connector-hubspot';
import { Connection, OAuth2 } from 'jsforce';
import { APP, type Emulator } from '../../test/emulators/salesforce/emulate-salesforce.js';
import {
  CONNECTOR,
  openTestGateway,
  type TestGateway,
  type TestOptions,
  until,
} from '../serve/test-gateway.js';
import {
  callPlaybook,
  SALESFORCE_MAP,
  salesforceSettings,
  secretsWith,
  startSalesforce,
} from './crm-world.js';
import type { ConnectionStatus } from './tenant-crm.js';

/** Pauses between attempts are short; what is waited for longest is a limit, and stays. */
const quick: Timing = {
  ...realTiming,
  wait: (ms, signal) => realTiming.wait(ms >= 60_000 ? ms : ms / 100, signal),
};

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(emulator: Emulator, options: TestOptions = {}): Promise<TestGateway> {
  const gateway = await openTestGateway({
    settings: salesforceSettings(emulator),
    secrets: secretsWith(SALESFORCE_MAP, APP.clientSecret ?? ''),
    playbook: callPlaybook(),
    follows: true,
    limits: { perMinute: 100_000 },
    ...options,
    crm: { timing: quick, gapMs: 50, graceMs: 300, ...options.crm },
  });
  ends.push(() => gateway.close());
  return gateway;
}

async function salesforce(accounts?: number): Promise<Emulator> {
  const emulator = await startSalesforce(accounts);
  ends.push(() => emulator.close());
  return emulator;
}

async function jsforce({ origin }: Emulator): Promise<Connection> {
  const conn = new Connection({
    oauth2: new OAuth2({ loginUrl: origin, ...APP }),
    version: '62.0',
  });
  await conn.authorize({ grant_type: 'client_credentials' });
  return conn;
}

async function statusOf(gateway: TestGateway): Promise<ConnectionStatus> {
  const { connections } = (await gateway.call(CONNECTOR, 'GET', '/v1/import-status')).json() as {
    connections: ConnectionStatus[];
  };
  assert.ok(connections[0]);
  return connections[0];
}
const inState = (gateway: TestGateway, state: ConnectionStatus['state']): Promise<void> =>
  until(async () => (await statusOf(gateway)).state === state);

interface Told {
  readonly shown: readonly { readonly opening: string; readonly play: string }[];
  readonly oldSince?: string;
  readonly written?: { readonly [response: string]: unknown };
}
async function look(
  gateway: TestGateway,
  account: string,
  owner: string,
  answers?: readonly string[],
): Promise<Told> {
  const asked = await gateway.call(`acme crm:rep:${owner} rep`, 'POST', '/v1/decide', {
    record: `crm:account:${account}`,
    ...(answers && { answers }),
  });
  return asked.json() as Told;
}

/** An account whose owner is shown a card on it. */
async function findCard(
  emulator: Emulator,
  gateway: TestGateway,
): Promise<{ account: string; owner: string; opening: string }> {
  let found: { account: string; owner: string; opening: string } | undefined;
  await until(async () => {
    for (const [account, row] of emulator.org.rows('Account')) {
      const owner = String(row.OwnerId);
      const [card] = (await look(gateway, account, owner)).shown;
      if (card) found = { account, owner, opening: card.opening };
    }
    return found !== undefined;
  });
  assert.ok(found);
  return found;
}

const answer = (
  gateway: TestGateway,
  { account, owner, opening }: { account: string; owner: string; opening: string },
  response: object,
  id = 'answer-1',
): ReturnType<TestGateway['call']> =>
  gateway.call(`acme crm:rep:${owner} rep`, 'POST', '/v1/responses', {
    id,
    play: 'silent-buyer',
    record: `crm:account:${account}`,
    account: `crm:account:${account}`,
    opening,
    occurredAt: new Date().toISOString(),
    response,
  });

const keyed = ({ org }: Emulator): readonly { readonly [field: string]: unknown }[] =>
  [...org.rows('Task').values()].filter((row) => row.OpportuneKey__c !== null);

interface HistoryEntry {
  readonly responseId?: string;
  readonly written?: {
    readonly status: string;
    readonly record?: string;
    readonly because?: string;
  };
}
async function historyOf(
  gateway: TestGateway,
  { account, owner }: { account: string; owner: string },
): Promise<HistoryEntry | undefined> {
  const { text } = await gateway.call(
    `acme crm:rep:${owner} rep`,
    'GET',
    `/v1/history?record=crm:account:${account}`,
  );
  return (JSON.parse(text) as HistoryEntry[]).find(({ responseId }) => responseId === 'answer-1');
}

describe('a gateway that is connected to Salesforce', () => {
  it('brings everything in, judges it once, and then what changed as soon as a hint comes', async () => {
    const emulator = await salesforce();
    const gateway = await open(emulator, {
      settings: salesforceSettings(emulator, { changeEvents: '[Account]' }),
    });
    await inState(gateway, 'current');
    const { account, owner } = await findCard(emulator, gateway);
    const status = await statusOf(gateway);
    assert.ok(status.facts > 10 && status.upTo !== undefined, JSON.stringify(status));
    // Plays are judged at the end of the load: nothing is told of what opened and closed on the way.
    const history = await gateway.call(
      `acme crm:rep:${owner} rep`,
      'GET',
      `/v1/history?record=crm:account:${account}`,
    );
    assert.equal((JSON.parse(history.text) as unknown[]).length, 1);

    const conn = await jsforce(emulator);
    await conn.sobject('Account').update({ Id: account, Name: 'Renamed by a person' });
    await until(async () =>
      JSON.stringify(await look(gateway, account, owner)).includes('Renamed by a person'),
    );
  });

  it('writes an answer back once, in the name of the rep, and makes no second touch of it', async () => {
    const emulator = await salesforce();
    const gateway = await open(emulator, {
      settings: salesforceSettings(emulator, { minutes: 0.02 }),
    });
    await inState(gateway, 'current');
    const card = await findCard(emulator, gateway);
    const told = await answer(gateway, card, { kind: 'done', outcome: 'spoke' });
    assert.deepEqual(told.json(), { status: 'recorded' });
    const crm = 'Salesforce';
    assert.deepEqual((await historyOf(gateway, card))?.written, { status: 'waiting', crm });
    const written = async (): Promise<unknown> =>
      (await look(gateway, card.account, card.owner, ['answer-1', 'of-nobody'])).written;
    assert.deepEqual(await written(), { 'answer-1': { status: 'waiting', crm } });
    const listening = await gateway.tenants.get('acme')?.hub.open({
      records: [`crm:account:${card.account}`],
      rep: `crm:rep:${card.owner}`,
    });
    assert.ok(listening);
    await until(() => keyed(emulator).length > 0);
    const [task] = keyed(emulator);
    const name = String(emulator.org.find('Account', card.account)?.Name);
    const { OpportuneKey__c, OwnerId, WhatId, Status, Subject, Description } = task ?? {};
    assert.deepEqual(
      { OpportuneKey__c, OwnerId, WhatId, Status, Subject, Description },
      {
        OpportuneKey__c: 'response/answer-1',
        OwnerId: card.owner,
        WhatId: card.account,
        Status: 'Completed',
        Subject: `Call ${name}`,
        Description: 'spoke',
      },
    );
    await until(async () => (await historyOf(gateway, card))?.written?.status === 'written');
    assert.deepEqual((await historyOf(gateway, card))?.written, {
      status: 'written',
      record: task?.Id,
      crm,
    });
    assert.deepEqual(await written(), {
      'answer-1': { status: 'written', record: task?.Id, crm },
    });
    await until(() => listening.take().some(({ event }) => event === 'changed'));
    listening.close();
    const upTo = (await statusOf(gateway)).upTo ?? '';
    await until(async () => ((await statusOf(gateway)).upTo ?? '') > upTo);
    await until(async () => {
      const later = (await statusOf(gateway)).upTo ?? '';
      return later > new Date(Date.parse(upTo) + 1_500).toISOString();
    });
    const rows = await gateway.database.ask('acme', 'select body from opportune.facts', []);
    const facts = rows.map(({ body }) => JSON.parse(String(body)) as { id: string; type: string });
    assert.equal(facts.filter(({ id }) => id.includes(String(task?.Id))).length, 0);
    assert.equal(keyed(emulator).length, 1);
    assert.deepEqual((await statusOf(gateway)).toWrite, { waiting: 0, refused: [] });
  });

  it('does not write what was taken back before, and says so', async () => {
    const emulator = await salesforce();
    const gateway = await open(emulator, { crm: { graceMs: 5_000 } });
    await inState(gateway, 'current');
    const card = await findCard(emulator, gateway);
    await answer(gateway, card, { kind: 'done' });
    await answer(gateway, card, { kind: 'undo', of: 'answer-1' }, 'undo-1');
    await until(async () => (await historyOf(gateway, card))?.written?.status === 'not-written');
    assert.deepEqual((await historyOf(gateway, card))?.written, {
      status: 'not-written',
      because: 'it was taken back before it was written',
      crm: 'Salesforce',
    });
    assert.equal(keyed(emulator).length, 0);
  });

  it('tells the rep and the admin why the CRM refuses an answer', async () => {
    const emulator = await salesforce();
    const gateway = await open(emulator);
    await inState(gateway, 'current');
    const card = await findCard(emulator, gateway);
    emulator.org.rules.set('Task', 'Tasks need a reason');
    await answer(gateway, card, { kind: 'done' });
    await until(async () => (await historyOf(gateway, card))?.written?.because !== undefined);
    const { written } = (await historyOf(gateway, card)) ?? {};
    assert.equal(written?.status, 'waiting');
    assert.match(written?.because ?? '', /FIELD_CUSTOM_VALIDATION_EXCEPTION: Tasks need a reason/);
    assert.equal((await statusOf(gateway)).toWrite?.refused.length, 1);
  });

  it('goes on from what is known while Salesforce is away, says since when, and catches up', async () => {
    const emulator = await startSalesforce();
    const port = Number(new URL(emulator.origin).port);
    const gateway = await open(emulator, {
      settings: salesforceSettings(emulator, { minutes: 0.02 }),
    });
    await inState(gateway, 'current');
    const { account, owner } = await findCard(emulator, gateway);
    await emulator.close();
    await inState(gateway, 'failing');
    const { problem, upTo } = await statusOf(gateway);
    assert.equal(problem?.code, 'opportune/crm-unavailable');
    const away = await look(gateway, account, owner);
    assert.equal(away.shown.length, 1);
    assert.equal(away.oldSince, upTo);
    const hidden = await gateway.call('acme crm:rep:x rep', 'POST', '/v1/decide', {
      record: 'crm:account:none',
    });
    assert.equal('oldSince' in (hidden.json() as object), false);

    const again = await startSalesforce(4, port);
    ends.push(() => again.close());
    await inState(gateway, 'current');
    assert.equal((await look(gateway, account, owner)).oldSince, undefined);
  });

  it('names a field that vanished, and reads on when the map fits again', async () => {
    const emulator = await salesforce();
    emulator.hide('Account.Name');
    const gateway = await open(emulator);
    await inState(gateway, 'failing');
    const { problem } = await statusOf(gateway);
    assert.equal(problem?.code, 'opportune/map');
    assert.match(
      problem?.message ?? '',
      /Account\.Name is not there, or this user may not read it/,
    );
    assert.equal(JSON.stringify(gateway.logged).includes('Account.Name'), false);
  });
});
