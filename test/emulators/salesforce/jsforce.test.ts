import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Connection, OAuth2 } from 'jsforce';
import { APP, type Emulator, emulateSalesforce } from './emulate-salesforce.js';

const VERSION = '62.0';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const JWT_APP = {
  clientId: '3MVG9.jwt',
  redirectUri: 'http://localhost/callback',
  publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
};

function assertion(aud: string, sub: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1_000) + 120;
  const text = `${part({ alg: 'RS256' })}.${part({ iss: JWT_APP.clientId, sub, aud, exp })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(keys.privateKey).toString('base64url')}`;
}

/** The web server flow, as a browser goes through it. */
async function signIn(emulator: Emulator): Promise<Connection> {
  const oauth2 = new OAuth2({ loginUrl: emulator.origin, ...APP, useVerifier: true });
  const url = oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 's1' });
  const response = await fetch(url, { redirect: 'manual' });
  const to = new URL(response.headers.get('location') ?? '');
  assert.equal(to.searchParams.get('state'), 's1');
  const connection = new Connection({ oauth2, version: VERSION });
  await connection.authorize(to.searchParams.get('code') ?? '');
  return connection;
}

describe('jsforce, as it is published, against the emulator of Salesforce', () => {
  let emulator: Emulator;
  let connection: Connection;
  before(async () => {
    emulator = await emulateSalesforce({ accounts: 30, apps: [APP, JWT_APP] });
    connection = await signIn(emulator);
  });
  after(() => emulator.close());

  it('signs in with PKCE, says who it is and what is left of the day', async () => {
    const identity = await connection.identity();
    assert.equal(identity.user_id, emulator.user);
    const limits = await connection.limits();
    assert.ok((limits.DailyApiRequests?.Remaining ?? 0) > 0);
    assert.ok((connection.limitInfo.apiUsage?.used ?? 0) > 0);
  });

  it('signs in with a JWT, and is refused for a wrong audience', async () => {
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const jwt = new Connection({ loginUrl: emulator.origin, version: VERSION });
    const sub = 'ada.admin@acme.test';
    await jwt.authorize({ grant_type, assertion: assertion('https://login.salesforce.com', sub) });
    assert.equal((await jwt.identity()).username, sub);
    await assert.rejects(
      jwt.authorize({ grant_type, assertion: assertion('https://evil.test', sub) }),
      { name: 'invalid_grant' },
    );
  });

  it('renews an ended token once for many requests, and a refresh token that rotates stays good', async () => {
    emulator.settings.rotates = true;
    const given = emulator.oauth.given();
    emulator.oauth.expire();
    await Promise.all(Array.from({ length: 5 }, () => connection.query('SELECT Id FROM User')));
    assert.equal(emulator.oauth.given() - given, 1);
    emulator.settings.rotates = false;
  });

  it('queries with conditions, lookups, order and pages', async () => {
    const { records, totalSize, done } = await connection.query(
      "SELECT Id, Name, Owner.Name FROM Account WHERE Industry != null AND (NOT Name LIKE 'North%') ORDER BY Name DESC LIMIT 10",
    );
    assert.equal(done, true);
    assert.equal(totalSize, records.length);
    const names = records.map(({ Name }) => String(Name));
    assert.deepEqual(names, names.toSorted().reverse());
    assert.ok(names.every((name) => !name.startsWith('North')));
    assert.match(String(records[0]?.Owner.Name), / Rep$/);
    const first = await connection.query('SELECT Id FROM Contact', {
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    });
    assert.equal(first.records.length, Math.min(200, first.totalSize));
  });

  it('refuses what it does not understand, with the codes of Salesforce', async () => {
    const refused = (soql: string, name: string): Promise<void> =>
      assert.rejects(async () => connection.query(soql), { name });
    await refused('SELECT Id FROM Account WHERE', 'MALFORMED_QUERY');
    await refused("SELECT Id FROM Account WHERE Name = 'x", 'MALFORMED_QUERY');
    await refused('SELECT Id, Nope__c FROM Account', 'INVALID_FIELD');
    await refused('SELECT Id FROM Nope__c', 'INVALID_TYPE');
    await refused("SELECT Id FROM Account WHERE AnnualRevenue = 'many'", 'INVALID_FIELD');
  });

  it('makes, changes, upserts and deletes, one by one and in collections, with partial success', async () => {
    const account = await connection.sobject('Account').create({ Name: "O'Brien & Söhne" });
    assert.ok(account.success);
    const results = await connection
      .sobject('Contact')
      .create([{ LastName: 'Good', AccountId: account.id }, { FirstName: 'No name' }]);
    assert.deepEqual(
      results.map(({ success }) => success),
      [true, false],
    );
    const key = 'a/b c';
    const task = { OpportuneKey__c: encodeURIComponent(key), WhatId: account.id, Subject: 'x' };
    const first = await connection.sobject('Task').upsert(task, 'OpportuneKey__c');
    const second = await connection.sobject('Task').upsert(task, 'OpportuneKey__c');
    assert.deepEqual(
      [first.id, second.id].map((id) => id !== undefined),
      [true, true],
    );
    assert.equal(first.id, second.id);
    await connection.sobject('Account').destroy(account.id ?? '');
    const { records } = await connection.query(
      `SELECT Id, IsDeleted FROM Account WHERE Id = '${account.id}'`,
      { scanAll: true },
    );
    assert.equal(records[0]?.IsDeleted, true);
  });

  it('describes objects, and without the fields that the user may not read', async () => {
    const { sobjects } = await connection.describeGlobal();
    assert.ok(sobjects.some(({ name }) => name === 'Opportunity'));
    emulator.hide('Account.LegacyCode__c');
    const { fields } = await connection.describe('Account');
    assert.ok(!fields.some(({ name }) => name === 'LegacyCode__c'));
    const industry = fields.find(({ name }) => name === 'Industry');
    assert.ok(industry?.picklistValues?.some(({ active, value }) => !active && value === 'Mining'));
  });

  it('keeps the amount of an opportunity by its line items, which are priced, and go with it', async () => {
    const one = async (soql: string): Promise<{ readonly [field: string]: unknown }> =>
      (await connection.query(soql)).records[0] ?? {};
    const entry = await one(
      "SELECT Id, UnitPrice FROM PricebookEntry WHERE Pricebook2.IsStandard = true AND CurrencyIsoCode = 'USD' ORDER BY Id",
    );
    const made = await connection.sobject('Opportunity').create({
      ...{ Name: 'Pumps', StageName: 'Proposal', CloseDate: '2026-06-01', CurrencyIsoCode: 'USD' },
    });
    const deal = made.id ?? '';
    const look = () =>
      one(`SELECT Amount, HasOpportunityLineItem FROM Opportunity WHERE Id = '${deal}'`);
    const items = connection.sobject('OpportunityLineItem');
    const item = { OpportunityId: deal, PricebookEntryId: String(entry.Id), Quantity: 2 };
    const first = await items.create(item);
    await items.create({ ...item, UnitPrice: 10 });
    const { Amount, HasOpportunityLineItem } = await look();
    assert.deepEqual([Amount, HasOpportunityLineItem], [2 * Number(entry.UnitPrice) + 20, true]);
    await items.destroy(first.id ?? '');
    assert.equal((await look()).Amount, 20);
    await assert.rejects(items.create({ ...item, Product2Id: 'x' }), {
      name: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    });
    await assert.rejects(items.create({ OpportunityId: deal, Quantity: 1 }), {
      name: 'REQUIRED_FIELD_MISSING',
    });
    await connection.sobject('Opportunity').destroy(deal);
    const left = await connection.query(
      `SELECT Id FROM OpportunityLineItem WHERE OpportunityId = '${deal}'`,
    );
    assert.equal(left.totalSize, 0);
  });

  it('tells of an ended assignment of an account for twelve hours, and of one of a user not at all', async () => {
    let at = Date.parse('2026-06-01T08:00:00Z');
    const short = await emulateSalesforce({ accounts: 4, now: () => at });
    try {
      const jsforce = await signIn(short);
      const count = async (object: string): Promise<number> =>
        (await jsforce.query(`SELECT Id FROM ${object}`, { scanAll: true })).totalSize;
      for (const [object, kept] of [
        ['ObjectTerritory2Association', 1],
        ['UserTerritory2Association', 0],
      ] as const) {
        const before = await count(object);
        const [id = ''] = short.org.rows(object).keys();
        await jsforce.sobject(object).destroy(id);
        assert.equal(await count(object), before - 1 + kept);
        at += 13 * 3_600_000;
        short.oauth.expire();
        const later = await signIn(short);
        const { totalSize } = await later.query(`SELECT Id FROM ${object}`, { scanAll: true });
        assert.equal(totalSize, before - 1);
        Object.assign(jsforce, { accessToken: later.accessToken });
      }
    } finally {
      await short.close();
    }
  });

  it('knows no territories where the company has none, and no bulk query in an order', async () => {
    const without = await emulateSalesforce({ accounts: 1, settings: { territories: false } });
    try {
      const jsforce = await signIn(without);
      await assert.rejects(jsforce.describe('Territory2'), { name: 'INVALID_TYPE' });
      await assert.rejects(
        jsforce.requestPost(`/services/data/v${VERSION}/jobs/query`, {
          operation: 'query',
          query: 'SELECT Id FROM Account ORDER BY Id',
        }),
        /not supported in Bulk Query/,
      );
    } finally {
      await without.close();
    }
  });

  it('loads in bulk and takes in CSV, rows that fail told apart', async () => {
    const stream = await connection.bulk2.query('SELECT Id, Name FROM Account', {
      pollInterval: 5,
      pollTimeout: 5_000,
    });
    const rows: unknown[] = [];
    stream.on('record', (row: unknown) => rows.push(row));
    await new Promise((resolve, reject) => stream.on('end', resolve).on('error', reject));
    const { totalSize } = await connection.query('SELECT Id FROM Account');
    assert.equal(rows.length, totalSize);
    connection.bulk2.pollInterval = 5;
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Contact',
      operation: 'insert',
      input: [{ LastName: 'Bulk "quoted", one' }, { FirstName: 'No name' }],
    });
    assert.equal(results.successfulResults.length, 1);
    assert.match(String(results.failedResults[0]?.sf__Error), /^REQUIRED_FIELD_MISSING/);
  });

  it('hears of changes over CometD, from the first that is kept', async () => {
    const client = connection.streaming.createClient([]);
    const heard = new Promise<{ payload: { ChangeEventHeader: { recordIds: string[] } } }>(
      (resolve) => client.subscribe('/data/ContactChangeEvent', resolve as never),
    );
    const contact = emulator.org.rows('Contact').keys().next().value ?? '';
    for (let done = false; !done; ) {
      emulator.org.update('Contact', contact, { Title: 'Buyer' });
      done = await Promise.race([
        heard.then(() => true),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 50)),
      ]);
    }
    assert.deepEqual((await heard).payload.ChangeEventHeader.recordIds, [contact]);
    // Its types leave it out; without it the client asks for ever.
    await (client as unknown as { disconnect(): PromiseLike<void> }).disconnect();
  });
});
