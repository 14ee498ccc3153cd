import type { ServerResponse } from 'node:http';
import type { Listening } from '../serve/hub.js';

/** A panel that has not taken what was sent for so long is gone, or too slow to be of use. */
const PATIENCE_MS = 30_000;
/** The longest that a timer can wait. */
const LONGEST_MS = 2_147_483_647;

export interface WriterOptions {
  /** Milliseconds until the token ends, and with it the stream. */
  readonly endsInMs: number;
  /** Calls back every few seconds until the returned function is called. */
  heartbeat(beat: () => void): () => void;
}

/**
 * Writes what a panel is told to its connection, no faster than it is taken: meanwhile what comes is collapsed to one
 * event a record, so that a slow panel costs no memory. Returns what ends the stream; the panel comes back by itself.
 */
export function createEventWriter(
  out: ServerResponse,
  listening: Listening,
  { endsInMs, heartbeat }: WriterOptions,
): void {
  let full: NodeJS.Timeout | undefined;
  let done = false;

  const end = (): void => {
    if (done) return;
    done = true;
    listening.close();
    stopBeat();
    clearTimeout(lasts);
    clearTimeout(full);
    out.destroy();
  };
  const write = (text: string): void => {
    if (done || out.write(text)) return;
    full = setTimeout(end, PATIENCE_MS);
    out.once('drain', () => {
      clearTimeout(full);
      full = undefined;
      flush();
    });
  };
  const flush = (): void => {
    if (full || done) return;
    const events = listening.take();
    if (events.length === 0) return;
    // The id stands with the last one: a stream cut before it begins again from the id before.
    const lines = events.map(
      ({ event, data }, i) =>
        `${i === events.length - 1 ? `id: ${listening.at()}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
    );
    write(lines.join(''));
  };
  const stopBeat = heartbeat(() => {
    if (!full) write(`:\nid: ${listening.at()}\n\n`);
  });
  const lasts = setTimeout(
    () => {
      if (!done) out.end();
      end();
    },
    Math.min(Math.max(endsInMs, 0), LONGEST_MS),
  );
  out.on('close', end);
  out.on('error', end);
  write(`retry: 2000\nid: ${listening.at()}\n\n`);
  listening.onMore(flush);
  flush();
}
