import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { type CommandBench, MAP, openCommandBench, PLAYBOOK } from './command-bench.js';
import {
  BASE,
  closeReplayWorld,
  fact,
  findLeft,
  openReplayWorld,
  writeFacts,
  writePlaybook,
} from './replay-world.js';

before(openReplayWorld);
after(closeReplayWorld);

describe('opportune replay in a process of its own', () => {
  let bench: CommandBench;
  before(async () => {
    bench = await openCommandBench();
  });
  after(() => bench.end());

  it('opens the same from a file and from the store of the same import', async () => {
    await bench.ask('import', 'crm', '--map', MAP, '--facts', 'facts.jsonl');
    await bench.ask('import', 'crm', '--map', MAP, '--into', 'store');
    const draft = bench.playbookWith('draft', 'plays/past-every-win.yaml', 'gte: 139', 'gte: 199');
    const [file, store] = await Promise.all(
      ['facts.jsonl', 'store'].map(async (facts) => {
        const args = ['--playbook', PLAYBOOK, '--facts', facts, '--until', '2018-01-02', '--json'];
        const alone = await bench.ask('replay', ...args);
        const both = await bench.ask('replay', ...args, '--against', draft);
        return [alone.out, both.out].map((out) => JSON.parse(out));
      }),
    );
    assert.ok(file?.[0].openings.length > 0);
    assert.deepEqual(store, file);
  });

  it('stops at SIGINT and takes its temporary folder with it', async () => {
    const playbook = writePlaybook('stopped', BASE, '[]');
    const lines = Array.from({ length: 60_000 }, (_, n) =>
      fact(`S${n % 900}`, n % 99, 'email-sent'),
    );
    const file = writeFacts('stopped.jsonl', lines);
    const child = spawn(
      process.execPath,
      [await bench.command(), 'replay', '--playbook', playbook, '--facts', file],
      { stdio: 'ignore' },
    );
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    while (findLeft().length === 0 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    assert.deepEqual(findLeft(), []);
  });
});
