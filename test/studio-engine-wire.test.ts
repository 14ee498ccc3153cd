import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EnginePort } from '../src/port-calls.js';
import type { StudioEngine } from '../src/studio/engine.js';
import { connectEngine, serveEngine } from '../src/studio/engine-wire.js';

/** An engine at the other end of a channel, as in a worker. */
function across(engine: Partial<StudioEngine>): StudioEngine & { end(): void } {
  const { port1, port2 } = new MessageChannel();
  serveEngine(engine as StudioEngine, port1 as unknown as EnginePort);
  const connected = connectEngine(port2 as unknown as EnginePort);
  port1.start();
  port2.start();
  return { ...connected, end: () => port1.close() };
}

describe('an engine in a worker', () => {
  it('gives each answer to who asked, whatever the order in which they come', async () => {
    const answers: (() => void)[] = [];
    const engine = across({
      factsOf: (account) =>
        new Promise((resolve) => answers.push(() => resolve([{ id: account }] as never))),
    });
    const asked = [engine.factsOf('a'), engine.factsOf('b')];
    while (answers.length < 2) await new Promise((resolve) => setImmediate(resolve));
    for (const answer of answers.reverse()) answer();
    assert.deepEqual(await Promise.all(asked), [[{ id: 'a' }], [{ id: 'b' }]]);
    engine.end();
  });

  it('tells its progress, and what went wrong', async () => {
    const engine = across({
      async preview(_files, _play, progress) {
        progress?.(0.5);
        throw new Error('no memory left');
      },
    });
    const shares: number[] = [];
    const asked = engine.preview([], {}, (share) => shares.push(share));
    await assert.rejects(asked, /no memory left/);
    assert.deepEqual(shares, [0.5]);
    engine.end();
  });

  it('stops one when asked to, and no other', async () => {
    const engine = across({
      foresee: (before, _after, progress, signal) =>
        new Promise((resolve, reject) => {
          progress?.(0);
          if (before.length > 0) setTimeout(() => resolve(undefined), 50);
          signal?.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    });
    const stop = new AbortController();
    const stopped = engine.foresee([], [], () => stop.abort(), stop.signal);
    const other = engine.foresee([{ path: 'x', text: '' }], []);
    await assert.rejects(stopped, /stopped/);
    assert.equal(await other, undefined);
    engine.end();
  });
});
