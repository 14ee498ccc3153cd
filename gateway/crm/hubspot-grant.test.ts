import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { type FieldMap, parseFieldMap } from '@opportune/connector-hubspot';
import { createMemoryStore } from 'opportune/stores/memory';
import { quickTiming } from '../../connectors/requests/quick-timing.js';
import {
  APP,
  type Emulator,
  emulateHubspot,
} from '../../test/emulators/hubspot/emulate-hubspot.js';
import { checkCrm } from '../doctor/check-crm.js';
import { grantInFile, grantInStore } from './grant-places.js';
import { createHubspotGrant, type GrantPlace } from './hubspot-grant.js';
import { openCrm } from './open-crm.js';
import { signInFromEnvironment } from './sign-in-from-environment.js';

const { clientId, clientSecret } = APP;
const MINUTE_MS = 60_000;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(settings: { readonly rotates?: boolean } = {}) {
  const timing = quickTiming();
  const emulator = await emulateHubspot({ accounts: 2, now: timing.now, settings });
  ends.push(() => emulator.close());
  const app = { clientId, clientSecret, refreshToken: emulator.oauth.install() };
  const store = createMemoryStore();
  const place = grantInStore(store, 'crm', app);
  const grant = (at: GrantPlace = place) =>
    createHubspotGrant({
      ...{ app, place: at, origin: emulator.origin, version: '2026-03' },
      ...{ fetch, timing },
    });
  return { timing, emulator, app, store, place, grant };
}

function readMap(): FieldMap {
  const { map } = parseFieldMap(
    'connection: crm\nobjects:\n  companies:\n    facts: [{ record: account, set: { name: name } }]\n',
    'map.yaml',
  );
  assert.ok(map);
  return map;
}

const askedForTokens = ({ log }: Emulator): number =>
  log.filter(({ url }) => url.endsWith('/token')).length;

describe('the grant of an app that was installed at HubSpot', () => {
  for (const rotates of [false, true])
    it(`gives tokens for days, each renewed before it ends, ${rotates ? 'by refresh tokens that are good once' : 'by one that stays'}`, async () => {
      const { timing, emulator, app, place } = await start({ rotates });
      const { origin } = emulator;
      const signIn = { crm: 'hubspot', app, origin } as const;
      const crm = await openCrm(signIn, { timing, grantPlace: place });
      const map = readMap();
      // Of half an hour, five sixths are used: at every other look it is renewed.
      for (let round = 0; round < 12; round++) {
        timing.pass(20 * MINUTE_MS);
        assert.equal((await crm.connect(map).identity?.())?.company, String(emulator.portal.id));
      }
      assert.ok(emulator.log.every(({ status }) => status !== 401));
      assert.equal(askedForTokens(emulator), 7);
      const kept = await place.read();
      assert.equal(kept?.refreshToken === app.refreshToken, !rotates);
    });

  it('is kept sealed, and goes on after a restart from what was given last', async () => {
    const { emulator, store, app, grant, timing } = await start({ rotates: true });
    const first = await grant()();
    const again = await grant()();
    // Another process takes over the token that is good still.
    assert.equal(again.accessToken, first.accessToken);
    assert.equal(askedForTokens(emulator), 1);
    timing.pass(29 * MINUTE_MS);
    const later = await grant()();
    assert.notEqual(later.accessToken, first.accessToken);
    const held = JSON.stringify(await store.get('crm/crm/grant'));
    const kept = await grantInStore(store, 'crm', app).read();
    assert.ok(kept && kept.refreshToken !== app.refreshToken);
    for (const secret of [kept.refreshToken, app.refreshToken, later.accessToken, clientSecret])
      assert.ok(!held.includes(secret));
    // It opens to nobody who has another secret, and not for another connection.
    const other = { ...app, clientSecret: 'other' };
    assert.equal(await grantInStore(store, 'crm', other).read(), undefined);
    await store.put('crm/else/grant', await store.get('crm/crm/grant'));
    assert.equal(await grantInStore(store, 'else', app).read(), undefined);
  });

  it('is what the settings say from the moment that they name another refresh token', async () => {
    const { emulator, store, app, grant } = await start();
    await grant()();
    emulator.oauth.uninstall();
    const anew = { ...app, refreshToken: emulator.oauth.install() };
    const place = grantInStore(store, 'crm', anew);
    assert.equal(await place.read(), undefined);
    const options = { app: anew, place, origin: emulator.origin, version: undefined, fetch };
    const token = await createHubspotGrant({ ...options, timing: quickTiming() })();
    assert.ok(emulator.oauth.isGood(token.accessToken));
  });

  it('that is good once is not lost when two processes renew it at the same moment', async () => {
    const { emulator, place, grant, timing } = await start({ rotates: true });
    for (let round = 0; round < 5; round++) {
      const both = await Promise.all([grant()(), grant()()]);
      for (const { accessToken } of both) assert.ok(emulator.oauth.isGood(accessToken));
      timing.pass(40 * MINUTE_MS);
    }
    assert.ok(await place.read());
  });

  it('is kept before the token with it is used, and what cannot be kept is an error', async () => {
    const { app, grant } = await start({ rotates: true });
    const full: GrantPlace = {
      read: async () => ({ refreshToken: app.refreshToken }),
      async keep() {
        throw new Error('the disk is full');
      },
    };
    await assert.rejects(grant(full)(), /the disk is full/);
  });

  it('that was withdrawn is told as such by doctor, and no secret with it', async () => {
    const { emulator, app, store, grant, timing } = await start();
    await grant()();
    emulator.oauth.uninstall();
    const { origin } = emulator;
    const map = readMap();
    const sync = { signIn: { crm: 'hubspot', app, origin } as const, map, everyMs: MINUTE_MS };
    const found = await checkCrm({
      ...{ place: 'acme/crm', connection: 'crm', sync, signIn: [], store, fetch },
      now: timing.now,
    });
    const signIn = found.find(({ what }) => what === 'acme/crm sign-in');
    assert.equal(signIn?.state, 'bad');
    assert.match(signIn?.found ?? '', /BAD_REFRESH_TOKEN.*its grant was withdrawn/);
    assert.match(signIn?.remedy ?? '', /Install the app in the account again/);
    const told = JSON.stringify([found, emulator.log]);
    for (const secret of [app.refreshToken, clientSecret]) assert.ok(!told.includes(secret));
  });

  it('is written back into its file, readable for nobody else, where a command signs in', async () => {
    const { emulator, app, timing } = await start({ rotates: true });
    const folder = mkdtempSync(join(tmpdir(), 'grant-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const refreshTokenFile = join(folder, 'refresh-token');
    writeFileSync(refreshTokenFile, `${app.refreshToken}\n`, { mode: 0o644 });
    const { origin } = emulator;
    const variables: { readonly [name: string]: string } = {
      HUBSPOT_URL: origin,
      HUBSPOT_CLIENT_ID: clientId,
      HUBSPOT_CLIENT_SECRET: clientSecret,
      HUBSPOT_REFRESH_TOKEN_FILE: refreshTokenFile,
    };
    for (let round = 0; round < 3; round++) {
      const signIn = signInFromEnvironment('hubspot', (kind, name) =>
        kind === 'env' ? variables[name] : readFileSync(name, 'utf8'),
      );
      await openCrm(signIn, { timing });
      assert.equal(statSync(refreshTokenFile).mode & 0o777, 0o600);
    }
    const held = readFileSync(refreshTokenFile, 'utf8').trim();
    assert.notEqual(held, app.refreshToken);
    assert.deepEqual(await grantInFile(refreshTokenFile).read(), { refreshToken: held });
    await assert.rejects(openCrm({ crm: 'hubspot', app, origin }, { timing }), {
      code: 'opportune/usage',
      message: /nowhere to keep a refresh token/,
    });
  });
});
