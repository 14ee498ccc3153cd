import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accountWith } from './digest-bench.js';
import { createMemoryDigestLog } from './digest-log.js';
import { type Answer, type MailServer, openMailServer } from './mail-server.js';
import { DATE, HOUR, MINUTE, MORNING, mailsOf, repOf, senderBench } from './sender-bench.js';

let server: MailServer;
beforeEach(async () => {
  server = await openMailServer();
});
afterEach(() => server.close());

describe('createDigestSender, when something fails', () => {
  it('tries again later after a temporary answer, and in the end one mail is there', async () => {
    const { clock, log, start } = senderBench(server);
    server.answers({ at: 'recipient', code: 450, text: 'busy' }, { at: 'data', code: 451 });
    const { problems } = await start().run();
    assert.deepEqual(problems, [{ rep: 'demo:rep:maya', reason: 'the mail server said 450 busy' }]);
    clock.at += MINUTE - 1;
    await start().run();
    assert.equal((await log.entries(DATE))[0]?.attempt, 1);
    clock.at += 1;
    await start().run();
    clock.at += 2 * MINUTE;
    assert.equal((await start().run()).sent, 1);
    assert.equal(server.received.length, 1);
    assert.equal((await log.entries(DATE))[0]?.attempt, 3);
  });

  it('gives up after a permanent answer, with a reason that names no address', async () => {
    const { clock, log, start } = senderBench(server);
    server.answers({ at: 'recipient', code: 550, text: 'no such user maya@example.com' });
    await start().run();
    clock.at += HOUR;
    await start().run();
    assert.equal(server.received.length, 0);
    assert.deepEqual(await log.entries(DATE), [
      {
        rep: 'demo:rep:maya',
        date: DATE,
        attempt: 1,
        state: 'failed',
        reason: 'the mail server said 550 no such user (address)',
      },
    ]);
  });

  const broken: readonly (readonly [Answer, number])[] = [
    ['drop', 1],
    ['take-and-drop', 2],
  ];
  for (const [answer, arrivals] of broken)
    it(`is one mail by its Message-ID when the connection breaks (${answer})`, async () => {
      const { clock, start } = senderBench(server);
      server.answers(answer);
      assert.equal((await start().run()).stopped, 'server');
      clock.at += 2 * MINUTE;
      await start().run();
      assert.equal(server.received.length, arrivals);
      assert.equal(mailsOf(server), 1);
    });

  it('sends again with the same Message-ID when the process died before it could note it', async () => {
    const kept = createMemoryDigestLog();
    const dies = { ...kept, settle: async () => Promise.reject(new Error('killed')) };
    await assert.rejects(senderBench(server, {}, dies).start().run());
    const { clock, start } = senderBench(server, {}, kept);
    await start().run();
    assert.equal(server.received.length, 1, 'the claim of the dead still stands');
    clock.at += 10 * MINUTE;
    await start().run();
    clock.at += 10 * MINUTE;
    await start().run();
    assert.equal(server.received.length, 2);
    assert.equal(mailsOf(server), 1);
  });

  it('asks no further mail of a server that is not there, and catches up when it is back', async () => {
    const { clock, log, start } = senderBench(server, {
      reps: async () => ['a', 'b', 'c'].map((name) => repOf(name)),
    });
    server.answers({ at: 'sender', code: 421 });
    const run = await start().run();
    assert.equal(run.stopped, 'server');
    assert.equal((await log.entries(DATE)).length, 1);
    clock.at += MINUTE;
    assert.equal((await start().run()).sent, 3);
  });

  it('gives up when the morning is over', async () => {
    const { clock, log, start } = senderBench(server);
    clock.at = MORNING + 4 * HOUR - MINUTE;
    server.answers({ at: 'data', code: 451 });
    await start().run();
    assert.equal((await log.entries(DATE))[0]?.state, 'failed');
    clock.at += 2 * MINUTE;
    await start().run();
    assert.equal(server.received.length, 0);
  });

  it('holds up nobody for a rep whose settings or actions are wrong, and says which', async () => {
    const { start } = senderBench(server, {
      reps: async () => [repOf('lost', { zone: 'Nowhere/City' }), repOf('broken'), repOf('maya')],
      decisions: async (asker) => {
        if (asker === 'demo:rep:broken') throw new Error('secret words of a card');
        return [accountWith('a', [1], {}, { asker })];
      },
    });
    assert.deepEqual(await start().run(), {
      sent: 1,
      nothing: 0,
      spent: 0,
      problems: [
        {
          rep: 'demo:rep:lost',
          reason: "the rep's zone or time is wrong (opportune/unknown-zone)",
        },
        { rep: 'demo:rep:broken', reason: 'the actions could not be worked out (unexpected)' },
      ],
    });
  });
});
