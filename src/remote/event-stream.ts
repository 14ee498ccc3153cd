import type { RecordId } from '../domain/value.js';
import { createEventParser, type ServerEvent } from './event-parser.js';
import { after, createBackoff, createPause, type RemoteClock } from './pause.js';

export interface EventStreamOptions {
  open(
    records: readonly RecordId[],
    lastEventId: string | undefined,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>>;
  readonly clock: RemoteClock;
  readonly random: () => number;
  /** Something came from the gateway. */
  event(event: ServerEvent): void;
  /** It is open, and what happened to these records before is not told by it. */
  opened(records: readonly RecordId[]): void;
  /** It ended, other than by our own will. True: connect again after a while; false: when woken. */
  failed(error: unknown): boolean;
}

/** The one stream of an agent, open while something is watched. */
export interface EventStream {
  /** What is watched now. It is followed a moment later, so that a change of page makes one connection of it. */
  follow(records: ReadonlySet<RecordId>): void;
  /** There is reason to think that connecting works now, or that the connection is dead. */
  wake(): void;
  close(): void;
}

const DEBOUNCE_MS = 50;
/** The gateway sends something every 15 s. */
const SILENCE_MS = 40_000;
const SUSPECT_MS = 20_000;

export function createEventStream(options: EventStreamOptions): EventStream {
  const { clock } = options;
  const backoff = createBackoff(clock, options.random);
  const pause = createPause(clock);
  let wanted: readonly RecordId[] = [];
  let running = false;
  let current:
    | { readonly records: readonly RecordId[]; readonly abort: AbortController }
    | undefined;
  /** The connection was ended to make the next one. */
  let replaced = false;
  let lastEventId: string | undefined;
  let retryMs: number | undefined;
  let lastHeard = 0;
  let stopDebounce: (() => void) | undefined;

  async function read(records: readonly RecordId[], abort: AbortController): Promise<void> {
    const body = await options.open(records, lastEventId, abort.signal);
    const reader = body.getReader();
    const cancel = (): void => void reader.cancel().catch(() => undefined);
    abort.signal.addEventListener('abort', cancel);
    let stopSilence = (): void => undefined;
    const listen = (): void => {
      stopSilence();
      lastHeard = clock.now();
      stopSilence = after(clock, SILENCE_MS, () => abort.abort());
    };
    const parse = createEventParser({
      event(event) {
        lastEventId = event.id ?? lastEventId;
        options.event(event);
      },
      retry: (ms) => {
        retryMs = Math.max(ms, 500);
      },
    });
    try {
      listen();
      options.opened(lastEventId ? [] : records);
      for (;;) {
        const { done, value } = await reader.read();
        if (done || abort.signal.aborted) return;
        listen();
        parse(value);
      }
    } finally {
      stopSilence();
      cancel();
    }
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while (wanted.length) {
      current = { records: wanted, abort: new AbortController() };
      lastHeard = clock.now();
      let failure: unknown;
      try {
        await read(wanted, current.abort);
      } catch (error) {
        failure = error;
      }
      current = undefined;
      if (replaced) replaced = false;
      else if (wanted.length)
        await pause.wait(options.failed(failure) ? backoff(retryMs) : undefined);
    }
    running = false;
  }

  function reconnect(): void {
    if (!current) return;
    replaced = true;
    current.abort.abort();
  }

  return {
    follow(records) {
      stopDebounce?.();
      stopDebounce = after(clock, DEBOUNCE_MS, () => {
        wanted = [...records].sort();
        if (current && wanted.join('\n') !== current.records.join('\n')) reconnect();
        if (!wanted.length) pause.end();
        void run();
      });
    },
    wake() {
      pause.end();
      if (clock.now() - lastHeard > SUSPECT_MS) reconnect();
    },
    close() {
      stopDebounce?.();
      wanted = [];
      reconnect();
      pause.end();
    },
  };
}
