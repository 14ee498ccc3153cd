import type { ServerResponse } from 'node:http';
import type { Answer } from './call.js';
import type { Fault } from './faults.js';

const error = (status: number, errorCode: string, message: string, headers = {}): Answer => ({
  status,
  body: [{ message, errorCode }],
  headers,
});

/** Faults that come in place of the work. */
function instead(fault: Fault | undefined, method: string): Answer | undefined {
  if (fault === 'too-many')
    return error(429, 'REQUEST_LIMIT_EXCEEDED', 'Too many requests', { 'retry-after': '1' });
  if (fault === 'unavailable')
    return error(503, 'SERVER_UNAVAILABLE', 'HTTP Status 503: the server is too busy');
  if (fault === 'html')
    return {
      status: 200,
      body: '<html><body>We are down for maintenance</body></html>',
      headers: { 'content-type': 'text/html;charset=UTF-8' },
    };
  if (fault !== 'locked') return undefined;
  return method === 'GET'
    ? error(503, 'SERVER_UNAVAILABLE', 'HTTP Status 503: the server is too busy')
    : error(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
}

/** Sends what was asked for, or what goes wrong instead. Resolves with the status that was sent; 0: none. */
export async function sendAnswer(
  response: ServerResponse,
  answer: () => Promise<Answer>,
  fault: Fault | undefined,
  method: string,
): Promise<number> {
  // Whether a write was carried out before the connection broke nobody can tell from outside.
  if (fault === 'reset' && method !== 'GET') {
    response.destroy();
    return 0;
  }
  const { status, body, headers = {} } = instead(fault, method) ?? (await answer());
  if (fault === 'lost') {
    response.destroy();
    return 0;
  }
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = Buffer.from(text);
  const isCut = fault === 'cut' && typeof body === 'object' && bytes.length > 1;
  const sent = isCut ? bytes.subarray(0, bytes.length >> 1) : bytes;
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json;charset=UTF-8' }),
    ...(status === 204 || status === 302 ? {} : { 'content-length': sent.length }),
    ...headers,
  });
  if (fault === 'reset') {
    response.write(sent.subarray(0, sent.length >> 1), () => response.destroy());
    return status;
  }
  if (fault === 'slow')
    for (let at = 0; at < Math.min(sent.length, 64); at += 16) {
      response.write(sent.subarray(at, Math.min(at + 16, sent.length)));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  response.end(fault === 'slow' ? sent.subarray(Math.min(sent.length, 64)) : sent);
  return status;
}
