import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stableJson } from '../../src/core/stable-json.js';
import type { Fact } from '../../src/domain/fact.js';
import { FAULTS } from '../../test/emulators/hubspot/faults.js';
import { collect, factsOf, positionOf } from '../connector-case.js';
import type { RequestEvent } from '../requests/create-requests.js';
import { type Bench, doneOn, KEY, withBench } from './hubspot-bench.js';
import { createHubspotRequests } from './hubspot-connector.js';

const inOrder = (facts: readonly Fact[]): string =>
  stableJson(facts.toSorted((a, b) => (a.id < b.id ? -1 : 1)));

const factsNow = async (bench: Bench): Promise<readonly Fact[]> =>
  factsOf(await collect(bench.open().pull()));

describe('requests to HubSpot that fail', () => {
  it('2 and 15 in 100 of any kind leave the very same facts as none', () =>
    withBench({ accounts: 25, settings: { associationPage: 2 } }, async (bench) => {
      const { portal, faults } = bench.emulator;
      const clean = await collect(bench.open().pull());
      bench.pass(3_600_000);
      const [one = '', two = '', ...more] = portal.rows('companies').keys();
      for (const company of more.slice(0, 5))
        portal.update('companies', company, { name: 'Renamed' });
      portal.merge('companies', one, two);
      portal.archive('contacts', [...portal.rows('contacts').keys()].at(-1) ?? '');
      const read = async (): Promise<string> => {
        const { changesSince } = bench.open();
        assert.ok(changesSince);
        const changes = await collect(changesSince(positionOf(clean)));
        return inOrder([...(await factsNow(bench)), ...factsOf(changes)]);
      };
      const calm = await read();
      assert.match(calm, /"merged"/);
      assert.match(calm, /"record-deleted"/);
      for (const rate of [0.02, 0.15]) {
        const met = faults.count();
        faults.atRate(rate);
        while (faults.count() < met + 5) assert.equal(await read(), calm);
        faults.atRate(0);
      }
    }));

  for (const fault of FAULTS)
    it(`"${fault}" at every third request still gives everything`, () =>
      withBench({ accounts: 6 }, async (bench) => {
        const clean = await factsNow(bench);
        bench.emulator.faults.atRate(0.33, [fault]);
        const facts = await factsNow(bench);
        assert.ok(bench.emulator.faults.count() > 3);
        assert.equal(stableJson(facts), stableJson(clean));
      }));

  it('write a response once when the answer is lost, a page comes in its place, or HubSpot has had enough', () =>
    withBench({ accounts: 5 }, async (bench) => {
      const { portal, faults } = bench.emulator;
      const before = portal.rows('tasks').size;
      const kinds = [
        'lost',
        'html',
        'reset',
        'unavailable',
        'bad-gateway',
        'too-many',
        'cut',
      ] as const;
      for (const [index, fault] of kinds.entries()) {
        faults.order(fault, /^POST .*\/objects\/tasks$/, 2);
        const pushed = await bench.open().push?.(doneOn(bench, `r/${fault}`), { title: 'Call' });
        assert.equal(pushed?.status, 'written');
        const keys = [...portal.rows('tasks').values()].map(({ properties }) => properties[KEY]);
        assert.equal(keys.filter((key) => key === `r/${fault}`).length, 1);
        assert.equal(portal.rows('tasks').size, before + index + 1);
      }
    }));

  it('are given up with the reason when only pages come, and no body of theirs is told', () =>
    withBench({ accounts: 2 }, async (bench) => {
      bench.emulator.faults.order('html', /\/objects\/companies/, 100);
      await assert.rejects(factsNow(bench), {
        code: 'opportune/crm-unavailable',
        message:
          /a page came in place of data, as when the CRM is under maintenance, at the last of 6 attempts/,
      });
    }));

  it('are given up when an answer holds no results: it is no empty list', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const empty: typeof fetch = async (input, init) => {
        const isList = new URL(String(input)).pathname === '/crm/v3/objects/companies';
        return isList ? Response.json({}) : fetch(input, init);
      };
      const requests = createHubspotRequests({ ...bench.timing, fetch: empty });
      await assert.rejects(collect(bench.open({ requests }).pull()), {
        code: 'opportune/crm-unavailable',
        message: /holds no results/,
      });
    }));

  for (const place of [
    '/crm/v4/associations/contacts/companies/batch/read',
    '/crm/v3/objects/companies/batch/read',
  ])
    it(`are given up when a batch worked in part for another reason than that something is missing: ${place.split('/')[3]}`, () =>
      withBench({ accounts: 4 }, async (bench) => {
        const position = positionOf(await collect(bench.open().pull()));
        const { portal, inbox } = { ...bench, ...bench.emulator };
        const [company = ''] = portal.rows('companies').keys();
        const [contact = ''] = portal.rows('contacts').keys();
        portal.update('contacts', contact, { jobtitle: 'CEO' });
        inbox.accept(
          JSON.stringify([
            {
              eventId: 1,
              subscriptionId: 1,
              occurredAt: 1,
              portalId: portal.id,
              subscriptionType: 'company.creation',
              objectId: Number(company),
            },
          ]),
        );
        const partly: typeof fetch = async (input, init) => {
          const response = await fetch(input, init);
          if (new URL(String(input)).pathname !== place) return response;
          const body = (await response.json()) as object;
          const errors = [
            { status: 'error', category: 'INTERNAL_ERROR', message: 'a shard is away' },
          ];
          return Response.json({ ...body, numErrors: 1, errors }, { status: 207 });
        };
        const requests = createHubspotRequests({ ...bench.timing, fetch: partly });
        const { changesSince } = bench.open({ requests });
        assert.ok(changesSince);
        await assert.rejects(collect(changesSince(position)), {
          code: 'opportune/crm-unavailable',
          message: /INTERNAL_ERROR/,
        });
      }));
});

describe('the limits of HubSpot', () => {
  it('are kept: a load of many requests is refused none, searches included', () =>
    withBench({ accounts: 250, settings: { associationPage: 1 } }, async (bench) => {
      const { emulator } = bench;
      const position = positionOf(await collect(bench.open().pull()));
      const connectors = Array.from({ length: 4 }, () => bench.open());
      await Promise.all(
        connectors.map(({ changesSince }) => changesSince && collect(changesSince(position))),
      );
      assert.ok(emulator.log.length > 150, String(emulator.log.length));
      assert.deepEqual(
        emulator.log.filter(({ status }) => status === 429),
        [],
      );
    }));

  it('are waited out as long as each lasts, for all who ask: ten seconds, or one', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const { faults } = bench.emulator;
      const waitOf = async (fault: 'too-many' | 'secondly'): Promise<number> => {
        const waits: number[] = [];
        const observe = (event: RequestEvent): void => {
          if (event.type === 'waiting') waits.push(event.ms);
        };
        faults.order(fault, /\/owners/);
        const requests = createHubspotRequests({ ...bench.timing, fetch, observe });
        await collect(bench.open({ requests }).pull());
        assert.equal(waits.length, 1);
        return waits[0] ?? 0;
      };
      const [long, short] = [await waitOf('too-many'), await waitOf('secondly')];
      assert.ok(long >= 10_000 && long <= 11_000, String(long));
      assert.ok(short >= 1_000 && short <= 2_000, String(short));
    }));

  it('of the day end the work at once, and say to come back', () =>
    withBench({ accounts: 2, settings: { requestsADay: 12 } }, async (bench) => {
      const before = bench.emulator.log.length;
      const requests = createHubspotRequests({ ...bench.timing, fetch, leave: 0 });
      await assert.rejects(collect(bench.open({ requests }).pull()), {
        code: 'opportune/crm-busy',
      });
      assert.equal(
        bench.emulator.log.slice(before).filter(({ status }) => status === 429).length,
        0,
      );
      // Of an app that is not told what is left.
      const silent: typeof fetch = async (input, init) => {
        const response = await fetch(input, init);
        const headers = new Headers(response.headers);
        headers.delete('x-hubspot-ratelimit-daily');
        return new Response(response.body, { status: response.status, headers });
      };
      const deaf = createHubspotRequests({ ...bench.timing, fetch: silent });
      await assert.rejects(collect(bench.open({ requests: deaf }).pull()), {
        code: 'opportune/crm-busy',
      });
      assert.ok(bench.emulator.log.filter(({ status }) => status === 429).length <= 1);
    }));

  it("leave the customer's other integrations a fifth of the day", () =>
    withBench({ accounts: 2, settings: { requestsADay: 60 } }, async (bench) => {
      await assert.rejects(
        (async () => {
          for (;;) await collect(bench.open().pull());
        })(),
        { code: 'opportune/crm-busy', message: /the rest is left to other integrations/ },
      );
      assert.ok(bench.emulator.log.length <= 60 * 0.8 + 8, String(bench.emulator.log.length));
    }));
});

describe('lists and searches of HubSpot', () => {
  const read = async (bench: Bench, position: string): Promise<readonly Fact[]> => {
    const { changesSince } = bench.open();
    assert.ok(changesSince);
    return factsOf(await collect(changesSince(position)));
  };
  const COMPANIES =
    'connection: crm\nobjects:\n  companies:\n    facts:\n      - record: account\n        set: { name: name }\n';

  it('tell everything where more changed than a search gives, and where very much has one stamp', () =>
    withBench({ accounts: 2, settings: { searchCap: 400 } }, async (bench) => {
      const { portal } = bench.emulator;
      const open = (): ReturnType<Bench['open']> => bench.open({ map: COMPANIES });
      const position = positionOf(await collect(open().pull()));
      bench.pass(10 * 60_000);
      const made = new Set<string>();
      const make = (count: number, apart: number): void => {
        for (let turn = 0; turn < count; turn++) {
          made.add(`crm:account:${portal.create('companies', { name: `New ${turn}` }).id}`);
          bench.pass(apart);
        }
      };
      make(450, 3);
      make(650, 0);
      bench.pass(1_000);
      make(250, 1);
      const { changesSince } = open();
      assert.ok(changesSince);
      const changes = await collect(changesSince(position));
      const told = new Set(factsOf(changes).map(({ about }) => about[0] ?? ''));
      for (const id of made) assert.ok(told.has(id), id);
    }));

  it('miss nothing when a record changes between two pages and all behind it move up', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const { portal } = bench.emulator;
      const position = positionOf(await collect(bench.open({ map: COMPANIES }).pull()));
      bench.pass(10 * 60_000);
      const ids = Array.from({ length: 420 }, (_, turn) => {
        bench.pass(2);
        return portal.create('companies', { name: `New ${turn}` }).id;
      });
      let moved = 0;
      const moving: typeof fetch = async (input, init) => {
        const response = await fetch(input, init);
        if (String(input).endsWith('/search') && moved++ < 2) {
          bench.pass(5);
          for (const id of ids.slice(moved * 3, moved * 3 + 3))
            portal.update('companies', id, { name: 'Moved' });
        }
        return response;
      };
      const requests = createHubspotRequests({ ...bench.timing, fetch: moving });
      const { changesSince } = bench.open({ map: COMPANIES, requests });
      assert.ok(changesSince);
      const told = new Set(
        factsOf(await collect(changesSince(position))).map(({ about }) => about[0]),
      );
      for (const id of ids) assert.ok(told.has(`crm:account:${id}`), id);
    }));

  it('hold addresses that are short, however many properties a map reads', () =>
    withBench({ accounts: 120 }, async (bench) => {
      const { portal, log } = bench.emulator;
      const names = Array.from(
        { length: 200 },
        (_, index) => `a_property_with_a_rather_long_name_${index}`,
      );
      portal.alter('companies', (all) => [
        ...all,
        ...names.map((name) => ({ name, label: name, type: 'string', fieldType: 'text' })),
      ]);
      const [company = ''] = portal.rows('companies').keys();
      portal.update('companies', company, { [names[199] ?? '']: 'the last' });
      const map = `${COMPANIES.replace('{ name: name }', `{ name: name, ${names.map((name, index) => `a${index}: ${name}`).join(', ')} }`)}`;
      const pulled = await collect(bench.open({ map }).pull());
      const facts = factsOf(pulled);
      assert.equal(facts.length, 120);
      assert.ok(facts.some(({ data }) => Object(data.values).a199 === 'the last'));
      bench.pass(3_600_000);
      portal.archive('companies', company);
      const { changesSince } = bench.open({ map });
      assert.ok(changesSince);
      const changes = factsOf(await collect(changesSince(positionOf(pulled))));
      assert.deepEqual(
        changes.map(({ type }) => type),
        ['record-deleted'],
      );
      assert.ok(log.every(({ url }) => url.length < 7_000));
    }));

  it('refuse a position from so long ago that deletions since then are told no more', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const position = positionOf(await collect(bench.open().pull()));
      bench.pass(90 * 86_400_000);
      await assert.rejects(read(bench, position), { code: 'opportune/position' });
    }));
});
