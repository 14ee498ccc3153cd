import type { IncomingMessage } from 'node:http';
import { createFaults, type Faults } from '../faults.js';
import type { Answer } from '../send-answer.js';
import { type Logged, startServer } from '../start-server.js';
import { ApiError } from './api-error.js';
import { createBulk } from './bulk.js';
import { type Call, ok, type Settings, type World } from './call.js';
import { createCometd } from './cometd.js';
import { composite } from './composite.js';
import { describe } from './describes.js';
import { answerInstead, FAULTS, type Fault } from './faults.js';
import { type App, createOAuth, type OAuth } from './oauth.js';
import { Org } from './org.js';
import { createQueries } from './queries.js';
import { records } from './records.js';
import { TERRITORIES } from './schema-territories.js';
import { seedCompany } from './seed-company.js';

export type { App } from './oauth.js';

export interface EmulatorOptions {
  readonly seed?: string;
  readonly accounts?: number;
  /** 0: any free one. */
  readonly port?: number;
  /** Epoch milliseconds; the company's past ends when the emulator starts. */
  readonly now?: () => number;
  readonly apps?: readonly App[];
  readonly settings?: Partial<Settings>;
}

export interface Emulator {
  readonly origin: string;
  readonly org: Org;
  /** May be changed while it runs. */
  readonly settings: Settings;
  readonly faults: Faults<Fault>;
  readonly oauth: OAuth;
  /** Who signs in by the web server flow. */
  readonly user: string;
  /** What was asked, newest last. */
  readonly log: readonly Logged<Fault>[];
  /** Takes a field from the user's sight: `Account.AnnualRevenue`. */
  hide(field: string): void;
  /** Salesforce does so now and then; clients have to join again. */
  forgetStreams(): void;
  close(): Promise<void>;
}

export const APP: App = {
  clientId: '3MVG9.emulated',
  clientSecret: 'emulated-secret',
  redirectUri: 'http://localhost/callback',
};

/** A Salesforce on this machine: its wire protocol over a company that is the same for the same seed. */
export async function emulateSalesforce(options: EmulatorOptions = {}): Promise<Emulator> {
  const { seed = 'emulated', accounts = 40, now = Date.now } = options;
  let origin = '';
  let past: number | undefined;
  const org = new Org(() => past ?? now());
  const settings: Settings = {
    pageSize: 2_000,
    bulkPageSize: 50_000,
    bulkRounds: 1,
    requestsADay: 100_000,
    tokenLifetimeMs: 2 * 3_600_000,
    rotates: false,
    territories: true,
    datedRates: false,
    ...options.settings,
  };
  const user = seedCompany(org, {
    seed,
    accounts,
    until: Math.floor(now() / 1_000) * 1_000,
    setTime: (at) => {
      past = at;
    },
  });
  past = undefined;
  if (!settings.territories) for (const { name } of TERRITORIES) org.withdraw(name);
  if (!settings.datedRates) org.withdraw('DatedConversionRate');
  const world: World = { org, now, origin: () => origin, settings };
  const hidden = new Set<string>();
  const faults = createFaults(`${seed}/faults`, FAULTS);
  const userByName = (name: string): string | undefined =>
    [...org.rows('User').values()].find(({ Username }) => Username === name)?.Id;
  const oauth = createOAuth(world, options.apps ?? [APP], user, userByName);
  const queries = createQueries(world);
  const bulk = createBulk(world);
  const cometd = createCometd(world);
  let requests = 0;

  const answerCall = (call: Call): Answer => {
    try {
      return (
        composite(call, world, answerCall) ??
        root(call) ??
        queries(call) ??
        describe(call, world) ??
        bulk(call) ??
        records(call, world) ??
        notFound()
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { status, errorCode, message, fields } = error;
      return { status, body: [{ message, errorCode, ...(fields.length > 0 && { fields }) }] };
    }
  };

  function root({ method, path, base, user: who }: Call): Answer | undefined {
    if (method !== 'GET') return undefined;
    if (path === '' || path === '/')
      return ok({
        identity: `${origin}/id/${org.id}/${who}`,
        sobjects: `${base}/sobjects`,
        query: `${base}/query`,
      });
    if (path !== '/limits') return undefined;
    const left = Math.max(0, settings.requestsADay - requests);
    return ok({ DailyApiRequests: { Max: settings.requestsADay, Remaining: left } });
  }

  async function answer(request: IncomingMessage, body: string): Promise<Answer> {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '/', origin);
    const token = /^(?:Bearer|OAuth) (.+)$/.exec(headers.authorization ?? '')?.[1];
    const data = /^(\/services\/data\/v\d+\.\d)(\/.*)?$/.exec(url.pathname);
    const who = oauth.userOf(token);
    if (/^\/cometd\/\d+\.\d/.test(url.pathname))
      return cometd.answer(request, body, who !== undefined);
    if (!data) {
      const form = new URLSearchParams(body);
      for (const [name, value] of url.searchParams) form.append(name, value);
      return oauth.answer(method, url.pathname, form, token) ?? notFound();
    }
    if (who === undefined)
      return {
        status: 401,
        body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
      };
    if (++requests > settings.requestsADay)
      return {
        status: 403,
        body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
      };
    const given = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    const answered = answerCall({
      method,
      path: data[2] ?? '',
      base: data[1] ?? '',
      query: url.searchParams,
      headers: Object.fromEntries(given),
      body,
      user: who,
      hidden,
    });
    const usage = `api-usage=${requests}/${settings.requestsADay}`;
    return { ...answered, headers: { 'sforce-limit-info': usage, ...answered.headers } };
  }

  const served = await startServer({
    port: options.port ?? 0,
    faultOf: (method, url) =>
      url.startsWith('/services/data/') ? faults.next(`${method} ${url}`) : undefined,
    instead: answerInstead,
    answer,
  });
  // faye asks for a WebSocket first; Salesforce has none.
  served.server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  ({ origin } = served);
  return {
    origin,
    org,
    settings,
    faults,
    oauth,
    user,
    log: served.log,
    hide: (field) => hidden.add(field),
    forgetStreams: () => cometd.forget(),
    close() {
      cometd.close();
      return served.close();
    },
  };
}

function notFound(): Answer {
  return {
    status: 404,
    body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
  };
}
