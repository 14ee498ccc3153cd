import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { decision, NOW } from '../../src/view/fixtures.js';
import { accountWith } from './digest-bench.js';
import { type MailServer, openMailServer } from './mail-server.js';
import type { Mailer } from './mailer.js';
import {
  DATE,
  HOUR,
  MINUTE,
  MORNING,
  mailsOf,
  OPT_OUT,
  repOf,
  senderBench,
} from './sender-bench.js';

let server: MailServer;
beforeEach(async () => {
  server = await openMailServer();
});
afterEach(() => server.close());

describe('createDigestSender', () => {
  it('sends once a morning, however often it runs and starts again', async () => {
    const { clock, start } = senderBench(server);
    clock.at = MORNING - 1;
    assert.deepEqual(await start().run(), { sent: 0, nothing: 0, spent: 0, problems: [] });
    clock.at = MORNING;
    const first = start();
    assert.deepEqual(await first.run(), { sent: 1, nothing: 0, spent: 0, problems: [] });
    await first.run();
    await start().run();
    clock.at += 3 * HOUR;
    await start().run();
    assert.equal(server.received.length, 1);
    clock.at = MORNING + 24 * HOUR;
    await start().run();
    assert.equal(server.received.length, 2);
    assert.equal(mailsOf(server), 2);
  });

  it('sends once when two processes and two calls race', async () => {
    const { start } = senderBench(server, {
      reps: async () => ['a', 'b', 'c', 'd'].map((name) => repOf(name)),
    });
    const [one, other] = [start(), start()];
    const runs = await Promise.all([one.run(), other.run(), one.run(), other.run()]);
    assert.equal(server.received.length, 4);
    assert.equal((runs[0]?.sent ?? 0) + (runs[1]?.sent ?? 0), 4);
  });

  it('puts a link into the mail that stops it, and then sends no more', async () => {
    const { clock, log, start } = senderBench(server);
    await start().run();
    const header = server.received[0]?.headers.find(({ key }) => key === 'list-unsubscribe')?.value;
    const [, token = ''] =
      /^<https:\/\/opportune\.example\.com\/stop\/([^>]+)>$/.exec(header ?? '') ?? [];
    const stopping = OPT_OUT.read(token);
    assert.deepEqual(stopping, { tenant: 'acme', rep: 'demo:rep:maya' });
    await log.stop('demo:rep:maya');
    clock.at += 24 * HOUR;
    assert.deepEqual(await start().run(), { sent: 0, nothing: 0, spent: 0, problems: [] });
    await log.resume('demo:rep:maya');
    await start().run();
    assert.equal(server.received.length, 2);
  });

  it('heeds a click that comes while the actions are worked out', async () => {
    const { log, start } = senderBench(server, {
      decisions: async (asker) => {
        await log.stop(asker);
        return [accountWith('a', [1], {}, { asker })];
      },
    });
    assert.equal((await start().run()).sent, 0);
    assert.equal(server.received.length, 0);
  });

  it('sends nothing, and looks no more that day, when nothing is worth doing', async () => {
    let asked = 0;
    const { clock, log, start } = senderBench(server, {
      decisions: async (asker) => {
        asked++;
        return [decision({ asker })];
      },
    });
    assert.deepEqual(await start().run(), { sent: 0, nothing: 1, spent: 0, problems: [] });
    clock.at += HOUR;
    await start().run();
    assert.equal(asked, 1);
    assert.equal((await log.entries(DATE))[0]?.state, 'nothing');
  });

  it('waits until the quiet of the rep is over, which is elsewhere at another time', async () => {
    const budget = { perWeek: 5, quiet: { from: '20:00', to: '09:00' } };
    const { clock, start } = senderBench(server, {
      reps: async () => [
        repOf('portland', { budget }),
        repOf('denver', { budget, zone: 'America/Denver' }),
      ],
    });
    const sentBy: string[] = [];
    for (const minute of [0, 29, 30, 89, 90]) {
      clock.at = MORNING + minute * MINUTE;
      const { sent } = await start().run();
      if (sent > 0) sentBy.push(`${minute} ${server.received.at(-1)?.to0}`);
    }
    assert.deepEqual(sentBy, ['30 denver@example.com', '90 portland@example.com']);
  });

  it('sends no more in seven days than the rep may have, and says how many it left out', async () => {
    const budget = { perWeek: 2, quiet: { from: '18:00', to: '07:30' } };
    const { clock, log, start } = senderBench(server, {
      reps: async () => [repOf('maya', { budget })],
    });
    const runs: string[] = [];
    for (let day = 0; day < 12; day++) {
      clock.at = MORNING + day * 24 * HOUR;
      const { sent, spent } = await start().run();
      runs.push(sent === 1 ? 'sent' : spent === 1 ? 'spent' : '-');
    }
    // From a Thursday on; nothing on weekends, nor on the two holidays of the week after.
    assert.deepEqual(runs, [
      ...['sent', 'sent', '-', '-', 'spent', 'spent', 'spent', '-', '-', '-', '-', 'sent'],
    ]);
    assert.equal((await log.entries('2026-11-23'))[0]?.state, 'spent');
  });

  it('sends no more than so many a minute, and the rest in the next ones', async () => {
    const reps = Array.from({ length: 8 }, (_, i) => repOf(`r${i}`));
    const { clock, start } = senderBench(server, { reps: async () => reps, mailsAMinute: 3 });
    const sender = start();
    assert.deepEqual(await sender.run(), {
      sent: 3,
      nothing: 0,
      spent: 0,
      problems: [],
      stopped: 'mails-a-minute',
    });
    clock.at += MINUTE - 1;
    assert.equal((await sender.run()).sent, 0);
    clock.at += 1;
    assert.equal((await sender.run()).sent, 3);
    clock.at += MINUTE;
    assert.equal((await sender.run()).sent, 2);
    assert.equal(mailsOf(server), 8);
  });

  it('sends to each when it is morning there', async () => {
    const { clock, start } = senderBench(server, {
      reps: async () => [
        repOf('berlin', { zone: 'Europe/Berlin', at: '08:15' }),
        repOf('portland'),
        repOf('tokyo', { zone: 'Asia/Tokyo' }),
      ],
    });
    const sender = start();
    const times: string[] = [];
    for (
      clock.at = Date.parse('2026-11-18T04:00:00Z');
      clock.at < Date.parse('2026-11-20T00:00:00Z');
      clock.at += 15 * MINUTE
    ) {
      const before = server.received.length;
      await sender.run();
      for (const mail of server.received.slice(before))
        times.push(`${mail.to0.split('@')[0]} ${new Date(clock.at).toISOString().slice(8, 16)}`);
    }
    assert.deepEqual(times, [
      'berlin 18T07:15',
      'portland 18T15:30',
      'tokyo 18T22:30',
      'berlin 19T07:15',
      'portland 19T15:30',
      'tokyo 19T22:30',
    ]);
  });

  it('keeps no word of a mail, and nothing of a rep who is forgotten', async () => {
    const { log, start } = senderBench(server);
    await start().run();
    assert.deepEqual(await log.entries(DATE), [
      { rep: 'demo:rep:maya', date: DATE, attempt: 1, state: 'sent' },
    ]);
    await log.stop('demo:rep:maya');
    await log.forget('demo:rep:maya');
    assert.deepEqual(await log.entries(DATE), []);
    assert.equal(await log.hasStopped('demo:rep:maya'), false);
  });

  it('never hands over two mails for one rep and day, and none outside the morning, whatever happens when', async () => {
    const step = fc.record({
      minutes: fc.integer({ min: 0, max: 400 }),
      who: fc.nat(1),
      answer: fc.constantFrom('ok', 'ok', 450, 550, 'ECONNECTION'),
      stop: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const accepted: string[] = [];
        let answer: string | number = 'ok';
        const mailer: Mailer = {
          async send({ messageId }, { address }, at) {
            const wall = new Date(at - 8 * HOUR);
            assert.ok(wall.getUTCHours() >= 7 && wall.getUTCHours() < 12);
            assert.ok(wall.getUTCDay() % 6 !== 0);
            if (answer !== 'ok')
              throw Object.assign(
                new Error(),
                typeof answer === 'number' ? { responseCode: answer } : { code: answer },
              );
            assert.ok(messageId.includes(wall.toISOString().slice(0, 10)));
            accepted.push(`${address} ${messageId}`);
          },
          close() {},
        };
        const { clock, start } = senderBench(server, {
          mailer,
          reps: async () => [repOf('a'), repOf('b')],
        });
        clock.at = NOW - 24 * HOUR;
        const senders = [start(), start()];
        for (const { minutes, who, ...next } of steps) {
          clock.at += minutes * MINUTE;
          answer = next.answer;
          await Promise.all([senders[who]?.run(), next.stop && senders[1 - who]?.run()]);
        }
        assert.equal(new Set(accepted).size, accepted.length);
      }),
      { numRuns: 60 },
    );
  });
});
