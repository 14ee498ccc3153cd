import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, it } from 'node:test';
import { parseFieldMap } from '@opportune/connector-salesforce';
import { createAgent, type Fact } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import {
  APP,
  type Emulator,
  emulateSalesforce,
} from '../../test/emulators/salesforce/emulate-salesforce.js';
import { createBell } from '../serve/bell.js';
import { until } from '../serve/test-gateway.js';
import { createCrmDoor } from './crm-door.js';
import { SALESFORCE_MAP } from './crm-world.js';
import { noteAnswers } from './note-answers.js';
import { runPush } from './push-answers.js';
import { askSalesforceToken } from './salesforce-token.js';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Records an answer of a rep, and writes it back with what stands for that rep's own token. */
async function writeBack(
  emulator: Emulator,
  rep: string,
  tokenOf: () => string | undefined,
): Promise<{ readonly [field: string]: unknown }> {
  const { map } = parseFieldMap(SALESFORCE_MAP, 'map.yaml');
  assert.ok(map);
  const store = noteAnswers(createMemoryStore(), { connections: new Set(['crm']), now: Date.now });
  const agent = await createAgent({ store, clock: { now: Date.now } });
  const [account = ''] = emulator.org.rows('Account').keys();
  const record = `crm:account:${account}`;
  const response: Fact = {
    ...{ id: 'response/1', type: 'response', subjects: [record], about: [record] },
    ...{ occurredAt: Date.now(), learnedAt: Date.now(), grade: 'observed', by: `crm:rep:${rep}` },
    data: {
      ...{ play: 'silent-buyer', record, opening: 'x', scope: 'record', executed: true },
      response: { kind: 'done' },
      touch: { channel: 'call' },
    },
  };
  await agent.record([response]);
  const stop = new AbortController();
  const running = runPush(
    {
      sync: {
        signIn: signInTo(emulator),
        map,
        everyMs: 60_000,
        keyField: 'OpportuneKey__c',
      },
      door: createCrmDoor(signInTo(emulator), {}),
      ...{ store, agent, clock: { now: Date.now }, bell: createBell(0), graceMs: 0 },
      tokenOf,
      leads: async () => true,
      lookAnew: async () => undefined,
      failed: () => undefined,
    },
    stop.signal,
  );
  const find = () => emulator.org.findByKey('Task', 'OpportuneKey__c', 'response/1');
  await until(() => find() !== undefined);
  stop.abort();
  await running;
  return find() ?? {};
}

const signInTo = ({ origin }: Emulator) => ({
  crm: 'salesforce' as const,
  login: origin,
  clientId: APP.clientId,
  proof: { clientSecret: APP.clientSecret ?? '' },
});

describe('an answer that is written back to Salesforce', () => {
  it('is made by the rep whose token is known, and by the integration user for the rep where it is not, or has ended', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const app = {
      ...APP,
      clientId: 'for-reps',
      publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
    };
    const open = async (): Promise<Emulator> => {
      const emulator = await emulateSalesforce({ accounts: 1, apps: [APP, app] });
      ends.push(() => emulator.close());
      return emulator;
    };
    const own = async (emulator: Emulator): Promise<string> => {
      const { access_token } = await askSalesforceToken(
        {
          ...{ crm: 'salesforce', login: emulator.origin, clientId: app.clientId },
          proof: {
            username: 'kim.rep@acme.test',
            privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
          },
        },
        { fetch, now: Date.now },
      );
      return access_token;
    };
    const first = await open();
    const rep =
      [...first.org.rows('User').values()].find(({ Name }) => Name === 'Kim Rep')?.Id ?? '';
    const token = await own(first);
    const byRep = await writeBack(first, rep, () => token);
    assert.deepEqual([byRep.CreatedById, byRep.OwnerId], [rep, rep]);
    const second = await open();
    const forRep = await writeBack(second, rep, () => undefined);
    assert.deepEqual([forRep.CreatedById, forRep.OwnerId], [second.user, rep]);
    const third = await open();
    const ended = await own(third);
    third.oauth.expire();
    const instead = await writeBack(third, rep, () => ended);
    assert.deepEqual([instead.CreatedById, instead.OwnerId], [third.user, rep]);
  });
});
