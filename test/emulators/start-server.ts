import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, sendAnswer } from './send-answer.js';

export interface Logged<Fault> {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly fault?: Fault;
}

export interface Serving<Fault> {
  /** 0: any free one. */
  readonly port: number;
  /** What is to go wrong with this request. */
  faultOf(method: string, url: string): Fault | undefined;
  /** What comes in place of the work. */
  instead(fault: Fault | undefined, method: string): Answer | undefined;
  answer(request: IncomingMessage, body: string): Answer | Promise<Answer>;
}

export interface Served<Fault> {
  readonly server: Server;
  readonly origin: string;
  /** What was asked, newest last. */
  readonly log: readonly Logged<Fault>[];
  close(): Promise<void>;
}

const MOST_LOGGED = 50_000;

/** An emulator's end of the wire. */
export async function startServer<Fault extends string>({
  port,
  faultOf,
  instead,
  answer,
}: Serving<Fault>): Promise<Served<Fault>> {
  const log: Logged<Fault>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', async () => {
      const { method = 'GET', url = '/' } = request;
      const fault = faultOf(method, url);
      const body = Buffer.concat(chunks).toString();
      const status = await sendAnswer(response, {
        instead: instead(fault, method),
        answer: async () => answer(request, body),
        fault,
        method,
      });
      if (log.length >= MOST_LOGGED) log.splice(0, MOST_LOGGED / 2);
      log.push({ method, url, status, ...(fault === undefined ? {} : { fault }) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    server,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
