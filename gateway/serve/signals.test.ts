import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import {
  buildCommand,
  type GatewayProcess,
  startGatewayProcess,
  writeInputs,
} from '../torture/gateway-process.js';
import { createPlace, type Place } from '../torture/place.js';
import { playbookFiles, SETTINGS, TENANT } from '../torture/world.js';
import { silent, until } from './test-gateway.js';

describe('opportune serve, told to stop', () => {
  let place: Place;
  let start: () => GatewayProcess;
  before(async () => {
    const command = await buildCommand(new URL('..', import.meta.url));
    place = await createPlace('embedded');
    const args = [...place.args, ...writeInputs(place.folder, SETTINGS, playbookFiles(0))];
    start = () => startGatewayProcess(command, args, place.env);
  });
  after(() => place.remove());

  const opened = async (
    url: string,
    head: string,
  ): Promise<{ socket: Socket; text(): string; ended(): boolean }> => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let text = '';
    let ended = false;
    socket
      .on('error', () => undefined)
      .on('close', () => {
        ended = true;
      });
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await new Promise((done) => socket.once('connect', done));
    socket.write(head);
    return { socket, text: () => text, ended: () => ended };
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`by ${signal}: what is being asked is answered, streams end, it exits with 0, and has what it said`, async () => {
      const gateway = start();
      const url = await gateway.ready;
      const stream = await opened(
        url,
        `GET /v1/events?record=crm:account:1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Development ${TENANT} crm:rep:ana rep\r\n\r\n`,
      );
      await until(() => stream.text().includes('id: '));
      const body = JSON.stringify({ facts: silent(`by-${signal}`, 20) });
      const asked = await opened(
        url,
        `POST /v1/facts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Development ${TENANT} - connector\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 50)}`,
      );
      // Its first half has arrived when what comes after it on another connection is answered.
      assert.equal((await fetch(`${url}/healthz`)).status, 200);
      gateway.kill(signal);
      await until(() => stream.ended());
      asked.socket.write(body.slice(50));
      await until(() => asked.text().includes('\r\n\r\n'));
      assert.match(asked.text(), /^HTTP\/1\.1 202 /);
      assert.equal(await gateway.ended, 0);

      const again = start();
      const answer = await fetch(`${await again.ready}/v1/facts`, {
        method: 'POST',
        headers: {
          authorization: `Development ${TENANT} - connector`,
          'content-type': 'application/json',
        },
        body,
      });
      assert.deepEqual(await answer.json(), { accepted: 0, repeated: 2, refused: [] });
      again.kill('SIGTERM');
      assert.equal(await again.ended, 0);
    });
});
