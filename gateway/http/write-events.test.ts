import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { it, mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Listening } from '../serve/hub.js';
import { createEventWriter } from './write-events.js';

const EVENTS = 2_000;

it('a panel that does not read costs one batch of memory, and is cut off after half a minute', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let taken = 0;
  let more = (): void => undefined;
  let open = true;
  const listening: Listening = {
    take() {
      taken++;
      return Array.from({ length: EVENTS }, (_, i) => ({
        event: 'changed' as const,
        data: { record: `crm:account:${i}` },
      }));
    },
    at: () => '1',
    onMore(listener) {
      more = listener;
    },
    close() {
      open = false;
    },
  };
  let held = 0;
  const server = createServer((_, response) => {
    createEventWriter(response, listening, { endsInMs: 3_600_000, heartbeat: () => () => {} });
    for (let i = 0; i < 1_000; i++) {
      more();
      held = Math.max(held, response.writableLength);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  while (taken === 0) await turn();
  // The system holds some megabytes; what comes while the last batch waits is not taken.
  assert.ok(taken < 100, `${taken} batches`);
  assert.ok(held < 1_000_000, `${held} bytes`);
  for (let i = 0; i < 50; i++) {
    more();
    await turn();
  }
  assert.equal(open, true);
  mock.timers.tick(30_000);
  mock.timers.reset();
  await turn();
  assert.equal(open, false);
  socket.destroy();
  server.close();
});
