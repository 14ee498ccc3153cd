import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { APP } from '../../test/emulators/salesforce/emulate-salesforce.js';
import { createTestFolder } from '../database/test-database.js';
import { until } from '../serve/test-gateway.js';
import {
  buildCommand,
  type GatewayProcess,
  startGatewayProcess,
  writeInputs,
} from '../torture/gateway-process.js';
import {
  callPlaybook,
  SALESFORCE_MAP,
  SECRET_NAME,
  salesforceSettings,
  startSalesforce,
} from './crm-world.js';

const ends: (() => unknown)[] = [];
after(async () => {
  for (const end of ends.reverse()) await end();
});

describe('opportune serve, killed between an answer and its being written back', () => {
  it('writes the answer to Salesforce when it is started again, once', async () => {
    const folder = createTestFolder();
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    const emulator = await startSalesforce(2);
    ends.push(() => emulator.close());
    const inputs = writeInputs(folder, salesforceSettings(emulator), callPlaybook());
    writeFileSync(join(folder, 'map.yaml'), SALESFORCE_MAP);
    const command = await buildCommand(new URL('../', import.meta.url));
    let running: GatewayProcess | undefined;
    ends.push(async () => {
      running?.kill('SIGKILL');
      await running?.ended;
    });
    const start = async (): Promise<string> => {
      running = startGatewayProcess(command, [...inputs, '--store', join(folder, 'store')], {
        [SECRET_NAME]: APP.clientSecret,
      });
      return running.ready;
    };
    const ask = async (url: string, who: string, path: string, body?: object): Promise<unknown> => {
      const response = await fetch(`${url}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Development acme ${who}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      return response.json();
    };

    let url = await start();
    const cards: { account: string; owner: string; opening: string }[] = [];
    await until(async () => {
      for (const [account, { OwnerId }] of emulator.org.rows('Account')) {
        const record = `crm:account:${account}`;
        const owner = String(OwnerId);
        const { shown = [] } = (await ask(url, `crm:rep:${owner} rep`, '/v1/decide', {
          record,
        })) as { shown?: { opening: string }[] };
        for (const { opening } of shown) cards.push({ account: record, owner, opening });
      }
      return cards.length > 0;
    });
    const [card] = cards;
    assert.ok(card);
    const { account, owner, opening } = card;
    const answered = await ask(url, `crm:rep:${owner} rep`, '/v1/responses', {
      ...{ id: 'kill-1', play: 'silent-buyer', record: account, account, opening },
      occurredAt: new Date().toISOString(),
      response: { kind: 'done' },
    });
    assert.deepEqual(answered, { status: 'recorded' });
    running?.kill('SIGKILL');
    await running?.ended;
    const written = (): number =>
      [...emulator.org.rows('Task').values()].filter(
        (row) => row.OpportuneKey__c === 'response/kill-1',
      ).length;
    assert.equal(written(), 0);

    url = await start();
    await until(() => written() > 0);
    await until(async () => {
      const history = (await ask(
        url,
        `crm:rep:${owner} rep`,
        `/v1/history?record=${encodeURIComponent(account)}`,
      )) as { responseId?: string; written?: { status: string } }[];
      return history.some(
        ({ responseId, written: told }) => responseId === 'kill-1' && told?.status === 'written',
      );
    });
    assert.equal(written(), 1);

    // Beside the gateway at work, on its own folder.
    const args = ['doctor', ...inputs.slice(0, 2), '--store', join(folder, 'store'), '--url', url];
    const examined = spawn(process.execPath, [command, ...args], {
      env: { ...process.env, [SECRET_NAME]: APP.clientSecret },
    });
    let said = '';
    examined.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const code = await new Promise((resolve) => examined.on('close', resolve));
    assert.equal(code, 0, said);
    assert.match(said, /good +acme\/crm freshness: known up to /);
    assert.match(said, /\n0 things to mend, 2 warnings, \d+ things looked at\.\n$/);
  });
});
