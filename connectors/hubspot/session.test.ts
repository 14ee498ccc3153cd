import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Client } from '@hubspot/api-client';
import { APP } from '../../test/emulators/hubspot/emulate-hubspot.js';
import { collect, factsOf } from '../connector-case.js';
import { quickTiming } from '../requests/quick-timing.js';
import { signIn, withBench } from './hubspot-bench.js';
import {
  createHubspotRequests,
  createHubspotSession,
  createPrivateSession,
  datedPaths,
  renewByRefreshToken,
  type TokenResponse,
} from './hubspot-connector.js';

const app = (refreshToken: string): Parameters<typeof renewByRefreshToken>[1] => ({
  ...APP,
  refreshToken,
});

describe('a session at HubSpot', () => {
  it('is renewed before it ends, once for all who ask, and no request is refused', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const { emulator } = bench;
      const given = emulator.oauth.given();
      for (let minutes = 0; minutes < 60; minutes += 13) {
        await Promise.all([
          collect(bench.open().pull()),
          bench.open().identity?.(),
          bench.open().identity?.(),
        ]);
        bench.pass(13 * 60_000);
      }
      assert.equal(emulator.oauth.given() - given, 2);
      assert.ok(emulator.log.every(({ status }) => status !== 401));
    }));

  it('goes on with the token it has when a renewal fails, and renews with the next request', async () => {
    const timing = quickTiming();
    let answer: () => Promise<TokenResponse> = async () => {
      throw new Error('away');
    };
    const token = { accessToken: 'first', expiresIn: 1_800 };
    const session = createHubspotSession({ token, now: timing.now, renew: () => answer() });
    timing.pass(26 * 60_000);
    assert.equal((await session.token()).accessToken, 'first');
    answer = async () => ({ accessToken: 'second', expiresIn: 1_800 });
    assert.equal((await session.token()).accessToken, 'second');
    answer = async () => {
      throw new Error('away');
    };
    timing.pass(31 * 60_000);
    await assert.rejects(session.token(), /away/);
  });

  it('is renewed when HubSpot took the token back early, and a fresh token that is refused ends it', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const { emulator } = bench;
      emulator.oauth.expire();
      assert.ok(factsOf(await collect(bench.open().pull())).length > 0);
      emulator.settings.tokenLifetimeMs = 0;
      emulator.oauth.expire();
      bench.pass(60_000);
      const before = emulator.log.length;
      await assert.rejects(collect(bench.open().pull()), { code: 'opportune/sign-in' });
      assert.ok(emulator.log.length - before <= 4, `${emulator.log.length - before} requests`);
    }));

  it('with the token of an app ends when that is refused, and says what to do', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const session = createPrivateSession('pat-eu1-taken-back');
      await assert.rejects(collect(bench.open({ session }).pull()), {
        code: 'opportune/sign-in',
        message: /refuses the token of the app/,
      });
    }));

  it("refuses what HubSpot's client makes of a page of maintenance: a token without a word in it", async () => {
    const page = (async () => ({}) as TokenResponse) as never;
    const renew = renewByRefreshToken({ create: page }, app('RT'), async () => undefined);
    await assert.rejects(renew(), {
      code: 'opportune/sign-in',
      message: /a page came in place of a token/,
    });
  });

  it('tells of a refusal its kind alone, and keeps a refresh token that is new', () =>
    withBench({ accounts: 2 }, async (bench) => {
      const { tokensApi } = new Client({ basePath: bench.emulator.origin }).oauth;
      const renew = renewByRefreshToken(tokensApi, app('RT-stolen-secret'), async () => undefined);
      const refused = await renew().catch((error: Error) => error);
      assert.ok(refused instanceof Error);
      assert.match(refused.message, /BAD_REFRESH_TOKEN/);
      assert.ok(!JSON.stringify(refused).includes('secret') && !refused.message.includes('stolen'));
      const saved: string[] = [];
      const api = {
        create: async (..._: unknown[]) => ({
          accessToken: 'a',
          refreshToken: `R${saved.length}`,
          expiresIn: 1_800,
        }),
      };
      const rotating = renewByRefreshToken(api as never, app('R'), async (token) => {
        saved.push(token);
      });
      await rotating();
      await rotating();
      assert.deepEqual(saved, ['R0', 'R1']);
    }));

  it('writes no token into an address, a log line or an error', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const { emulator, timing } = bench;
      const told: unknown[] = [];
      const requests = createHubspotRequests({
        ...timing,
        fetch,
        observe: (event) => told.push(event),
      });
      const { privateToken } = emulator.oauth;
      const { accessToken } = await bench.session.token();
      for (const session of [bench.session, createPrivateSession(privateToken)]) {
        const connector = bench.open({ session, requests });
        await collect(connector.pull());
        await connector.identity?.();
        emulator.faults.order('bad-gateway', /\/owners/, 6);
        await connector.identity?.().catch((error: Error) => told.push([error.message, error]));
      }
      const urls = emulator.log.map(({ url }) => url);
      for (const text of [JSON.stringify(told), ...urls])
        assert.ok(!text.includes(accessToken) && !text.includes(privateToken), text.slice(0, 200));
    }));
});

describe("HubSpot's own client beside ours", () => {
  it('calls the dated paths with our middleware, where the others have ended', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const { emulator } = bench;
      emulator.settings.onlyDated = true;
      const before = emulator.log.length;
      const client = new Client({ basePath: emulator.origin, middleware: [datedPaths('2026-03')] });
      client.setAccessToken((await signIn(client, emulator.origin)).accessToken);
      const [company = ''] = emulator.portal.rows('companies').keys();
      const { crm } = client;
      assert.equal((await crm.companies.basicApi.getPage(10)).results.length, 3);
      assert.equal((await crm.companies.searchApi.doSearch({ limit: 1 })).total, 3);
      assert.ok(
        (await crm.associations.v4.basicApi.getPage('companies', company, 'contacts')).results
          .length > 0,
      );
      assert.ok(
        (
          await crm.associations.v4.batchApi.getPage('companies', 'contacts', {
            inputs: [{ id: company }],
          })
        ).results.length > 0,
      );
      assert.ok((await crm.properties.coreApi.getAll('companies')).results.length > 5);
      assert.equal((await crm.owners.ownersApi.getPage()).results.length, 5);
      assert.equal((await crm.pipelines.pipelinesApi.getAll('deals')).results.length, 1);
      assert.equal((await crm.schemas.coreApi.getAll()).results.length, 1);
      assert.ok(emulator.log.slice(before).every(({ url }) => !/\/v[134]\//.test(url)));
      const plain = new Client({
        basePath: emulator.origin,
        accessToken: emulator.oauth.privateToken,
      });
      await assert.rejects(plain.crm.companies.basicApi.getPage(10), { code: 404 });
    }));

  it('does not change how we retry, whatever it is constructed with elsewhere in the process', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const clean = factsOf(await collect(bench.open().pull())).length;
      new Client({
        basePath: bench.emulator.origin,
        numberOfApiCallRetries: 1,
        limiterOptions: { maxConcurrent: 1, minTime: 60_000 },
      });
      bench.emulator.faults.order('unavailable', /\/objects\//, 4);
      assert.equal(factsOf(await collect(bench.open().pull())).length, clean);
    }));
});
