import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@hubspot/api-client';
import { Connection, OAuth2 } from 'jsforce';
import { emulateHubspot } from '../../test/emulators/hubspot/emulate-hubspot.js';
import {
  APP,
  type Emulator,
  emulateSalesforce,
} from '../../test/emulators/salesforce/emulate-salesforce.js';
import { type CommandBench, openCommandBench } from '../command-bench.js';
import { openFileStore, STORE_FILE } from '../file-store.js';

let bench: CommandBench;
before(async () => {
  bench = await openCommandBench();
});
after(() => bench.end());
const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of cleanup.splice(0)) await one();
});

function setVariables(variables: { readonly [name: string]: string }): void {
  for (const [name, value] of Object.entries(variables)) process.env[name] = value;
  cleanup.push(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
  });
}

async function startSalesforce(accounts = 12): Promise<Emulator> {
  const emulator = await emulateSalesforce({ accounts });
  cleanup.push(() => emulator.close());
  setVariables({
    SALESFORCE_LOGIN_URL: emulator.origin,
    SALESFORCE_CLIENT_ID: APP.clientId,
    SALESFORCE_CLIENT_SECRET: APP.clientSecret ?? '',
  });
  return emulator;
}

async function signIn({ origin }: Emulator): Promise<Connection> {
  const oauth2 = new OAuth2({ loginUrl: origin, ...APP });
  const conn = new Connection({ oauth2, version: '62.0' });
  await conn.authorize({ grant_type: 'client_credentials' });
  return conn;
}

/** Facts by timeline, as ids. */
async function factsIn(folder: string): Promise<readonly string[]> {
  const store = openFileStore(bench.path(folder));
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const keys = await store.keys('', after, 500);
    for (const key of keys) for (const { id } of await store.facts(key)) found.push(`${key} ${id}`);
    after = keys.at(-1);
    if (after === undefined) break;
  }
  await store.close();
  return found.sort();
}

describe('opportune connect and import with Salesforce', () => {
  it('propose a map, check it, bring everything in, and then only what changed', async () => {
    const emulator = await startSalesforce();
    const proposed = await bench.ask('connect', 'salesforce', '--to', 'sf.yaml');
    assert.equal(proposed.code, 0, proposed.err);
    for (const line of ['# - Look at each line', 'owner: { rep: OwnerId }', 'activity: call-made'])
      assert.ok(bench.read('sf.yaml').includes(line), line);
    const checked = await bench.ask(
      ...['connect', 'salesforce', '--check', 'sf.yaml', '--write-to', 'OpportuneKey__c'],
    );
    assert.deepEqual([checked.code, checked.err], [0, ''], checked.out);
    assert.match(checked.out, /sf\.yaml fits: 11 objects, and OpportuneKey__c takes/);

    const args = ['import', 'salesforce', '--into', 'sf', '--map', 'sf.yaml', '--json'];
    const first = JSON.parse((await bench.ask(...args)).out);
    const kinds = first.objects.map(({ place }: { place: string }) => place).sort();
    assert.deepEqual(kinds, [
      'Account',
      'Contact',
      'Event',
      'ObjectTerritory2Association',
      'Opportunity',
      'OpportunityLineItem',
      'PricebookEntry',
      'Product2',
      'Task',
      'User',
      'UserTerritory2Association',
    ]);
    assert.ok(first.facts.added > 50 && first.facts.repeated === 0, JSON.stringify(first.facts));

    const [account] = emulator.org.rows('Account').keys();
    const conn = await signIn(emulator);
    await conn.sobject('Account').update({ Id: account ?? '', Name: 'Renamed by a person' });
    const second = await bench.ask('import', 'salesforce', '--into', 'sf', '--map', 'sf.yaml');
    assert.equal(second.code, 0);
    assert.match(second.out, /\. 1 new, /, second.out);
    assert.ok(
      (await factsIn('sf')).some((id) => id.startsWith(`crm:account:${account} crm/Account/`)),
    );
    const third = await bench.ask('import', 'salesforce', '--into', 'sf', '--map', 'sf.yaml');
    assert.match(third.out, /\. 0 new, /);
    assert.match(third.out, /^object +records +used +skipped\n/);
  });

  it('stopped in the middle, go on where they were, and have in the end what one run has', async () => {
    await startSalesforce(400);
    bench.write('whole.yaml', (await bench.ask('connect', 'salesforce')).out);
    const whole = await bench.ask(
      ...['import', 'salesforce', '--into', 'whole', '--map', 'whole.yaml', '--json'],
    );
    const args = ['import', 'salesforce', '--into', 'parts', '--map', 'whole.yaml', '--json'];
    const child = spawn(process.execPath, [await bench.command(), ...args], {
      cwd: bench.path('.'),
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const held = async (): Promise<boolean> => {
      if (!existsSync(bench.path(`parts/${STORE_FILE}`))) return false;
      const store = openFileStore(bench.path('parts'));
      const position = await store.get('crm/crm/position');
      await store.close();
      return position !== undefined;
    };
    while (child.exitCode === null && !(await held())) await pause(20);
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    const stopped = JSON.parse(out);
    assert.equal(stopped.stopped, true);
    const all = JSON.parse(whole.out).facts.added;
    assert.ok(stopped.facts.added < all, `${stopped.facts.added} of ${all} before it stopped`);
    const rest = JSON.parse((await bench.ask(...args)).out);
    assert.ok(rest.facts.read < all, 'what was stored before is read again');
    assert.deepEqual(await factsIn('parts'), await factsIn('whole'));
  });

  it('read everything anew when the map says something new of what did not change', async () => {
    await startSalesforce(4);
    const map = (await bench.ask('connect', 'salesforce', '--objects', 'Account')).out;
    bench.write('rev.yaml', map);
    const args = ['import', 'salesforce', '--into', 'rev', '--map', 'rev.yaml', '--json'];
    await bench.ask(...args);
    bench.write(
      'rev.yaml',
      map.replace('revision: 1', 'revision: 2').replace('name: Name', 'name: Website'),
    );
    const { facts, objects } = JSON.parse((await bench.ask(...args)).out);
    assert.equal(objects[0].read, 4);
    assert.equal(facts.added, 4);
  });

  it('say which field vanished, and stop before anything is read', async () => {
    const emulator = await startSalesforce(3);
    bench.write('hid.yaml', (await bench.ask('connect', 'salesforce')).out);
    emulator.hide('Account.Industry');
    const checked = await bench.ask('connect', 'salesforce', '--check', 'hid.yaml');
    assert.equal(checked.code, 1);
    assert.match(checked.out, /hid\.yaml:\d+: error: Account\.Industry is not there/);
    const run = await bench.ask('import', 'salesforce', '--into', 'hid', '--map', 'hid.yaml');
    assert.equal(run.code, 2);
    assert.match(run.err, /Account\.Industry is not there/);
    assert.equal(run.out, '');
  });

  it('take the secret from a file, and repeat it in no message', async () => {
    const { origin } = await startSalesforce(3);
    bench.write('map.yaml', (await bench.ask('connect', 'salesforce', '--objects', 'Account')).out);
    bench.write('secret', `${APP.clientSecret}\n`);
    delete process.env.SALESFORCE_CLIENT_SECRET;
    setVariables({ SALESFORCE_CLIENT_SECRET_FILE: bench.path('secret') });
    const args = ['import', 'salesforce', '--map', 'map.yaml', '--dry-run'];
    assert.equal((await bench.ask(...args)).code, 0);
    bench.write('secret', 'wrong-s3cret');
    const wrong = await bench.ask(...args);
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.err,
      /Salesforce does not let the app in: invalid_client\. See that the secret/,
    );
    assert.equal(`${wrong.out}${wrong.err}`.includes('wrong-s3cret'), false);
    setVariables({ SALESFORCE_LOGIN_URL: origin.replace('127.0.0.1', 'example.com') });
    assert.match((await bench.ask(...args)).err, /SALESFORCE_LOGIN_URL is no https address/);
    delete process.env.SALESFORCE_CLIENT_ID;
    assert.match((await bench.ask(...args)).err, /SALESFORCE_CLIENT_ID is not set\. Set it, or /);
  });

  it('sign in by a key in place of a secret', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { clientId, redirectUri } = APP;
    const emulator = await emulateSalesforce({
      accounts: 2,
      apps: [
        {
          clientId,
          redirectUri,
          publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
        },
      ],
    });
    cleanup.push(() => emulator.close());
    setVariables({
      SALESFORCE_LOGIN_URL: emulator.origin,
      SALESFORCE_CLIENT_ID: clientId,
      SALESFORCE_USERNAME: 'kim.rep@acme.test',
      SALESFORCE_PRIVATE_KEY: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    });
    const ran = await bench.ask('connect', 'salesforce', '--objects', 'Account');
    assert.deepEqual([ran.code, ran.err], [0, '']);
    process.env.SALESFORCE_USERNAME = 'nobody@acme.test';
    const refused = await bench.ask('connect', 'salesforce', '--objects', 'Account');
    assert.match(refused.err, /invalid_grant\. See that the app may speak for this user/);
  });
});

describe('opportune connect and import with HubSpot', () => {
  it('propose a map, make the property for what is written back, and bring everything in, then what changed', async () => {
    const emulator = await emulateHubspot({ accounts: 8 });
    cleanup.push(() => emulator.close());
    setVariables({ HUBSPOT_URL: emulator.origin, HUBSPOT_TOKEN: emulator.oauth.privateToken });
    const proposed = await bench.ask('connect', 'hubspot', '--to', 'hs.yaml');
    assert.equal(proposed.code, 0, proposed.err);
    const check = ['connect', 'hubspot', '--check', 'hs.yaml', '--write-to', 'opportune_key'];
    const before = await bench.ask(...check);
    assert.equal(before.code, 1);
    assert.match(before.out, /Nothing can be written back: tasks\.opportune_key/);
    const prepared = await bench.ask(...check, '--prepare');
    assert.deepEqual([prepared.code, prepared.err], [0, ''], prepared.out);

    const args = ['import', 'hubspot', '--into', 'hs', '--map', 'hs.yaml', '--json'];
    const first = JSON.parse((await bench.ask(...args)).out);
    assert.ok(first.facts.added > 30, JSON.stringify(first.facts));
    const [id = ''] = emulator.portal.rows('companies').keys();
    const client = new Client({
      accessToken: emulator.oauth.privateToken,
      basePath: emulator.origin,
    });
    await client.crm.companies.basicApi.update(id, { properties: { name: 'Renamed' } });
    const second = await bench.ask('import', 'hubspot', '--into', 'hs', '--map', 'hs.yaml');
    assert.match(second.out, /\. 1 new, /, second.out);
  });
});
