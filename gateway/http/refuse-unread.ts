import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from './problem.js';

const TOLD: { readonly [code: string]: readonly [status: number, title: string] } = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request did not come in time'],
  HPE_HEADER_OVERFLOW: [431, 'the headers are too long'],
};

/** Answers what could not even be read as a request, and closes its connection: what follows in it is not known. */
export function refuseUnread(
  error: { readonly code?: string },
  socket: Socket,
  headers: { readonly [name: string]: string },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, title] = TOLD[error.code ?? ''] ?? [400, 'this is no request of HTTP'];
  const problem: Problem = { status, code: 'opportune/request', title };
  const body = JSON.stringify(problem);
  const lines = Object.entries({
    ...headers,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  // Whoever does not take the answer keeps no connection for it.
  socket.setTimeout(1000, () => socket.destroy());
}
