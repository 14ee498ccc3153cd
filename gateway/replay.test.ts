import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  at,
  BASE,
  begin,
  call,
  closeReplayWorld,
  fact,
  findLeft,
  level,
  openReplayWorld,
  type Ran,
  run,
  writeFacts,
  writePlaybook,
} from './replay-world.js';

before(openReplayWorld);
after(closeReplayWorld);

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

  it('tells every account the news of the company that a play waits for, from its own first fact on', async () => {
    const playbook = writePlaybook('news', { golf: { value: 1, kind: 'learn' } }, '[]');
    const news = { subjects: ['opportune:company:self'], about: ['t:product:new'] };
    const file = writeFacts('news.jsonl', [
      fact('A', 20, 'product-added', news),
      fact('A', 10, 'product-added', news),
      ...begin('A', 'ana'),
      level('B', 15, 'low'),
    ]);
    const { out } = await run(['--playbook', playbook, '--facts', file, '--json']);
    const opened = (JSON.parse(out).openings as readonly { account: string; begin: string }[]).map(
      ({ account, begin }) => `${account} ${begin}`,
    );
    // At A the second finds the play still open.
    assert.deepEqual(opened, [`t:account:A ${at(10)}`, `t:account:B ${at(20)}`]);
  });

  it('leaves nothing in the temporary folder: after a run, a bad line, a refused fact, and a stop', async () => {
    const playbook = writePlaybook('tidy', BASE, '[]');
    const good = [...begin('A', 'ana'), level('A', 3, 'low')];
    const ask = (name: string, lines: readonly string[], signal?: AbortSignal): Promise<Ran> =>
      run(['--playbook', playbook, '--facts', writeFacts(name, lines)], signal);
    await ask('good.jsonl', good);
    assert.deepEqual(findLeft(), []);
    await assert.rejects(ask('bad.jsonl', [...good, '{']), /bad\.jsonl:4: the line is no JSON/);
    assert.deepEqual(findLeft(), []);
    await assert.rejects(
      ask('refused.jsonl', [...good, fact('A', 4, 'Not Kebab')]),
      /refused\.jsonl:4: fact "f\d+": type must be a kebab-case word\. Correct it/,
    );
    assert.deepEqual(findLeft(), []);
    const many = Array.from({ length: 20_000 }, (_, n) => fact(`M${n}`, 1, 'note-added'));
    const stop = AbortSignal.abort(new Error('stopped'));
    await assert.rejects(ask('many.jsonl', many, stop), /stopped/);
    assert.deepEqual(findLeft(), []);
  });
});
