import type { IncomingMessage } from 'node:http';
import { createFaults, type Faults } from '../faults.js';
import type { Answer } from '../send-answer.js';
import { type Logged, startServer } from '../start-server.js';
import { ApiError, notFound } from './api-error.js';
import { associations } from './associations.js';
import type { Call, Settings, World } from './call.js';
import { currencies } from './currencies.js';
import { answerInstead, FAULTS, type Fault } from './faults.js';
import { createLimits } from './limits.js';
import { type App, createOAuth, type OAuth } from './oauth.js';
import { objects } from './objects.js';
import { Portal } from './portal.js';
import { search } from './search.js';
import { seedCompany } from './seed-company.js';
import { telling } from './telling.js';
import { createWebhooks, type Webhooks, type WebhookTarget } from './webhooks.js';

export interface EmulatorOptions {
  readonly seed?: string;
  readonly accounts?: number;
  /** 0: any free one. */
  readonly port?: number;
  /** Epoch milliseconds; the company's past ends when the emulator starts. */
  readonly now?: () => number;
  readonly app?: App;
  readonly settings?: Partial<Settings>;
}

export interface Emulator {
  readonly origin: string;
  readonly portal: Portal;
  /** May be changed while it runs. */
  readonly settings: Settings;
  readonly faults: Faults<Fault>;
  readonly oauth: OAuth;
  /** What was asked, newest last. */
  readonly log: readonly Logged<Fault>[];
  /** From now on that address is told what changes. */
  notify(target: WebhookTarget): Webhooks;
  close(): Promise<void>;
}

export const APP: App = {
  clientId: 'emulated-client',
  clientSecret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
  redirectUri: 'http://localhost/callback',
};

/** A HubSpot on this machine: its wire protocol over a company that is the same for the same seed. */
export async function emulateHubspot(options: EmulatorOptions = {}): Promise<Emulator> {
  const { seed = 'emulated', accounts = 40, now = Date.now, app = APP } = options;
  let origin = '';
  let past: number | undefined;
  const portal = new Portal(() => past ?? now());
  const settings: Settings = {
    requestsInTenSeconds: 100,
    requestsADay: 250_000,
    searchesASecond: 5,
    indexLagMs: 0,
    tokenLifetimeMs: 30 * 60_000,
    rotates: false,
    mayReadRates: true,
    onlyDated: false,
    searchCap: 10_000,
    associationPage: 500,
    ...options.settings,
  };
  const setTime = (at: number): void => {
    past = at;
  };
  seedCompany(portal, { seed, accounts, until: now(), setTime });
  past = undefined;
  const world: World = { portal, now, origin: () => origin, settings };
  const [admin] = portal.owners;
  const oauth = createOAuth(world, app, { id: admin?.userId ?? 0, email: admin?.email ?? '' });
  const limits = createLimits(world);
  const faults = createFaults(`${seed}/faults`, FAULTS);

  function work(call: Call): Answer {
    const { method, area, parts } = call;
    if (area === 'objects' && parts[1] === 'search' && method === 'POST')
      return search(call, world);
    const found =
      currencies(call, world) ??
      associations(call, world) ??
      (area === 'objects' ? objects(call, world) : undefined) ??
      telling(call, world);
    if (!found) throw notFound();
    return found;
  }

  function answer(request: IncomingMessage, body: string): Answer {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '/', origin);
    const date = new Date(now()).toUTCString();
    const found = oauth.answer(method, url.pathname, url.searchParams, body);
    if (found) return { ...found, headers: { date, ...found.headers } };
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    const place = placeOf(url.pathname, settings.onlyDated);
    try {
      if (!oauth.isGood(token))
        throw new ApiError(
          401,
          'INVALID_AUTHENTICATION',
          'Authentication credentials not found or expired.',
        );
      if (!place) throw notFound();
      const isSearch = place.parts[1] === 'search';
      const refused = limits.enter(isSearch);
      const answered = refused ?? work({ method, ...place, query: url.searchParams, body });
      return { ...answered, headers: { date, ...limits.headers(isSearch), ...answered.headers } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: error.body };
    }
  }

  const served = await startServer({
    port: options.port ?? 0,
    faultOf: (method, url) =>
      url.startsWith('/oauth/') ? undefined : faults.next(`${method} ${url}`),
    instead: answerInstead,
    answer,
  });
  ({ origin } = served);
  return {
    origin,
    portal,
    settings,
    faults,
    oauth,
    log: served.log,
    notify: (target) => createWebhooks(portal, seed, target),
    close: served.close,
  };
}

const DATE = /^\d{4}-\d{2}$/;

/** The same place by its old path, `/crm/v3/objects/...`, and by the dated one, `/crm/objects/2026-03/...`. */
function placeOf(
  path: string,
  onlyDated: boolean,
): { readonly area: string; readonly parts: readonly string[] } | undefined {
  const [root = '', one = '', two = '', ...rest] = path
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  if (root === 'account-info' || root === 'crm-object-schemas') {
    if (!DATE.test(one) && (one !== 'v3' || onlyDated)) return undefined;
    return root === 'account-info' ? { area: root, parts: [two] } : { area: two, parts: rest };
  }
  if (root === 'settings') {
    const [version, area] = one === 'v3' ? [one, two] : [two, one];
    const isThere = area === 'currencies' && (version === 'v3' ? !onlyDated : DATE.test(version));
    return isThere ? { area, parts: rest } : undefined;
  }
  if (root !== 'crm') return undefined;
  if (DATE.test(two)) return { area: one, parts: rest };
  if (onlyDated) return undefined;
  if (one === 'v4' && ['objects', 'associations'].includes(two)) return { area: two, parts: rest };
  return one === 'v3' ? { area: two, parts: rest } : undefined;
}
