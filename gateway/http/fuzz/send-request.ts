import { connect } from 'node:net';
import type { App } from '../app.js';

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Buffer;
}

export interface RawAnswer {
  readonly status: number;
  /** By name in lower case; a name that came twice has both, with a comma. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** Through the handler alone. Rejects when there is no answer after so many milliseconds. */
export async function sendInside(app: App, request: RawRequest, ms: number): Promise<RawAnswer> {
  const { method, target, headers, body } = request;
  const answer = await within(
    ms,
    app.inject({
      method: method as 'GET',
      url: target,
      headers: Object.fromEntries(headers),
      ...(body && { payload: body }),
    }),
  );
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: answer.body,
  };
}

/** The bytes of a request, as they are, over a connection of its own. */
export function toBytes({ method, target, headers, body }: RawRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, ' ')}\r\n`);
  const length =
    body || method === 'POST' || method === 'PUT' ? `content-length: ${body?.length ?? 0}\r\n` : '';
  const head = `${method} ${target} HTTP/1.1\r\n${lines.join('')}${length}connection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
}

/**
 * Writes bytes to a port of this machine and reads what comes until the end, or of a stream of events its first event.
 * Resolves with what was read when the connection ends, however it ends.
 */
export async function sendBytes(port: number, bytes: Buffer, ms: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  let text = '';
  const done = new Promise<void>((resolve) => {
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (/^content-type: text\/event-stream/im.test(text) && text.includes('id: ')) resolve();
    });
  });
  socket.write(bytes);
  try {
    await within(ms, done);
  } finally {
    socket.destroy();
  }
  return text;
}

/** Undefined for what is no answer of HTTP. */
export function readAnswer(text: string): RawAnswer | undefined {
  const [, status, head = ''] =
    /^HTTP\/1\.1 (\d{3})[^\r]*\r\n([\s\S]*?)(?:\r\n\r\n|\r\n$)/.exec(text) ?? [];
  if (status === undefined) return undefined;
  if (status === '100') return readAnswer(text.slice(text.indexOf('\r\n\r\n') + 4));
  const headers: { [name: string]: string } = {};
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const rest = text.slice(text.indexOf('\r\n\r\n') + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? unchunk(rest) : rest;
  return { status: Number(status), headers, body };
}

function unchunk(text: string): string {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (line < 0 || !(length > 0)) break;
    parts.push(bytes.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
  return Buffer.concat(parts).toString();
}

async function within<Of>(ms: number, promise: Promise<Of>): Promise<Of> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
