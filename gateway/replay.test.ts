import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { type Command, parseCommand, type Terminal } from './command.js';
import { replayCommand } from './replay.js';

const DAY = 86_400_000;
const START = Date.parse('2026-01-05T09:00:00Z');
const NOW = START + 300 * DAY;
const at = (day: number): string => new Date(START + day * DAY).toISOString();

let root: string;
let temporary: string | undefined;
const path = (name: string): string => join(root, name);
before(() => {
  root = mkdtempSync(join(tmpdir(), 'opportune-replay-test-'));
  mkdirSync(path('tmp'));
  // Where the command puts things aside, so that it shows whether it tidies up.
  temporary = process.env.TMPDIR;
  process.env.TMPDIR = path('tmp');
});
after(() => {
  if (temporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temporary;
  rmSync(root, { recursive: true });
});

interface TinyPlay {
  readonly opensAt: string;
  readonly value: number;
  readonly kind: string;
  readonly touch?: string;
}

/** A playbook whose plays open on an account when its level is one of those named. */
function writePlaybook(
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
  becomes: { level: ${opensAt} }
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
const fact = (
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
const level = (account: string, day: number, to: string): string =>
  fact(account, day, 'record-changed', { data: { values: { level: to } } });
const begin = (account: string, owner: string): readonly string[] => [
  fact(account, 0, 'record-changed', {
    data: { values: { name: account, owner: `t:rep:${owner}` } },
  }),
  fact(account, 0, 'record-changed', {
    subjects: [`t:account:${account}`, `t:contact:${account}-buyer`],
    about: [`t:contact:${account}-buyer`],
    data: { values: { role: ['buyer'] } },
  }),
];
const call = (account: string, day: number, by = 't:rep:ana'): string =>
  fact(account, day, 'call-made', {
    subjects: [`t:account:${account}`, `t:contact:${account}-buyer`],
    by,
  });
const writeFacts = (name: string, lines: readonly string[]): string => {
  writeFileSync(path(name), `${lines.join('\n')}\n`);
  return path(name);
};

interface Ran {
  readonly code: number;
  readonly out: string;
}

async function run(args: readonly string[], signal = new AbortController().signal): Promise<Ran> {
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

const BASE: { readonly [id: string]: TinyPlay } = {
  alpha: { opensAt: 'low', value: 4000, kind: 'prepare' },
  bravo: { opensAt: '[low, middle]', value: 3000, kind: 'log' },
  charlie: { opensAt: '[low, middle]', value: 2000, kind: 'learn' },
  delta: { opensAt: 'high', value: 900, kind: 'call', touch: 'call' },
};

describe('opportune replay with two playbooks', () => {
  let args: readonly string[];
  before(() => {
    const p1 = writePlaybook('p1', BASE, '[{ touches: 2, days: 7 }]');
    const p2 = writePlaybook(
      'p2',
      {
        ...BASE,
        // In place of delta, and a touch at low as well.
        delta: { opensAt: 'middle', value: 900, kind: 'call', touch: 'call' },
        echo: { opensAt: 'high', value: 900, kind: 'fix' },
        // Worth more than charlie: it takes the third place.
        foxtrot: { opensAt: 'low', value: 2500, kind: 'email', touch: 'email' },
      },
      '[{ touches: 2, days: 7 }]',
    );
    const facts = writeFacts('facts.jsonl', [
      // Called twice, and low two days later: foxtrot's email is the third touch in seven days.
      ...begin('One', 'ana'),
      call('One', 10),
      call('One', 11),
      call('One', 12, 't:contact:One-buyer'),
      level('One', 13, 'low'),
      // Called too early for that.
      ...begin('Two', 'bo'),
      call('Two', 6),
      call('Two', 7),
      level('Two', 13, 'low'),
      // High: delta gives way to echo, at a time.
      ...begin('Three', 'bo'),
      level('Three', 20, 'high'),
      level('Three', 25, 'low'),
      fact('Three', 60, 'note-added'),
    ]);
    args = ['--playbook', p1, '--against', p2, '--facts', facts];
  });

  it('tells who would have seen echo instead of delta, and foxtrot beside the rest', async () => {
    const { out } = await run([...args, '--json']);
    assert.deepEqual(JSON.parse(out).instead, [
      { owner: 't:rep:bo', after: 'foxtrot', times: 2 },
      { owner: 't:rep:ana', after: 'foxtrot', times: 1 },
      { owner: 't:rep:bo', before: 'delta', after: 'echo', times: 1 },
    ]);
    const text = (await run(args)).out;
    assert.match(text, /^t:rep:bo {3}delta {7}echo {11}1$/m);
    assert.match(text, /^t:rep:ana {2}\(nothing\) {3}foxtrot {8}1$/m);
  });

  it('counts that foxtrot displaces charlie, where its touch is within the limit', async () => {
    const { out } = await run([...args, '--json']);
    // At One the contact policy holds foxtrot back: charlie stays.
    assert.deepEqual(JSON.parse(out).displaced, [
      { play: 'charlie', by: 'foxtrot', before: 0, after: 2 },
    ]);
    assert.match((await run(args)).out, /^foxtrot {2}charlie .* 0 .* 2$/m);
  });

  it('names the contact of One, called twice and written to two days later', async () => {
    const { out } = await run([...args, '--json']);
    const { overrun, overruns } = JSON.parse(out);
    assert.deepEqual(overrun, { before: 0, after: 1, onlyBefore: 0, onlyAfter: 1 });
    assert.deepEqual(overruns, [
      {
        who: 't:contact:One-buyer',
        limit: { touches: 2, days: 7 },
        day: at(13).slice(0, 10),
        demand: 3,
      },
    ]);
    assert.match(
      (await run(args)).out,
      /if every card .* were acted on when it opens: 0 under \w+, 1 under \w+; 0 no longer, 1 newly\n.*\nt:contact:One-buyer {2}2026-01-18 +3 {2}2 in 7 days\n/,
    );
  });

  it('shows no change between a playbook and itself', async () => {
    const [, p1 = '', , , ...rest] = args;
    const { out } = await run(['--playbook', p1, '--against', p1, ...rest, '--json']);
    const { onlyBefore, onlyAfter, instead, displaced, overruns, both } = JSON.parse(out);
    assert.deepEqual([onlyBefore, onlyAfter, instead, displaced, overruns], [[], [], [], [], []]);
    assert.equal(both, 10);
  });
});

describe('opportune replay of a file', () => {
  it('gives the same JSON for facts in any order, and for facts told twice', async () => {
    const playbook = writePlaybook('any-order', BASE, '[]');
    const lines = ['A', 'B', 'C'].flatMap((one) => [
      ...begin(one, 'ana'),
      level(one, 3, 'low'),
      level(one, 9, 'high'),
    ]);
    const outs: string[] = [];
    for (const [name, given] of [
      ['in-order', lines],
      ['turned', [...lines].reverse()],
      ['twice', [...lines, ...lines]],
    ] as const) {
      const { out } = await run([
        '--playbook',
        playbook,
        '--facts',
        writeFacts(name, given),
        '--json',
      ]);
      outs.push(out);
    }
    assert.equal(outs[1], outs[0]);
    assert.equal(outs[2], outs[0]);
    const { openings, accounts, facts } = JSON.parse(outs[0] ?? '');
    assert.deepEqual([accounts, facts, openings.length], [3, 12, 12]);
    assert.equal(outs[0], `${JSON.stringify(JSON.parse(outs[0] ?? ''), null, 2)}\n`);
  });

  it('judges an account of which one fact is known, and of which text has a Unicode line break', async () => {
    const playbook = writePlaybook('single', BASE, '[]');
    const line = fact('Only', 3, 'record-changed', {
      data: { values: { level: 'low', name: 'Only\u2028one' } },
    });
    assert.ok(line.includes('\u2028'));
    const { code, out } = await run([
      '--playbook',
      playbook,
      '--facts',
      writeFacts('single.jsonl', [line]),
    ]);
    assert.equal(code, 0);
    assert.match(out, /^3 openings in 1 account \(1 fact\)\n/);
  });

  it('leaves nothing in the temporary folder: after a run, a bad line, a refused fact, and a stop', async () => {
    const playbook = writePlaybook('tidy', BASE, '[]');
    const good = [...begin('A', 'ana'), level('A', 3, 'low')];
    const ask = (name: string, lines: readonly string[], signal?: AbortSignal): Promise<Ran> =>
      run(['--playbook', playbook, '--facts', writeFacts(name, lines)], signal);
    await ask('good.jsonl', good);
    assert.deepEqual(readdirSync(path('tmp')), []);
    await assert.rejects(ask('bad.jsonl', [...good, '{']), /bad\.jsonl:4: the line is no JSON/);
    assert.deepEqual(readdirSync(path('tmp')), []);
    await assert.rejects(
      ask('refused.jsonl', [...good, fact('A', 4, 'Not Kebab')]),
      /refused\.jsonl:4: fact "f\d+": type must be a kebab-case word\. Correct it/,
    );
    assert.deepEqual(readdirSync(path('tmp')), []);
    const many = Array.from({ length: 20_000 }, (_, n) => fact(`M${n}`, 1, 'note-added'));
    const stop = AbortSignal.abort(new Error('stopped'));
    await assert.rejects(ask('many.jsonl', many, stop), /stopped/);
    assert.deepEqual(readdirSync(path('tmp')), []);
  });
});
