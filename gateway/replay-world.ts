import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Command, parseCommand, type Terminal } from './command.js';
import { replayCommand } from './replay.js';

const DAY = 86_400_000;
const START = Date.parse('2026-01-05T09:00:00Z');
const NOW = START + 300 * DAY;
/** A day after the first one, in ISO 8601. */
export const at = (day: number): string => new Date(START + day * DAY).toISOString();

let root = '';
let temporary: string | undefined;
const path = (name: string): string => join(root, name);

/** A folder for playbooks and facts, and one for what the command puts aside, so that it shows whether it tidies up. */
export function openReplayWorld(): void {
  root = mkdtempSync(join(tmpdir(), 'opportune-replay-test-'));
  mkdirSync(path('tmp'));
  temporary = process.env.TMPDIR;
  process.env.TMPDIR = path('tmp');
}

export function closeReplayWorld(): void {
  if (temporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temporary;
  rmSync(root, { recursive: true });
}

/** What replays have put aside and not taken away. */
export function findLeft(): readonly string[] {
  return readdirSync(path('tmp')).filter((name) => name.startsWith('opportune-replay-'));
}

export interface TinyPlay {
  /** Levels at which it opens, or nothing where it waits for news of a product. */
  readonly opensAt?: string;
  readonly value: number;
  readonly kind: string;
  readonly touch?: string;
}

/** A playbook whose plays open on an account when its level is one of those named. */
export function writePlaybook(
  name: string,
  plays: { readonly [id: string]: TinyPlay },
  limits: string,
): string {
  mkdirSync(path(`${name}/plays`), { recursive: true });
  writeFileSync(
    path(`${name}/playbook.yaml`),
    `name: ${name}
currency: EUR
zone: UTC
contactPolicy:
  limits: ${limits}
  touches: { call-made: call, email-sent: email }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: points }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  );
  writeFileSync(
    path(`${name}/attributes.yaml`),
    `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: level, label: Level, type: choice, of: account, values: [low, middle, high] }
  - { id: role, label: Role, type: multi, of: contact, values: [buyer] }
`,
  );
  for (const [id, { opensAt, value, kind, touch }] of Object.entries(plays))
    writeFileSync(
      path(`${name}/plays/${id}.yaml`),
      `id: ${id}
about: account
title: Do ${id} with {account.name}
why: It is time.
trigger:
  ${opensAt === undefined ? 'event: product-added' : `becomes: { level: ${opensAt} }`}
action: { kind: ${kind}, minutes: 0${touch === undefined ? '' : `, contact: buyer, touch: ${touch}`} }
for: owner
serves: { revenue: { value: ${value} } }
expires: 60 days
owner: ana@example.com
`,
    );
  return path(name);
}

let told = 0;
export const fact = (
  account: string,
  day: number,
  type: string,
  more: { readonly [name: string]: unknown } = {},
): string =>
  JSON.stringify({
    id: `f${++told}`,
    type,
    subjects: [`t:account:${account}`],
    about: [`t:account:${account}`],
    occurredAt: at(day),
    learnedAt: at(day),
    grade: 'observed',
    data: {},
    ...more,
  });
export const level = (account: string, day: number, to: string): string =>
  fact(account, day, 'record-changed', { data: { values: { level: to } } });
export const begin = (account: string, owner: string): readonly string[] => [
  fact(account, 0, 'record-changed', {
    data: { values: { name: account, owner: `t:rep:${owner}` } },
  }),
  fact(account, 0, 'record-changed', {
    subjects: [`t:account:${account}`, `t:contact:${account}-buyer`],
    about: [`t:contact:${account}-buyer`],
    data: { values: { role: ['buyer'] } },
  }),
];
export const call = (account: string, day: number, by = 't:rep:ana'): string =>
  fact(account, day, 'call-made', {
    subjects: [`t:account:${account}`, `t:contact:${account}-buyer`],
    by,
  });
export const writeFacts = (name: string, lines: readonly string[]): string => {
  writeFileSync(path(name), `${lines.join('\n')}\n`);
  return path(name);
};

export interface Ran {
  readonly code: number;
  readonly out: string;
}

export async function run(
  args: readonly string[],
  signal: Terminal['signal'] = new AbortController().signal,
): Promise<Ran> {
  let out = '';
  const terminal: Terminal = {
    out(text) {
      out += text;
    },
    problem: () => {},
    signal,
    now: () => NOW,
    input: () => new PassThrough(),
  };
  const command: Command = replayCommand;
  const code = await command.run(parseCommand(command, args), terminal);
  return { code, out };
}

export const BASE: { readonly [id: string]: TinyPlay } = {
  alpha: { opensAt: 'low', value: 4000, kind: 'prepare' },
  bravo: { opensAt: '[low, middle]', value: 3000, kind: 'log' },
  charlie: { opensAt: '[low, middle]', value: 2000, kind: 'learn' },
  delta: { opensAt: 'high', value: 900, kind: 'call', touch: 'call' },
};
