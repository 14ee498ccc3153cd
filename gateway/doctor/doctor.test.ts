import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { emulateHubspot } from '../../test/emulators/hubspot/emulate-hubspot.js';
import { APP, type Emulator } from '../../test/emulators/salesforce/emulate-salesforce.js';
import { type CommandBench, openCommandBench } from '../command-bench.js';
import {
  callPlaybook,
  SALESFORCE_MAP,
  SECRET_NAME,
  salesforceSettings,
  secretsWith,
  startSalesforce,
} from '../crm/crm-world.js';
import { createTestDatabase } from '../database/test-database.js';
import { openTestGateway, type TestGateway, until } from '../serve/test-gateway.js';

let bench: CommandBench;
before(async () => {
  bench = await openCommandBench();
});
after(() => bench.end());
const ends: (() => unknown)[] = [];
afterEach(async () => {
  delete process.env[SECRET_NAME];
  for (const end of ends.splice(0).reverse()) await end();
});

interface Found {
  readonly state: string;
  readonly what: string;
  readonly found: string;
  readonly remedy?: string;
}

async function examine(
  database: string,
  url: string,
): Promise<{ readonly code: number | null; readonly findings: readonly Found[] }> {
  const args = ['doctor', '--settings', 'gateway.yaml', '--database', database, '--url', url];
  const { code, out, err } = await bench.ask(...args, '--json');
  assert.equal(err, '');
  assert.equal(out.includes(APP.clientSecret ?? '-'), false);
  return { code, findings: (JSON.parse(out) as { findings: Found[] }).findings };
}

async function running(): Promise<{
  emulator: Emulator;
  gateway: TestGateway;
  database: string;
  url: string;
}> {
  const emulator = await startSalesforce(3);
  ends.push(() => emulator.close());
  const settings = salesforceSettings(emulator);
  bench.write('gateway.yaml', settings);
  bench.write('map.yaml', SALESFORCE_MAP);
  process.env[SECRET_NAME] = APP.clientSecret;
  const database = await createTestDatabase();
  const gateway = await openTestGateway({
    ...{ url: database, settings, playbook: callPlaybook(), follows: true },
    secrets: secretsWith(SALESFORCE_MAP, APP.clientSecret ?? ''),
  });
  ends.push(() => gateway.close());
  const url = await gateway.listen();
  await until(
    async () => (await gateway.tenants.get('acme')?.crm.status())?.[0]?.state === 'current',
  );
  return { emulator, gateway, database, url };
}

describe('opportune doctor', () => {
  it('finds nothing to mend where all is well, and says what it looked at', async () => {
    const { database, url } = await running();
    const { code, findings } = await examine(database, url);
    assert.deepEqual(
      findings.filter(({ state }) => state === 'bad'),
      [],
    );
    assert.equal(code, 0);
    for (const [what, words] of [
      ['settings', /1 company, and every secret is set/],
      ['database', /it answers/],
      ['gateway', /it answers on/],
      ['acme/crm sign-in', /as Ada Admin, of 00D/],
      ['acme/crm limits', /DailyApiRequests: [\d,]+ of 100,000 left/],
      ['acme/crm map', /map\.yaml fits: 4 objects/],
      ['acme/crm writing back', /OpportuneKey__c keeps each answer once/],
      ['acme/crm clock', /this machine is/],
      ['acme/crm freshness', /known up to 20/],
    ] as const)
      assert.ok(
        findings.some((one) => one.what === what && words.test(one.found)),
        `${what} ${words}: ${JSON.stringify(findings, undefined, 1)}`,
      );
  });

  it('names what an admin took away or left out, and what to do for each', async () => {
    const { emulator, gateway, database, url } = await running();
    await gateway.app.close();
    emulator.hide('Account.Name');
    emulator.org.alter('Contact', (fields) =>
      fields.map((field) => (field.name === 'Email' ? { ...field, type: 'boolean' } : field)),
    );
    emulator.org.alter('Event', (fields) =>
      fields.filter(({ name }) => name !== 'OpportuneKey__c'),
    );
    const { code, findings } = await examine(database, url);
    assert.equal(code, 1);
    const bad = findings.filter(({ state }) => state !== 'good');
    for (const [what, words, remedy] of [
      ['gateway', /nothing answers on/, /Start opportune serve/],
      ['acme/crm map', /map\.yaml:\d+: Account\.Name is not there/, /let the user read it/],
      ['acme/crm writing back', /Event\.OpportuneKey__c is not there/, /Make it on Activity/],
    ] as const)
      assert.ok(
        bad.some(
          (one) => one.what === what && words.test(one.found) && remedy.test(one.remedy ?? ''),
        ),
        `${what} ${words}: ${JSON.stringify(bad, undefined, 1)}`,
      );
  });

  it('says that the requests of the day are used up, and what that means', async () => {
    const { emulator, database, url } = await running();
    const used = emulator.log.filter(({ url }) => url.startsWith('/services/data/')).length;
    emulator.settings.requestsADay = used + 2;
    const { findings } = await examine(database, url);
    const limits = findings.find(({ what }) => what === 'acme/crm limits');
    assert.equal(limits?.state, 'bad');
    assert.match(limits?.remedy ?? '', /^Reading pauses until there are more/);
  });

  it('tells secrets that are not set, a sign-in that is refused, and a database that is away', async () => {
    const emulator = await startSalesforce(1);
    ends.push(() => emulator.close());
    bench.write('gateway.yaml', salesforceSettings(emulator));
    bench.write('map.yaml', SALESFORCE_MAP);
    const nowhere = 'postgres://127.0.0.1:1/none';
    const unset = await examine(nowhere, 'http://127.0.0.1:1');
    assert.equal(unset.code, 1);
    assert.ok(unset.findings.some(({ found }) => /the variable CRM_SECRET is not set/.test(found)));
    assert.ok(unset.findings.some(({ what, state }) => what === 'database' && state === 'bad'));
    process.env[SECRET_NAME] = 'wrong-s3cret';
    const refused = await examine(nowhere, 'http://127.0.0.1:1');
    const signIn = refused.findings.find(({ what }) => what === 'acme/crm sign-in');
    assert.match(signIn?.found ?? '', /Salesforce does not let the app in: invalid_client/);
    assert.equal(JSON.stringify(refused).includes('wrong-s3cret'), false);
  });

  it('finds that the clock is off, and that HubSpot cannot tell by webhook', async () => {
    const emulator = await emulateHubspot({ accounts: 1, now: () => Date.now() + 600_000 });
    ends.push(() => emulator.close());
    bench.write(
      'gateway.yaml',
      `publicUrl: http://127.0.0.1:1
tenants:
  acme:
    connections:
      crm:
        rules: { records: { account: everyone } }
        sync: { map: hs.yaml, hubspot: { token: env:${SECRET_NAME}, url: '${emulator.origin}' } }
`,
    );
    bench.write(
      'hs.yaml',
      'connection: crm\nzone: UTC\nobjects:\n  companies:\n    facts: [{ record: account, set: { name: name } }]\n',
    );
    process.env[SECRET_NAME] = emulator.oauth.privateToken;
    const { findings } = await examine('postgres://127.0.0.1:1/none', 'http://127.0.0.1:1');
    const clock = findings.find(({ what }) => what === 'acme/crm clock');
    assert.match(
      `${clock?.state} ${clock?.found}`,
      /bad this machine is (10 min|599 s|9 min 59).* behind/,
    );
    assert.ok(findings.some(({ found }) => /webhooks are refused/.test(found)));
    assert.ok(findings.some(({ found }) => /nothing that reps do is written back/.test(found)));
    const scopes = findings.find(({ what }) => what === 'acme/crm scopes');
    assert.equal(scopes?.state, 'good');
  });
});
