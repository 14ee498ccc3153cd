/**
 * `opportune replay` on one year of the demo's facts, told again under other ids until there are enough: time on one
 * core, and memory at its peak, which must not grow with the file; each run is a process of its own. Facts of earlier
 * years that say how records stand come along as history. Another number of facts: `npm run bench -- replay 1000000`.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { toLine } from '../gateway/facts-file.js';
import { runCommand } from '../gateway/main.js';
import type { Fact } from '../src/domain/fact.js';
import { kindOf } from '../src/domain/value.js';
import { holdTo, measureMachine, printBars } from './match-timing.js';
import { timeRules } from './time-rules.js';

const SEED = 7;
const YEAR_MS = 365 * 86_400_000;
const PLAYBOOK = fileURLToPath(new URL('../examples/crm/playbook', import.meta.url));
const CHILD = '--one-run';

const [, , ...rest] = process.argv;
if (rest[0] === CHILD) await runOne(rest.slice(1));
else {
  const most = Number(rest[1] ?? 100_000);
  const folder = mkdtempSync(join(tmpdir(), 'opportune-bench-'));
  const rules = [await timeRules()];
  try {
    const variant = writeVariant(join(folder, 'playbook'));
    const sizes = [...new Set([Math.min(most, 100_000), most])].map(writeFacts);
    for (const against of [[], ['--against', variant]])
      for (const { file, from, facts } of sizes) {
        const megabytes = Math.round(statSync(file).size / 1e6);
        const title = `${against.length === 0 ? 'one playbook' : 'two playbooks'}, ${megabytes} MB`;
        const base = ['replay', '--playbook', PLAYBOOK, '--facts', file, '--from', from];
        report(title, facts, [...base, ...against]);
      }
  } finally {
    rmSync(folder, { recursive: true });
  }
  rules.push(await timeRules());
  measureMachine(rules.reduce((sum, one) => sum + one, 0) / rules.length);
  printBars();
}

/** The demo playbook with buyers called silent sooner, and one touch less a week. */
function writeVariant(folder: string): string {
  cpSync(PLAYBOOK, folder, { recursive: true });
  const replace = (path: string, from: string, to: string): void => {
    const text = readFileSync(join(folder, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} has no "${from}"`);
    writeFileSync(join(folder, path), text.replace(from, to));
  };
  replace('plays/silent-buyer.yaml', 'gte: 14', 'gte: 10');
  replace('playbook.yaml', '{ touches: 3, days: 7 }', '{ touches: 2, days: 7 }');
  return folder;
}

/** Facts in order of time over all accounts, in a file that the next run finds again. */
function writeFacts(wanted: number): {
  readonly file: string;
  readonly from: string;
  readonly facts: number;
} {
  const { facts, now } = createDemoWorld(SEED);
  const start = now - YEAR_MS;
  const from = new Date(start).toISOString();
  const told = facts.filter(
    ({ type, occurredAt }) => occurredAt >= start || type === 'record-changed',
  );
  const copies = Math.ceil(wanted / told.length);
  const shared = told.filter(isShared).length;
  const made = { file: '', from, facts: shared + copies * (told.length - shared) };
  const file = join(tmpdir(), `opportune-bench-replay-${SEED}-${made.facts}.jsonl`);
  if (existsSync(file)) return { ...made, file };
  const part = openSync(`${file}.${process.pid}`, 'w');
  for (const fact of told) {
    const line = toLine(fact);
    let lines = '';
    for (let copy = 0; copy < (isShared(fact) ? 1 : copies); copy++)
      lines += line.replace(/"demo:(account|contact|opportunity|fact):[^"]*(?=")/g, `$&.${copy}`);
    writeSync(part, lines);
  }
  closeSync(part);
  renameSync(`${file}.${process.pid}`, file);
  return { ...made, file };
}

/** Facts of reps and products are told once. */
function isShared({ subjects }: Fact): boolean {
  return subjects.every((key) => kindOf(key) !== 'account');
}

interface Ran {
  readonly head: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

function report(title: string, facts: number, args: readonly string[]): void {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), CHILD, ...args],
    { encoding: 'utf8' },
  );
  const line = stdout.split('\n').find((text) => text.startsWith('{'));
  if (line === undefined) throw new Error(stderr);
  const { head, wallMs, cpuMs, peakMb } = JSON.parse(line) as Ran;
  console.log(
    `${title}: ${facts.toLocaleString('en')} facts, ${head}\n` +
      `  wall ${(wallMs / 1000).toFixed(1)} s, CPU ${(cpuMs / 1000).toFixed(1)} s, ` +
      `${Math.round(facts / (cpuMs / 1000)).toLocaleString('en')} facts a CPU second, peak memory ${peakMb} MB`,
  );
  if (facts >= 1e6) holdTo(`${title}, CPU s`, cpuMs / 1000, '<=', 60, { time: true });
}

async function runOne(args: readonly string[]): Promise<void> {
  const texts: string[] = [];
  const sink = (into: string[]): Writable =>
    new Writable({
      write(chunk, _encoding, done) {
        into.push(String(chunk));
        done();
      },
    });
  const began = performance.now();
  const code = await runCommand(args, { stdout: sink(texts), stderr: process.stderr });
  if (code !== 0) process.exit(code);
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage();
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const head = texts.join('').split('\n')[0];
  console.log(JSON.stringify({ head, wallMs, cpuMs: (user + system) / 1000, peakMb }));
}
