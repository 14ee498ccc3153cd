import { OpportuneError } from '../core/errors.js';

/** One server-sent event. `type` is `message` where the server names none. */
export interface ServerEvent {
  readonly type: string;
  readonly data: string;
  /** The newest id that the server gave, also with an earlier event. */
  readonly id: string | undefined;
}

const MOST_CHARACTERS = 1_000_000;

/**
 * Reads server-sent events from bytes that come in pieces of any kind, by the rules of the HTML standard; but an event
 * that has a name and no data counts too. Throws where one event is longer than a million characters.
 */
export function createEventParser(heard: {
  event(event: ServerEvent): void;
  /** How long the server asks to wait before connecting anew. */
  retry(ms: number): void;
}): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  let endedWithReturn = false;
  let type = '';
  let data: string[] = [];
  let size = 0;
  let id: string | undefined;

  function take(line: string): void {
    if (line === '') {
      const event = { type: type || 'message', data: data.join('\n'), id };
      const real = type || data.length;
      type = '';
      data = [];
      size = 0;
      if (real) heard.event(event);
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') type = value;
    else if (field === 'data') {
      size += value.length;
      data.push(value);
    } else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) heard.retry(Number(value));
  }

  return (bytes) => {
    let text = decoder.decode(bytes, { stream: true });
    if (!text) return;
    // The second half of a line's end that was cut in two.
    if (endedWithReturn && text.startsWith('\n')) text = text.slice(1);
    endedWithReturn = text.endsWith('\r');
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    if (rest.length + size > MOST_CHARACTERS)
      throw new OpportuneError('opportune/gateway-unreachable', 'An event has no end');
  };
}
