/**
 * `opportune import salesforce` of 1,000,000 opportunities and 5,000,000 activities of 50,000 accounts, with the CRM in a
 * process of its own: rows a second, and the peak memory of the importer, which must not grow with the rows. Another size, as a
 * share of that: `npm run bench -- import-crm 0.05`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildCommand } from '../gateway/torture/gateway-process.js';
import { APP } from '../test/emulators/salesforce/emulate-salesforce.js';
import { peakOf, SIZED_MAP, startSizedCrm } from './sized-crm.js';

/** Of the importer. */
const MOST_MB = 400;
const LOOK_MS = 200;
const SAY_MS = 30_000;

const scale = Number(process.argv[3] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'opportune-bench-'));
process.on('exit', () => {
  importer.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const { origin, rows } = await startSizedCrm(scale);
writeFileSync(join(folder, 'map.yaml'), SIZED_MAP);
const command = await buildCommand(new URL('../gateway/', import.meta.url));
const began = performance.now();
const importer = spawn(
  process.execPath,
  [command, 'import', 'salesforce', '--map', 'map.yaml', '--into', 'store', '--json'],
  {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SALESFORCE_LOGIN_URL: origin,
      SALESFORCE_CLIENT_ID: APP.clientId,
      SALESFORCE_CLIENT_SECRET: APP.clientSecret,
    },
  },
);
let out = '';
importer.stdout?.setEncoding('utf8').on('data', (text: string) => {
  out += text;
});
const peaks: number[] = [];
let said = began;
const looking = setInterval(() => {
  const peak = peakOf(importer.pid);
  if (peak !== undefined) peaks.push(peak);
  if (performance.now() - said < SAY_MS) return;
  said = performance.now();
  console.log(
    `${Math.round((said - began) / 1_000)} s, peak ${peaks.at(-1)} MB, store ${storeMb()} MB`,
  );
}, LOOK_MS);
const code = await new Promise((resolve) => importer.on('close', resolve));
clearInterval(looking);
const seconds = (performance.now() - began) / 1_000;
const { facts } = JSON.parse(out) as {
  readonly facts: { readonly added: number; readonly read: number };
};
const total = Object.values(rows).reduce((sum, one) => sum + one, 0);
const peak = peaks.at(-1) ?? 0;
console.log(
  `${total.toLocaleString('en')} rows (${Object.entries(rows)
    .map(([object, number]) => `${number.toLocaleString('en')} ${object}`)
    .join(', ')}): ${facts.added.toLocaleString('en')} facts stored in ${seconds.toFixed(1)} s, ` +
    `${Math.round(total / seconds).toLocaleString('en')} rows a second, peak memory ${peak} MB, store ${storeMb()} MB`,
);
if (code !== 0 || facts.added < total)
  throw new Error(`it ended with ${code}, and ${facts.added} facts`);
console.log(
  peak < MOST_MB
    ? `Below ${MOST_MB} MB, as it must be.`
    : `MORE THAN ${MOST_MB} MB: it must be less.`,
);
process.exit(peak < MOST_MB ? 0 : 1);

function storeMb(): number {
  const path = join(folder, 'store', 'opportune.sqlite');
  return Math.round((statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 1e6);
}
