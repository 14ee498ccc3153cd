import { setTimeout as pause } from 'node:timers/promises';
import type { Decision, RecordId } from 'opportune';
import { createEventParser } from '../../src/remote/event-parser.js';
import { authorization, type Caller } from './caller.js';

/** A panel that asks only when it is told to, and follows its stream over every death of the gateway. */
export interface FollowingPanel {
  /** What it shows of each record, by what it was told. */
  readonly shows: ReadonlyMap<RecordId, Decision>;
  /** It was told, and has not asked yet. */
  readonly behind: number;
  readonly counts: { readonly events: number; readonly resets: number; readonly streams: number };
  close(): Promise<void>;
}

export function openPanel(
  caller: Caller,
  rep: RecordId,
  records: readonly RecordId[],
): FollowingPanel {
  const stop = new AbortController();
  const shows = new Map<RecordId, Decision>();
  const told = new Set<RecordId>();
  const counts = { events: 0, resets: 0, streams: 0 };
  const query = records.map((record) => `record=${encodeURIComponent(record)}`).join('&');
  const who = `${rep} rep`;
  let lastId: string | undefined;
  let asking = 0;

  async function follow(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await readStream();
      } catch {
        // It was killed.
      }
      await pause(50);
    }
  }

  async function readStream(): Promise<void> {
    if (caller.url === undefined) return;
    const response = await fetch(`${caller.url}/v1/events?${query}`, {
      headers: {
        authorization: authorization(who),
        ...(lastId !== undefined && { 'last-event-id': lastId }),
      },
      signal: stop.signal,
    });
    if (!response.ok || !response.body) return;
    counts.streams++;
    // A first stream tells what happens from now on.
    if (lastId === undefined) for (const record of records) told.add(record);
    const parse = createEventParser({
      retry() {},
      event({ type, data, id }) {
        counts.events++;
        if (type === 'changed') told.add((JSON.parse(data) as { record: RecordId }).record);
        if (type === 'reset') {
          counts.resets++;
          for (const record of records) told.add(record);
        }
        lastId = id ?? lastId;
      },
    });
    for await (const chunk of response.body) parse(chunk);
  }

  async function refresh(): Promise<void> {
    while (!stop.signal.aborted) {
      const [record] = told;
      if (record === undefined) await pause(10);
      else {
        told.delete(record);
        asking++;
        const answer = await caller.ask(who, 'POST', '/v1/decide', { record }, stop.signal);
        if (answer?.status === 200) shows.set(record, answer.json<Decision>());
        asking--;
      }
    }
  }

  const done = Promise.all([follow(), refresh()]);
  return {
    shows,
    get behind() {
      return told.size + asking;
    },
    counts,
    async close() {
      stop.abort();
      await done;
    },
  };
}
