/**
 * `opportune serve` beside a Salesforce that it has never read: how long until everything is brought in, folded and judged,
 * the peak memory of the gateway, and how long a rep waits for a decision meanwhile. Its size is a share of 1,000,000
 * opportunities and 5,000,000 activities of 50,000 accounts: `npm run bench -- first-load 0.02`.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SECRET_NAME, salesforceSettings } from '../gateway/crm/crm-world.js';
import { readPlaybookFolder } from '../gateway/playbook-folder.js';
import { createCaller } from '../gateway/torture/caller.js';
import {
  buildCommand,
  startGatewayProcess,
  writeInputs,
} from '../gateway/torture/gateway-process.js';
import { APP } from '../test/emulators/salesforce/emulate-salesforce.js';
import { peakOf, SIZED_MAP, startSizedCrm } from './sized-crm.js';

interface Status {
  readonly waiting: number;
  readonly connections: readonly { readonly state: string; readonly facts: number }[];
}

const LOOK_MS = 1_000;
const SAY_MS = 30_000;

const scale = Number(process.argv[3] ?? 0.02);
const folder = mkdtempSync(join(tmpdir(), 'opportune-bench-'));
// For root PostgreSQL runs as another user.
chmodSync(folder, 0o755);
const { origin, rows } = await startSizedCrm(scale);
const playbook = fileURLToPath(new URL('../examples/hello/playbook', import.meta.url));
const inputs = writeInputs(folder, salesforceSettings({ origin }), readPlaybookFolder(playbook));
writeFileSync(join(folder, 'map.yaml'), SIZED_MAP);
const command = await buildCommand(new URL('../gateway/', import.meta.url));
const gateway = startGatewayProcess(command, [...inputs, '--store', join(folder, 'store')], {
  [SECRET_NAME]: APP.clientSecret,
});
process.on('exit', () => {
  gateway.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
const url = await gateway.ready;
const began = performance.now();
const caller = createCaller();
caller.at(url);

const waits: number[] = [];
let status: Status | undefined;
let said = began;
const isDone = ({ waiting, connections: [one] }: Status): boolean =>
  waiting === 0 && one?.state === 'current';
while (!status || !isDone(status)) {
  await pause(LOOK_MS);
  const from = performance.now();
  await caller.ask('crm:rep:ana rep', 'POST', '/v1/decide', {
    record: 'crm:account:001Si0000000001AAA',
  });
  waits.push(performance.now() - from);
  status = (await caller.ask('- connector', 'GET', '/v1/import-status', undefined))?.json<Status>();
  if (!status) throw new Error('the gateway does not answer');
  if (performance.now() - said < SAY_MS) continue;
  said = performance.now();
  console.log(`${seconds()} s, ${factsOf(status)} facts, ${status.waiting} wait to be folded`);
}
const total = Object.values(rows).reduce((sum, one) => sum + one, 0);
const took = (performance.now() - began) / 1_000;
waits.sort((a, b) => a - b);
const at = (share: number): string =>
  `${(waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? 0).toFixed(0)} ms`;
console.log(
  `${total.toLocaleString('en')} rows: ${factsOf(status).toLocaleString('en')} facts known in ${took.toFixed(0)} s, ${Math.round(total / took).toLocaleString('en')} rows a second, peak memory ${peakOf(gateway.pid)} MB beside PostgreSQL`,
);
console.log(`a decision meanwhile: ${at(0.5)} in the middle, ${at(0.99)} for 99 of 100`);
gateway.kill('SIGTERM');
process.exit((await gateway.ended) === 0 && factsOf(status) >= total ? 0 : 1);

function seconds(): number {
  return Math.round((performance.now() - began) / 1_000);
}

function factsOf({ connections }: Status): number {
  return connections.reduce((sum, { facts }) => sum + facts, 0);
}
