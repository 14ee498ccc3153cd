import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { verifyHubspot } from '../../gateway/identity/hubspot.js';
import { isRefused } from '../../gateway/identity/identity.js';
import { stableJson } from '../../src/core/stable-json.js';
import type { Hint } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import { collect, factsOf, positionOf } from '../connector-case.js';
import { withBench } from './hubspot-bench.js';
import { createHubspotInbox } from './hubspot-connector.js';

const PORTAL = 62_515;
let events = 0;
const event = (more: { readonly [name: string]: unknown }): object => ({
  eventId: ++events,
  subscriptionId: 3,
  portalId: PORTAL,
  appId: 1,
  occurredAt: 1_780_000_000_000,
  attemptNumber: 0,
  ...more,
});
const changed = (objectId: number): object =>
  event({
    subscriptionType: 'company.propertyChange',
    objectId,
    propertyName: 'name',
    propertyValue: 'x',
  });

describe('webhooks of HubSpot', () => {
  it('checked by the gateway and taken in, out of order and repeatedly, leave the same facts as a whole pull', () =>
    withBench({ accounts: 15 }, async (bench) => {
      const { emulator, inbox, timing } = bench;
      const { portal } = emulator;
      const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
      let publicUrl = '';
      let refused = 0;
      const server = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks);
        const signIn = {
          how: 'hubspot',
          connection: 'crm',
          portal: PORTAL,
          secret,
          roles: [],
        } as const;
        const { method = '', url: target = '', headers } = request;
        const signed = verifyHubspot(
          { method, target, headers, body },
          publicUrl,
          [{ tenant: 't', signIn }],
          timing,
        );
        if (isRefused(signed)) {
          refused++;
          response.writeHead(401).end();
          return;
        }
        inbox.accept(body.toString());
        response.writeHead(204).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const webhooks = emulator.notify({ url: `${publicUrl}/hubspot?of=crm`, secret });
        const stranger = emulator.notify({ url: `${publicUrl}/hubspot?of=crm`, secret: 'another' });
        const position = positionOf(await collect(bench.open().pull()));
        bench.pass(10 * 60_000);
        const companies = [...portal.rows('companies').keys()];
        const [contact = '', other = ''] = portal.rows('contacts').keys();
        // The index knows of nothing: all that is told comes from the webhooks.
        emulator.settings.indexLagMs = 3_600_000;
        for (let turn = 0; turn < 12; turn++)
          for (const company of companies)
            portal.update('companies', company, { name: `Name ${turn}` });
        portal.link('contacts', contact, 'companies', companies[7] ?? '', true);
        portal.merge('contacts', contact, other);
        const sent = await webhooks.deliver();
        assert.ok(sent.sent > 190 && sent.refused === 0, stableJson(sent));
        await stranger.deliver();
        assert.ok(refused > 0);
        const { changesSince } = bench.open();
        assert.ok(changesSince);
        const told = factsOf(await collect(changesSince(position)));
        const now = factsOf(await collect(bench.open().pull()));
        const latest = (facts: readonly Fact[], id: string): unknown =>
          facts.findLast(({ type, about }) => type === 'record-changed' && about[0] === id)?.data;
        for (const company of companies) {
          assert.equal(
            Object(latest(told, `crm:account:${company}`) as object).values.name,
            'Name 11',
          );
          assert.deepEqual(
            latest(told, `crm:account:${company}`),
            latest(now, `crm:account:${company}`),
          );
        }
        assert.deepEqual(
          told.filter(({ type }) => type === 'merged').map(({ data }) => data.into),
          [`crm:contact:${contact}`],
        );
      } finally {
        server.close();
        server.closeAllConnections();
      }
    }));

  it('are each taken in once, whichever way they come again', () => {
    const inbox = createHubspotInbox(PORTAL);
    const [one, two] = [changed(1), changed(2)];
    assert.equal(inbox.accept(JSON.stringify([two, one, two])), 2);
    assert.equal(inbox.accept(JSON.stringify([{ ...one, attemptNumber: 3 }])), 0);
    assert.equal(inbox.accept(JSON.stringify([{ ...one, occurredAt: 1_780_000_000_001 }])), 1);
    assert.deepEqual(
      inbox.waiting('companies').map(({ id }) => id),
      ['2', '1'],
    );
  });

  it('name the records that are to be read, whatever the subscription', () => {
    const waitingAfter = (more: {
      readonly [name: string]: unknown;
    }): { readonly [object: string]: unknown } => {
      const inbox = createHubspotInbox(PORTAL);
      inbox.accept(JSON.stringify([event(more)]));
      const names = ['companies', 'contacts', 'deals', 'tasks', '2-1001'];
      return Object.fromEntries(
        names.flatMap((name) => {
          const ids = inbox.waiting(name).map(({ id }) => id);
          return ids.length > 0 ? [[name, ids]] : [];
        }),
      );
    };
    const object = (objectTypeId: string): object =>
      waitingAfter({ subscriptionType: 'object.creation', objectTypeId, objectId: 5 });
    assert.deepEqual(object('0-27'), { tasks: ['5'] });
    assert.deepEqual(object('2-1001'), { '2-1001': ['5'] });
    assert.deepEqual(object('0-9999'), {});
    assert.deepEqual(waitingAfter({ subscriptionType: 'deal.restore', objectId: 6 }), {
      deals: ['6'],
    });
    assert.deepEqual(waitingAfter({ subscriptionType: 'conversation.creation', objectId: 6 }), {});
    assert.deepEqual(
      waitingAfter({
        subscriptionType: 'contact.associationChange',
        associationType: 'CONTACT_TO_COMPANY',
        fromObjectId: 1,
        toObjectId: 2,
      }),
      { contacts: ['1'], companies: ['2'] },
    );
    assert.deepEqual(
      waitingAfter({
        subscriptionType: 'company.merge',
        primaryObjectId: 1,
        mergedObjectIds: [2],
        newObjectId: 3,
      }),
      { companies: ['3'] },
    );
  });

  it('of another account, or that are none, are refused', () => {
    const inbox = createHubspotInbox(PORTAL);
    const foreign = { ...changed(1), portalId: 1 };
    const vague = { ...changed(1), occurredAt: 'now' };
    for (const body of [
      '',
      '{}',
      'null',
      '[null]',
      '[7]',
      JSON.stringify([changed(1), foreign]),
      JSON.stringify([vague]),
    ])
      assert.throws(() => inbox.accept(body), { code: 'opportune/webhook' }, body);
    assert.deepEqual(inbox.waiting('companies'), []);
    inbox.accept(
      JSON.stringify([event({ subscriptionType: 'company.creation', objectId: '../owners' })]),
    );
    assert.deepEqual(inbox.waiting('companies'), []);
  });

  it('keep what came while they were read', () => {
    const inbox = createHubspotInbox(PORTAL);
    inbox.accept(JSON.stringify([changed(1), changed(2)]));
    const read = inbox.waiting('companies');
    inbox.accept(JSON.stringify([changed(2)]));
    inbox.done('companies', read);
    assert.deepEqual(
      inbox.waiting('companies').map(({ id }) => id),
      ['2'],
    );
  });

  it('hint at each kind of object, and a reader who leaves early loses nothing', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const { inbox, emulator } = bench;
      const controller = new AbortController();
      const hints: Hint[] = [];
      const listening = (async () => {
        for await (const hint of inbox.hints(controller.signal)) {
          hints.push(hint);
          if (hints.length === 2) controller.abort(new Error('enough'));
        }
      })();
      const rejected = assert.rejects(listening, /enough/);
      await new Promise((resolve) => setImmediate(resolve));
      const [company = ''] = emulator.portal.rows('companies').keys();
      const contact = event({ subscriptionType: 'contact.creation', objectId: 1 });
      inbox.accept(JSON.stringify([changed(Number(company)), contact, changed(Number(company))]));
      await rejected;
      assert.deepEqual(hints, [{ object: 'companies' }, { object: 'contacts' }]);

      const position = positionOf(await collect(bench.open().pull()));
      inbox.accept(JSON.stringify([changed(Number(company))]));
      const { changesSince } = bench.open();
      assert.ok(changesSince);
      for await (const each of changesSince(position)) if (each.type === 'tally') break;
      assert.ok(inbox.waiting('companies').length > 0);
      await collect(changesSince(position));
      assert.deepEqual(inbox.waiting('companies'), []);
    }));
});
