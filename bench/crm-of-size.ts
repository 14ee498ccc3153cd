/**
 * A Salesforce of any size, in a process of its own: the emulator signs in and describes, and what it would have to hold is
 * made row by row when a bulk job asks for it. `node ... crm-of-size.ts SCALE` prints its address.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { emulateSalesforce } from '../test/emulators/salesforce/emulate-salesforce.js';

const scale = Number(process.argv.at(-1));
/** Fewer records than this are not loaded in bulk. */
const LEAST = 5_000;
const sized = (whole: number): number => Math.max(LEAST, Math.ceil(whole * scale));
const SIZES: { readonly [object: string]: number } = {
  Account: sized(50_000),
  Opportunity: sized(1_000_000),
  Task: sized(5_000_000),
};
const DAY_MS = 86_400_000;
const UNTIL = Date.parse('2026-06-01T00:00:00Z');

const emulator = await emulateSalesforce({ accounts: 1 });
const users = [...emulator.org.rows('User').keys()];
const jobs = new Map<string, { readonly object: string; readonly fields: readonly string[] }>();

const idOf = (prefix: string, number: number): string =>
  `${prefix}Si${number.toString(36).padStart(10, '0')}AAA`;
const NAMES = ['Call about the offer', 'Follow-up', 'Visit', 'Question about delivery'];
const STAGES = ['Prospecting', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost'];
const accountOf = (number: number): number => (number * 7) % (SIZES.Account ?? 1);
const momentOf = (number: number, of: number): Date =>
  new Date(UNTIL - Math.floor(((number * 13) % of) * ((700 * DAY_MS) / of)) - 1_000);

/** One cell: nothing in it depends on what came before. */
function cellOf(object: string, field: string, number: number): string {
  const of = SIZES[object] ?? 1;
  switch (field) {
    case 'Id':
      return idOf({ Account: '001', Opportunity: '006', Task: '00T' }[object] ?? '', number);
    case 'SystemModstamp':
    case 'CompletedDateTime':
      return momentOf(number, of).toISOString().replace('Z', '+0000');
    case 'CloseDate':
      return momentOf(number, of).toISOString().slice(0, 10);
    case 'IsDeleted':
      return 'false';
    case 'AccountId':
      return idOf('001', accountOf(number));
    case 'WhatId':
      return idOf('006', number % (SIZES.Opportunity ?? 1));
    case 'OwnerId':
      return users[number % users.length] ?? '';
    case 'Name':
      return object === 'Account' ? `Company ${number}` : `Deal ${number}, with a name`;
    case 'StageName':
      return STAGES[number % 5] ?? '';
    case 'IsWon':
      return String(number % 5 === 3);
    case 'Amount':
      return String((number % 9_000) + 0.5);
    case 'CurrencyIsoCode':
      return 'EUR';
    case 'Subject':
      return NAMES[number % 4] ?? '';
    case 'TaskSubtype':
      return number % 2 === 0 ? 'Call' : 'Email';
    case 'IsClosed':
      return 'true';
    default:
      return '';
  }
}

const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text}"` : text);

function answer(url: URL, body: string, response: ServerResponse): boolean {
  const json = (value: unknown): boolean => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
    return true;
  };
  const counted = /^SELECT COUNT\(\) FROM (\w+)/.exec(url.searchParams.get('q') ?? '')?.[1];
  if (counted !== undefined && counted in SIZES)
    return json({ totalSize: SIZES[counted], done: true });
  const [, rest] = /^\/services\/data\/v[\d.]+\/jobs\/query(.*)$/.exec(url.pathname) ?? [];
  if (rest === undefined) return false;
  if (rest === '') {
    const { query } = JSON.parse(body) as { readonly query: string };
    const [, fields = '', object = ''] = /^SELECT (.*) FROM (\w+)/.exec(query) ?? [];
    const id = `750Si${String(jobs.size + 1).padStart(10, '0')}AAA`;
    jobs.set(id, { object, fields: fields.split(', ') });
    return json({ id, state: 'UploadComplete' });
  }
  const [, id = '', results] = /^\/(\w+)(\/results)?$/.exec(rest) ?? [];
  const { object = '', fields = [] } = jobs.get(id) ?? {};
  const total = SIZES[object] ?? 0;
  if (results === undefined)
    return json({ id, state: 'JobComplete', numberRecordsProcessed: total });
  const from = Number(url.searchParams.get('locator') ?? 0);
  const to = Math.min(total, from + Number(url.searchParams.get('maxRecords')));
  response.setHeader('content-type', 'text/csv');
  response.setHeader('sforce-locator', to < total ? String(to) : 'null');
  response.setHeader('sforce-numberofrecords', String(to - from));
  const lines = [fields.map(quote).join(',')];
  for (let number = from; number < to; number++)
    lines.push(fields.map((field) => quote(cellOf(object, field, number))).join(','));
  response.end(`${lines.join('\n')}\n`);
  return true;
}

async function pass(
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', headers } = request;
  const passed = await fetch(`${emulator.origin}${request.url}`, {
    method,
    headers: {
      ...(headers.authorization !== undefined && { authorization: headers.authorization }),
      ...(headers['content-type'] !== undefined && { 'content-type': headers['content-type'] }),
    },
    ...(body !== '' && { body }),
  });
  response.statusCode = passed.status;
  for (const name of ['content-type', 'sforce-limit-info']) {
    const value = passed.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  response.end((await passed.text()).replaceAll(emulator.origin, origin));
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text) => {
    body += text;
  });
  request.on('end', () => {
    if (!answer(new URL(request.url ?? '/', origin), body, response))
      void pass(request, body, response);
  });
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
console.log(JSON.stringify({ origin, rows: SIZES }));
