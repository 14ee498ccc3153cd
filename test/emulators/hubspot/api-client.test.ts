import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AssociationTypes, Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/companies/index.js';
import { APP, type Emulator, emulateHubspot } from './emulate-hubspot.js';

const AT = Date.parse('2026-06-01T09:00:00Z');

async function signIn(emulator: Emulator): Promise<Client> {
  const client = new Client({ basePath: emulator.origin });
  const { clientId, clientSecret, redirectUri } = APP;
  const url = new URL(
    client.oauth.getAuthorizationUrl(clientId, redirectUri, 'oauth', undefined, 's1'),
  );
  // The client writes HubSpot's own host; a browser would be there.
  const response = await fetch(`${emulator.origin}${url.pathname}${url.search}`, {
    redirect: 'manual',
  });
  const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const token = await client.oauth.tokensApi.create(
    'authorization_code',
    code,
    redirectUri,
    clientId,
    clientSecret,
  );
  client.setAccessToken(token.accessToken);
  return client;
}

const refusal =
  (code: number, category: string) =>
  (error: unknown): boolean => {
    const { code: status, body } = error as { code: number; body: { category: string } };
    assert.deepEqual([status, body.category], [code, category]);
    return true;
  };

describe("HubSpot's own client, as it is published, against the emulator of HubSpot", () => {
  let emulator: Emulator;
  let client: Client;
  before(async () => {
    emulator = await emulateHubspot({
      accounts: 30,
      settings: { requestsInTenSeconds: 10_000, searchesASecond: 1_000 },
    });
    client = await signIn(emulator);
  });
  after(() => emulator.close());

  it('signs in with a code, renews, and tells what a token may do', async () => {
    const { clientId, clientSecret, redirectUri } = APP;
    const { tokensApi, accessTokensApi } = client.oauth;
    const code = async (value: string): Promise<unknown> =>
      tokensApi.create('authorization_code', value, redirectUri, clientId, clientSecret);
    await assert.rejects(code('stolen'));
    const renew = (token: string): ReturnType<typeof tokensApi.create> =>
      tokensApi.create('refresh_token', undefined, undefined, clientId, clientSecret, token);
    await assert.rejects(renew('stolen'));
    const renewed = await renew('RT-0002.emulated');
    assert.equal(renewed.expiresIn, 1_800);
    const told = await accessTokensApi.get(renewed.accessToken);
    assert.deepEqual([told.hubId, told.userId], [emulator.portal.id, 900]);
  });

  it('lists every record once, in pages, with what is asked for and null where there is nothing', async () => {
    const all = await client.crm.companies.getAll(7, undefined, [
      'name',
      'industry',
      'no_such_property',
    ]);
    assert.equal(all.length, 30);
    assert.equal(new Set(all.map(({ id }) => id)).size, 30);
    assert.ok(all.some(({ properties }) => properties.industry === null));
    assert.ok(all.every(({ properties }) => !('no_such_property' in properties)));
  });

  it('searches in order, refuses what lies behind the ten thousandth, and more than it takes', async () => {
    const search = client.crm.companies.searchApi;
    const filters = [
      { propertyName: 'hs_lastmodifieddate', operator: FilterOperatorEnum.Gte, value: '0' },
    ];
    const found = await search.doSearch({
      filterGroups: [{ filters }],
      sorts: ['hs_lastmodifieddate'],
      properties: ['name'],
      limit: 20,
    });
    assert.deepEqual(
      [found.total, found.results.length, found.paging?.next?.after],
      [30, 20, '20'],
    );
    const stamps = found.results.map(({ updatedAt }) => updatedAt.getTime());
    assert.deepEqual(
      stamps,
      stamps.toSorted((a, b) => a - b),
    );
    await assert.rejects(
      search.doSearch({ limit: 200, after: '9900' }),
      refusal(400, 'VALIDATION_ERROR'),
    );
    await assert.rejects(search.doSearch({ limit: 201 }), refusal(400, 'VALIDATION_ERROR'));
    await assert.rejects(search.doSearch({ sorts: ['nope'] }), refusal(400, 'VALIDATION_ERROR'));
  });

  it('finds no contact by the name that the stamp has everywhere else', async () => {
    const by = async (propertyName: string): Promise<number> => {
      const filters = [{ propertyName, operator: FilterOperatorEnum.Gte, value: '0' }];
      return (
        await client.crm.contacts.searchApi.doSearch({ filterGroups: [{ filters }] as never })
      ).total;
    };
    assert.equal(await by('hs_lastmodifieddate'), 0);
    assert.ok((await by('lastmodifieddate')) >= 30);
  });

  it('answers batches in part, and upserts by a unique property', async () => {
    const [first] = emulator.portal.rows('companies').keys();
    const read = await client.crm.companies.batchApi.read({
      inputs: [{ id: first ?? '' }, { id: '99' }],
      properties: ['name'],
      propertiesWithHistory: [],
    });
    assert.equal(read.results.length, 1);
    assert.equal('numErrors' in read && read.numErrors, 1);
    const upsert = {
      inputs: [{ idProperty: 'email', id: 'new@customer.test', properties: { firstname: 'New' } }],
    };
    const made = await client.crm.contacts.batchApi.upsert(upsert as never);
    const again = await client.crm.contacts.batchApi.upsert(upsert as never);
    assert.deepEqual([made.results[0]?._new, again.results[0]?._new], [true, false]);
    assert.equal(made.results[0]?.id, again.results[0]?.id);
  });

  it('refuses values that do not fit, and a unique one twice', async () => {
    const create = (properties: { [name: string]: string }): Promise<unknown> =>
      client.crm.contacts.basicApi.create({ properties, associations: [] });
    await assert.rejects(create({ nope: 'x' }), refusal(400, 'VALIDATION_ERROR'));
    await assert.rejects(create({ hs_email_optout: 'maybe' }), refusal(400, 'VALIDATION_ERROR'));
    await create({ email: 'twice@customer.test' });
    await assert.rejects(create({ email: 'twice@customer.test' }), refusal(409, 'CONFLICT'));
  });

  it('writes tasks with their associations, and reads these in pages', async () => {
    const [company = ''] = emulator.portal.rows('companies').keys();
    const types = [
      {
        associationCategory: 'HUBSPOT_DEFINED' as never,
        associationTypeId: AssociationTypes.taskToCompany,
      },
    ];
    const task = await client.crm.objects.tasks.basicApi.create({
      properties: {
        hs_timestamp: new Date(AT).toISOString(),
        hs_task_subject: 'Call',
        hs_task_status: 'COMPLETED',
        hs_task_type: 'CALL',
      },
      associations: [{ to: { id: company }, types }],
    });
    const led = await client.crm.associations.v4.basicApi.getPage(
      'tasks',
      task.id,
      'companies',
      undefined,
      500,
    );
    assert.deepEqual(
      led.results.map(({ toObjectId }) => String(toObjectId)),
      [company],
    );
    const [alone = ''] = [...emulator.portal.rows('contacts').values()]
      .filter(({ properties }) => properties.associatedcompanyid === null)
      .map(({ id }) => id);
    const many = await client.crm.associations.v4.batchApi.getPage('contacts', 'companies', {
      inputs: [{ id: alone }],
    });
    assert.equal(many.results.length, 0);
    await assert.rejects(
      client.crm.objects.tasks.basicApi.create({
        properties: { hs_task_subject: 'x' },
        associations: [],
      }),
      refusal(400, 'VALIDATION_ERROR'),
    );
  });

  it('archives, merges and erases, and shows what is left', async () => {
    const [one = '', two = '', three = ''] = [...emulator.portal.rows('contacts').keys()].slice(8);
    await client.crm.contacts.basicApi.archive(one);
    await assert.rejects(
      client.crm.contacts.basicApi.getById(one),
      refusal(404, 'OBJECT_NOT_FOUND'),
    );
    const archived = await client.crm.contacts.basicApi.getPage(
      100,
      undefined,
      ['email'],
      undefined,
      undefined,
      true,
    );
    assert.deepEqual(
      archived.results.map(({ id }) => id),
      [one],
    );
    await client.apiRequest({
      method: 'POST',
      path: '/crm/v3/objects/contacts/merge',
      body: { primaryObjectId: two, objectIdToMerge: three },
    });
    const survivor = await client.crm.contacts.basicApi.getById(three, ['hs_merged_object_ids']);
    assert.deepEqual([survivor.id, survivor.properties.hs_merged_object_ids], [two, three]);
  });

  it('counts what a deal holds in a property of it, with the history of that, and prices line items', async () => {
    const properties = { dealname: 'Pumps', dealstage: '98117' };
    const deal = await client.crm.deals.basicApi.create({ properties, associations: [] });
    const types = [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: 20 }];
    const item = await client.crm.lineItems.basicApi.create({
      properties: { name: 'Pump P1', quantity: '3', price: '10.5' },
      associations: [{ to: { id: deal.id }, types }],
    });
    const { amount } = (await client.crm.lineItems.basicApi.getById(item.id, ['amount']))
      .properties;
    assert.equal(amount, '31.5');
    const name = 'hs_num_of_associated_line_items';
    const look = async () =>
      (
        await client.crm.deals.batchApi.read({
          ...{ inputs: [{ id: deal.id }], properties: [name], propertiesWithHistory: [name] },
        })
      ).results[0];
    assert.equal((await look())?.properties[name], '1');
    await assert.rejects(
      client.crm.lineItems.basicApi.update(item.id, { properties: { amount: '1' } }),
      refusal(400, 'VALIDATION_ERROR'),
    );
    await client.crm.lineItems.basicApi.archive(item.id);
    const emptied = await look();
    assert.equal(emptied?.properties[name], '0');
    assert.deepEqual(
      emptied?.propertiesWithHistory?.[name]?.map(({ value }) => value),
      ['0', '1'],
    );
  });

  it('tells what currencies are worth in pages, takes new and corrected rates, and refuses what is none', async () => {
    const ask = async (method: string, path: string, body?: unknown) => {
      const response = await client.apiRequest({
        ...{ method, path: `/settings/v3/currencies/exchange-rates${path}` },
        ...(body === undefined ? {} : { body }),
      });
      return { status: response.status, body: (await response.json()) as never };
    };
    type Page = { results: { id: string; conversionRate: number }[]; paging?: unknown };
    const first = (await ask('GET', '?limit=1')).body as Page;
    assert.ok(first.results.length === 1 && first.paging !== undefined);
    const rate = { fromCurrencyCode: 'USD', conversionRate: 0.8 };
    assert.equal((await ask('POST', '', rate)).status, 200);
    const all = (await ask('GET', '?limit=100')).body as Page;
    assert.equal(all.results.at(-1)?.conversionRate, 0.8);
    const now = (await ask('GET', '/current')).body as Page;
    assert.deepEqual(
      now.results.map(({ conversionRate }) => conversionRate).sort(),
      [0.00625, 0.8],
    );
    const { id = '' } = all.results.at(-1) ?? {};
    assert.equal((await ask('PATCH', `/${id}`, { conversionRate: 0.7 })).status, 200);
    assert.equal((await ask('PATCH', `/${id}`, { conversionRate: -1 })).status, 400);
    emulator.settings.mayReadRates = false;
    assert.equal((await ask('GET', '')).status, 403);
    emulator.settings.mayReadRates = true;
  });

  it('tells properties, stages, owners and schemas', async () => {
    const { results } = await client.crm.properties.coreApi.getAll('deals', false);
    assert.ok(
      results
        .find(({ name }) => name === 'dealstage')
        ?.options.some(({ value }) => value === '98117'),
    );
    const pipelines = await client.crm.pipelines.pipelinesApi.getAll('deals');
    assert.deepEqual(pipelines.results[0]?.stages.find(({ id }) => id === 'closedwon')?.metadata, {
      isClosed: 'true',
      probability: '1.0',
    });
    const owners = await client.crm.owners.ownersApi.getPage(undefined, undefined, 100, false);
    assert.equal(owners.results.length, 5);
    assert.equal((await client.crm.schemas.coreApi.getAll()).results[0]?.objectTypeId, '2-1001');
  });
});
