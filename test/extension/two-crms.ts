import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { emulateHubspot, type Emulator as Hubspot } from '../emulators/hubspot/emulate-hubspot.js';
import {
  emulateSalesforce,
  type Emulator as Salesforce,
} from '../emulators/salesforce/emulate-salesforce.js';
import { makeSelfSigned } from './self-signed.js';

export const LIGHTNING = 'https://acme.lightning.force.com';
export const HUBSPOT = 'https://app.hubspot.com';
export const FILES = 'https://files.test';
const INSTANCE = 'https://acme.my.salesforce.com';

/** What was asked of one host. */
export interface Asked {
  readonly host: string;
  readonly url: string;
  readonly method: string;
}

export interface TwoCrms {
  readonly salesforce: Salesforce;
  readonly hubspot: Hubspot;
  /** Where every host leads. */
  readonly port: number;
  /** Every request, in order. */
  readonly asked: readonly Asked[];
  /** Files of {@link FILES}, by path. */
  readonly files: Map<string, string>;
  /** Hosts that break every connection. */
  readonly down: Set<string>;
  close(): Promise<void>;
}

/** A page of a single-page app, that says nothing of what is inside of it. */
const page = (title: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><label>Note <input id="note"></label><a href="/elsewhere">Elsewhere</a>
<script>addEventListener('click', (event) => {
  if (event.target.localName !== 'a') return;
  event.preventDefault();
  history.pushState({}, '', event.target.href);
})</script></body></html>`;

/**
 * Pages under the addresses of both CRMs, the emulators behind the hosts of their APIs, and files: all on one port of this
 * machine, for a browser to which every name leads there.
 */
export async function startTwoCrms(extension: string): Promise<TwoCrms> {
  const redirectUri = `https://${extension}.chromiumapp.org/salesforce`;
  const salesforce = await emulateSalesforce({
    accounts: 24,
    apps: [{ clientId: '3MVG9.extension', redirectUri }],
  });
  const hubspot = await emulateHubspot({ accounts: 24 });
  const asked: Asked[] = [];
  const files = new Map<string, string>();
  const down = new Set<string>();

  async function passOn(
    origin: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = 'GET', url = '/', headers } = request;
    const { host: _, connection: __, 'content-length': ___, ...rest } = headers;
    const answer = await fetch(`${origin}${url}`, {
      method,
      headers: rest as Record<string, string>,
      redirect: 'manual',
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    // The emulator names itself as the company's own address.
    const body = (await answer.text()).replaceAll(salesforce.origin, INSTANCE);
    const {
      'content-length': ____,
      'transfer-encoding': _____,
      ...told
    } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, told).end(body);
  }

  const server = createTlsServer(makeSelfSigned(), (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const host = request.headers.host ?? '';
    asked.push({ host, url, method });
    if (down.has(host)) return request.socket.destroy();
    const { pathname } = new URL(url, `https://${host}`);
    if (/^(acme\.my|login)\.salesforce\.com$/.test(host))
      return passOn(salesforce.origin, request, response).catch(() => request.socket.destroy());
    if (host === 'api.hubapi.com')
      return passOn(hubspot.origin, request, response).catch(() => request.socket.destroy());
    const file = host === 'files.test' ? files.get(pathname) : undefined;
    if (file !== undefined)
      return response.writeHead(200, { 'access-control-allow-origin': '*' }).end(file);
    if (/\.lightning\.force\.com$|^app\.hubspot\.com$/.test(host))
      return response.writeHead(200, { 'content-type': 'text/html' }).end(page(host));
    return response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ salesforce, hubspot, asked, files, down },
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await Promise.all([salesforce.close(), hubspot.close()]);
    },
  };
}
