import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { createTestDatabase } from '../../database/test-database.js';
import { readPlaybookFolder } from '../../playbook-folder.js';
import {
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
} from '../../serve/test-gateway.js';
import { createAnswerCheck } from './check-answer.js';
import { createDice } from './dice.js';
import { type Asker, type FuzzRequest, makeRequest, type Operation } from './make-request.js';
import type { Known } from './make-value.js';
import { readOperations } from './read-operations.js';
import { readAnswer, sendBytes, sendInside, toBytes } from './send-request.js';

export interface FuzzResult {
  readonly requests: number;
  readonly overSockets: number;
  readonly statuses: { readonly [status: string]: number };
  /** Of requests as documented, by somebody with the role: answers below 300, and all, by operation. */
  readonly reached: { readonly [operation: string]: readonly [good: number, all: number] };
  /** What is wrong, each once, with the number of the first request that showed it and how many did. */
  readonly faults: readonly {
    readonly fault: string;
    readonly first: string;
    readonly times: number;
  }[];
  readonly slowestMs: number;
}

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: string;
  /** This request alone, after the same beginning. */
  readonly only?: number;
}

const PATIENCE_MS = 30_000;
const AT_ONCE = 6;
const OWN = ['1', '2', '3', '4', '5', '6'] as const;

const person = (tenant: string, rep: string, roles: readonly string[]): Asker => ({
  credential: `Development ${tenant} ${rep} ${roles.join(',')}`,
  roles,
});
const NOBODY: readonly [Asker, ...(readonly Asker[])] = [
  { roles: [] },
  { credential: 'Bearer x.y.z', roles: [] },
  { credential: `Development nowhere crm:rep:ana rep,admin`, roles: [] },
  { credential: 'Basic YTpi', roles: [] },
];
const ALL: readonly [Asker, ...(readonly Asker[])] = [
  person('acme', 'crm:rep:ana', ['rep']),
  person('acme', 'crm:rep:ana', ['rep']),
  person('acme', 'crm:rep:ben', ['rep']),
  person('acme', 'crm:rep:mia', ['rep', 'marketer']),
  person('acme', '-', ['admin']),
  person('acme', '-', ['auditor']),
  person('acme', '-', ['connector']),
  person('acme', 'crm:rep:max', ['manager']),
];
const STRANGERS: readonly [Asker, ...(readonly Asker[])] = [
  person('other', 'crm:rep:ana', ['rep', 'marketer', 'admin', 'auditor', 'connector']),
  person('other', 'crm:rep:eve', ['rep']),
];

/** Asks a gateway of its own everything that its OpenAPI document allows, and much that it does not. */
export async function runFuzz({ requests, seed, only }: FuzzOptions): Promise<FuzzResult> {
  const url = await createTestDatabase();
  const gateway = await openTestGateway({ url, limits: { perMinute: 1e9 } });
  try {
    await gateway.listen();
    const known = await fill(gateway);
    const run = createRun(gateway, known, seed);
    const share = Math.floor(requests / 5);
    const numbers = (from: number, to: number): readonly number[] =>
      Array.from({ length: to - from }, (_, i) => from + i).filter(
        (i) => only === undefined || i === only,
      );
    const before = await readRows(url);
    await run.all(numbers(0, share), 'refused');
    await gateway.settled();
    for (const [table, hash] of await readRows(url))
      if (before.get(table) !== hash)
        run.blame(`who was not authorised changed rows of ${table}`, 'all');
    await run.all(numbers(share, requests), 'known');
    await gateway.settled();
    for (const entry of gateway.logged)
      if (entry.log === 'trouble')
        run.blame(`trouble while ${entry.doing}: ${entry.code}`, 'worker');
    const last = await gateway.call('acme crm:rep:ana rep', 'POST', '/v1/decide', {
      record: 'crm:account:1',
    });
    if (last.status !== 200) run.blame(`the gateway answers ${last.status} at the end`, 'end');
    if ('polluted' in {}) run.blame('the prototype of all objects was changed', 'end');
    return run.result();
  } finally {
    await gateway.close();
  }
}

/** Accounts with cards, an answer, a tip and a second playbook, so that requests find something. */
async function fill(gateway: TestGateway): Promise<Known> {
  const facts = [
    ...OWN.flatMap((id) => silent(id, 20)),
    sent('person', {
      type: 'record-changed',
      at: NOW,
      account: '1',
      data: { values: { name: 'Eve' } },
    }),
  ];
  await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts });
  await gateway.settled();
  const openings: string[] = [];
  for (const id of OWN) {
    const { json } = await gateway.call('acme crm:rep:ana rep', 'POST', '/v1/decide', {
      record: `crm:account:${id}`,
    });
    for (const { opening } of (json() as { shown: { opening: string }[] }).shown)
      openings.push(opening);
  }
  const occurredAt = new Date(NOW).toISOString();
  for (const id of ['t1', 't2', 't3'])
    await gateway.call('acme crm:rep:ana rep', 'POST', '/v1/tips', {
      id,
      text: 'x',
      attributes: {},
      signed: true,
      occurredAt,
    });
  const versions = (await gateway.call('acme - admin', 'GET', '/v1/playbook/versions')).json() as {
    version: string;
  }[];
  const version = versions[0]?.version ?? '';
  const record = [
    'crm:account:1',
    'crm:account:2',
    'crm:account:3',
    'crm:account:4',
    'crm:account:none',
    'crm:contact:1',
  ] as const;
  return {
    record,
    account: record,
    subjects: record,
    about: record,
    by: ['crm:rep:ana', 'crm:contact:1'],
    opening: [openings[0] ?? '', ...openings, 'none'],
    play: ['silent-buyer', 'silent-buyer', 'none'],
    from: [version, 'none'],
    to: [version, 'none'],
    version: [version, 'none'],
    tip: ['t1', 't2', 't3', 'none'],
    of: ['r1', 'none'],
    id: Array.from({ length: 300 }, (_, i) => `id-${i}`) as [string, ...string[]],
    type: ['email-received', 'email-sent', 'call-made', 'record-changed', 'meeting-held', 'none'],
    occurredAt: [occurredAt, '2026-11-19T09:00:00+01:00', '2026-11-01T00:00Z'],
    until: ['2026-12-01', '2026-11-20', '2027-02-28'],
    number: [1, 1, 2, 9],
    base: [1, 1, 2, 0],
    revision: [0, 1, 2],
    at: [occurredAt, '2026-11-20T09:00:00.001Z'],
    after: ['', 'crm:account:2'],
    changes: [{}, { 'plays/a.yaml': null }],
    'files[]': [readPlaybookFolder('examples/hello/playbook')],
    path: ['playbook.yaml', 'plays/a.yaml', 'x.md'],
    contact: ['crm:contact:5', 'crm:contact:6', 'crm:contact:none'],
    actor: ['crm:rep:ana', 'none'],
    target: ['crm:account:1'],
    data: [{}, { values: { name: 'Company', sales: 7 } }, { values: { owner: 'crm:rep:ana' } }],
  };
}

function createRun(gateway: TestGateway, known: Known, seed: string) {
  const operations = readOperations(gateway.app.swagger());
  const { port } = gateway.app.server.address() as AddressInfo;
  const check = createAnswerCheck();
  const statuses: { [status: string]: number } = {};
  const reached: { [operation: string]: [number, number] } = {};
  const faults = new Map<string, { first: string; times: number }>();
  let count = 0;
  let overSockets = 0;
  let slowestMs = 0;

  const blame = (fault: string, first: string): void => {
    const found = faults.get(fault) ?? { first, times: 0 };
    found.times++;
    faults.set(fault, found);
  };

  async function one(number: number, who: 'refused' | 'known'): Promise<void> {
    const request = choose(number, who);
    const start = performance.now();
    const socket = needsSocket(request) || number % 5 === 0;
    count++;
    if (socket) overSockets++;
    const { operation, method, target } = request;
    const name = `${number}: ${method} ${target.slice(0, 100)} ${request.body?.toString().slice(0, 200) ?? ''}`;
    try {
      const answer = socket
        ? readAnswer(await sendBytes(port, toBytes(request), PATIENCE_MS))
        : await sendInside(gateway.app, request, PATIENCE_MS);
      slowestMs = Math.max(slowestMs, performance.now() - start);
      if (!answer) return blame('what came is no answer of HTTP', name);
      const { status } = answer;
      statuses[status] = (statuses[status] ?? 0) + 1;
      for (const fault of check(request, answer))
        blame(`${operation.method} ${operation.path}: ${fault}`, name);
      if (
        who === 'refused' &&
        status < 300 &&
        operation.roles.length > 0 &&
        method === operation.method
      )
        blame(`${operation.method} ${operation.path} lets everybody in`, name);
      if (!request.valid) return;
      const route = `${operation.method} ${operation.path}`;
      const tally = reached[route] ?? [0, 0];
      reached[route] = tally;
      tally[1]++;
      if (status < 300) tally[0]++;
    } catch (error) {
      blame(`${operation.method} ${operation.path}: ${(error as Error).message}`, name);
    }
  }

  function choose(number: number, who: 'refused' | 'known'): FuzzRequest {
    const dice = createDice(`${seed}/${number}`);
    const operation = pickOperation(dice.below(1e6), dice.chance(0.9));
    if (who === 'refused') {
      const without = ALL.filter(
        ({ roles }) => !roles.some((role) => operation.roles.includes(role)),
      );
      const [first, ...others] = without;
      const asker = first && dice.chance(0.5) ? dice.pick([first, ...others]) : dice.pick(NOBODY);
      return makeRequest(operation, asker, known, dice);
    }
    const able = ALL.filter(({ roles }) => roles.some((role) => operation.roles.includes(role)));
    const [first = ALL[0], ...others] = able;
    const asker = dice.chance(0.75)
      ? dice.pick([first, ...others])
      : dice.pick(dice.chance(0.5) ? ALL : dice.chance(0.5) ? STRANGERS : NOBODY);
    return makeRequest(operation, asker, known, dice);
  }

  /** What folds every account anew is asked for less often. */
  function pickOperation(number: number, leaveOut: boolean): Operation {
    const some = operations.filter(
      ({ path, method }) =>
        !leaveOut ||
        method === 'GET' ||
        !/^.v1.(playbook|people|studio.(versions|proposal))/.test(path),
    );
    const found = some[number % some.length];
    if (!found) throw new Error('the OpenAPI document has no routes');
    return found;
  }

  return {
    blame,
    async all(numbers: readonly number[], who: 'refused' | 'known'): Promise<void> {
      const waiting = numbers.values();
      const work = async (): Promise<void> => {
        for (const number of waiting) await one(number, who);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
    result: (): FuzzResult => ({
      requests: count,
      overSockets,
      statuses,
      reached,
      faults: [...faults].map(([fault, { first, times }]) => ({ fault, first, times })),
      slowestMs: Math.round(slowestMs),
    }),
  };
}

/** `inject` ends no stream, and writes anew what it takes for an address. */
const needsSocket = ({ operation, target, headers }: FuzzRequest): boolean =>
  operation.path.endsWith('/events') ||
  operation.path === '/metrics' ||
  !/^\/[\w/.:%?=&+*!'()~-]*$/.test(target) ||
  target.startsWith('//') ||
  new Set(headers.map(([name]) => name)).size < headers.length;

/** All that tenants have but which process works for them, as a hash for each table. */
async function readRows(url: string): Promise<ReadonlyMap<string, string>> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string }>(
      `select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'opportune' and c.relkind = 'r' and c.relname <> 'leases' order by 1`,
    );
    const hashes = new Map<string, string>();
    for (const { table } of rows) {
      const read = `select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as hash from opportune.${client.escapeIdentifier(table)} t`;
      hashes.set(table, (await client.query<{ hash: string }>(read)).rows[0]?.hash ?? '');
    }
    return hashes;
  } finally {
    await client.end();
  }
}
