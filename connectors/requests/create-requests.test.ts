import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { createRequests, type RequestParts, type Requests } from './create-requests.js';
import { createSession } from './create-session.js';
import type { Timing } from './timing.js';

/** Time goes on only when something waits for it, to the soonest that is waited for. */
function virtualTime(): Timing & { readonly waited: number[] } {
  let now = 1_000_000;
  let random = 0;
  const waited: number[] = [];
  const waiting = new Set<{ at: number; go: () => void }>();
  const step = (): void => {
    const [next] = [...waiting].sort((a, b) => a.at - b.at);
    if (!next) return;
    waiting.delete(next);
    now = Math.max(now, next.at);
    next.go();
  };
  return {
    waited,
    now: () => now,
    random: () => {
      random = (random + 0.37) % 1;
      return random;
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const one = { at: now + ms, go: resolve };
        signal?.addEventListener('abort', () => {
          waiting.delete(one);
          reject(signal.reason);
        });
        // Limits for a whole answer are not waited for.
        if (ms >= 100_000) return;
        waited.push(ms);
        waiting.add(one);
        setImmediate(step);
      }),
  };
}

describe('requests to a CRM', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/data?secret=1`;
  }

  const parts = (url: string, more: Partial<RequestParts> = {}): RequestParts => ({
    method: 'GET',
    url,
    headers: () => ({}),
    expects: 'json',
    repeatable: true,
    ...more,
  });

  function open(time: Timing, more: Partial<Parameters<typeof createRequests>[0]> = {}): Requests {
    return createRequests({
      fetch,
      ...time,
      rate: { perSecond: 10, burst: 5, parallel: 3 },
      budget: { readUsage: () => undefined, leave: 0 },
      ...more,
    });
  }

  const json = { 'content-type': 'application/json' };

  it('begin 5 at once and then 10 a second, and never more than 3 are under way', async () => {
    const time = virtualTime();
    let inside = 0;
    let most = 0;
    const begun: number[] = [];
    const url = await serve((_, response) => {
      begun.push(time.now());
      most = Math.max(most, ++inside);
      setImmediate(() => {
        inside--;
        response.writeHead(200, json).end('{}');
      });
    });
    const requests = open(time);
    await Promise.all(Array.from({ length: 25 }, () => requests.send(parts(url))));
    assert.ok(most <= 3, `${most} at once`);
    const spent = (begun.at(-1) ?? 0) - (begun[0] ?? 0);
    assert.ok(spent >= 1_900 && spent <= 2_200, `20 requests beyond the burst took ${spent} ms`);
  });

  it('wait as long as Retry-After says, in seconds or as a date, and all the others of the portal with them', async () => {
    const time = virtualTime();
    const answered: number[] = [];
    let refusals = 0;
    const url = await serve((_, response) => {
      answered.push(time.now());
      const after = [
        String(7),
        new Date(Math.ceil(time.now() / 1_000) * 1_000 + 20_000).toUTCString(),
      ][refusals++];
      if (after === undefined) response.writeHead(200, json).end('{}');
      else response.writeHead(429, { 'retry-after': after }).end();
    });
    const requests = open(time, { rate: { perSecond: 1_000, burst: 1, parallel: 1 } });
    await Promise.all([requests.send(parts(url)), requests.send(parts(url))]);
    const [first = 0, second = 0, third = 0] = answered;
    assert.ok(second - first >= 7_000, 'the second waits too, though it was not the one refused');
    assert.ok(third - second >= 20_000);
  });

  it('come back at random moments, so that not all come at once, and ever later', async () => {
    const time = virtualTime();
    const url = await serve((_, response) => response.writeHead(503).end());
    await assert.rejects(open(time).send(parts(url)), { code: 'opportune/crm-unavailable' });
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = time.waited;
    assert.equal(time.waited.length, 5);
    for (const [index, ms] of [a, b, c, d, e].entries()) {
      const most = 500 * 2 ** index;
      assert.ok(ms >= most / 2 && ms <= most, `${ms} of ${most}`);
    }
  });

  it('do not wait for a CRM that asks to come back in hours', async () => {
    const url = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '7200' }).end(),
    );
    await assert.rejects(open(virtualTime()).send(parts(url)), {
      code: 'opportune/crm-busy',
      message: /in 120 minutes/,
    });
  });

  it('are sent again whole when a connection breaks in the middle of the answer', async () => {
    const bodies: string[] = [];
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (piece) => {
        body += piece;
      });
      request.on('end', () => {
        bodies.push(body);
        response.writeHead(200, { ...json, 'content-length': 12 });
        if (bodies.length < 3) response.write('{"a":', () => response.destroy());
        else response.end('{"a":"good"}');
      });
    });
    const reply = await open(virtualTime()).send(parts(url, { method: 'PUT', body: 'all of it' }));
    assert.deepEqual(reply.value, { a: 'good' });
    assert.deepEqual(bodies, ['all of it', 'all of it', 'all of it']);
  });

  it('that must not happen twice are not repeated when their fate is not known, and are when they were not begun', async () => {
    const answers = [429, 500];
    let sent = 0;
    const url = await serve((_, response) => response.writeHead(answers[sent++] ?? 200).end());
    const once = parts(url, { method: 'POST', body: '{}', repeatable: false });
    await assert.rejects(open(virtualTime()).send(once), /look there before it is sent again/);
    assert.equal(sent, 2);
  });

  it('tell refusals as answers, and no redirect is followed with a token', async () => {
    const url = await serve(({ url: path }, response) => {
      if (path?.startsWith('/data')) response.writeHead(302, { location: '/elsewhere' }).end();
      else response.writeHead(200, json).end('{"stolen":true}');
    });
    const reply = await open(virtualTime()).send(parts(url));
    assert.equal(reply.status, 302);
  });

  it('stop with the reason of their signal, in the line, on the wire and while waiting', async () => {
    const time = virtualTime();
    const reason = new Error('stopped by the test');
    const url = await serve((_, response) => response.flushHeaders());
    const requests = open(time, { rate: { perSecond: 1_000, burst: 9, parallel: 1 } });
    const [onWire, inLine] = [new AbortController(), new AbortController()];
    const first = requests.send(parts(url, { signal: onWire.signal }));
    const second = requests.send(parts(url, { signal: inLine.signal }));
    inLine.abort(reason);
    await assert.rejects(second, reason);
    onWire.abort(reason);
    await assert.rejects(first, reason);
    const busy = await serve((_, response) =>
      response.writeHead(503, { 'retry-after': '100' }).end(),
    );
    const waiting = new AbortController();
    const third = open(
      {
        ...time,
        wait: async (ms, signal) => {
          if (ms >= 100_000 && ms !== 120_000) waiting.abort(reason);
          signal?.throwIfAborted();
          await new Promise((_, reject) => signal?.addEventListener('abort', reject));
        },
      },
      { timeoutMs: 120_000 },
    ).send(parts(busy, { signal: waiting.signal }));
    await assert.rejects(third, reason);
    // The place of those who left is free again.
    const good = await serve((_, response) => response.writeHead(200, json).end('{}'));
    assert.equal((await requests.send(parts(good))).status, 200);
  });

  it('leave others their share of the day, and look again after a while', async () => {
    const time = virtualTime();
    let passed = 0;
    let used = 0;
    const url = await serve((_, response) =>
      response.writeHead(200, { ...json, 'x-used': String(used) }).end('{}'),
    );
    const requests = open(
      { ...time, now: () => time.now() + passed },
      {
        budget: {
          leave: 0.3,
          readUsage: (headers) => ({ used: Number(headers.get('x-used')), limit: 100 }),
        },
      },
    );
    used = 69;
    await requests.send(parts(url));
    used = 70;
    await requests.send(parts(url));
    await assert.rejects(requests.send(parts(url)), /70 of 100 requests of the day are used/);
    passed = 16 * 60_000;
    used = 10;
    await requests.send(parts(url));
    await requests.send(parts(url));
  });
});

describe('a session', () => {
  it('renews once for all who were refused, and not when a fresh token is refused', async () => {
    let now = 0;
    let renewals = 0;
    const session = createSession('t0', async () => `t${++renewals}`, { now: () => now });
    const all = await Promise.all(Array.from({ length: 5 }, () => session.renew('t0')));
    assert.deepEqual([new Set(all), renewals], [new Set(['t1']), 1]);
    assert.equal(await session.renew('t0'), 't1');
    await assert.rejects(session.renew('t1'), { code: 'opportune/sign-in' });
    now += 60_000;
    assert.equal(await session.renew('t1'), 't2');
  });
});
