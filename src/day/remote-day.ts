import { createEventStream } from '../remote/event-stream.js';
import { createGatewayCall, type GatewayCallOptions } from '../remote/gateway-call.js';
import type { RemoteClock } from '../remote/pause.js';
import type { DaySource, LookingAround } from './day-source.js';
import type { ToldDay } from './told-day.js';

export interface RemoteDayOptions extends GatewayCallOptions {
  readonly clock: RemoteClock;
  /** From 0 to 1, for pauses that are not the same in all pages. */
  readonly random: () => number;
  /** The body of an answer with server-sent events, from the address of the gateway that begins so. */
  openEvents(
    path: string,
    lastEventId: string | undefined,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>>;
}

/** What is followed is the rep's own accounts, as the gateway knows them. */
const OWN: ReadonlySet<string> = new Set(['own']);

/** The day of the rep who is signed in to a gateway, told anew whenever something on the own accounts has changed. */
export function openRemoteDay(
  options: RemoteDayOptions,
): Required<Pick<DaySource, 'open' | 'watch'>> {
  const call = createGatewayCall(options);
  return {
    async open(progress) {
      for (;;) {
        const told = await call<ToldDay | LookingAround>('GET', '/v1/day');
        if (!('looked' in told)) return { told };
        progress?.(told);
      }
    },
    watch(happened) {
      let isOpen = false;
      const stream = createEventStream({
        clock: options.clock,
        random: options.random,
        open: (_, lastEventId, signal) => options.openEvents('/v1/day/events', lastEventId, signal),
        event: happened,
        opened() {
          // What the first connection missed was read a moment before it.
          if (isOpen) happened();
          isOpen = true;
        },
        failed: () => true,
      });
      stream.follow(OWN);
      return () => stream.close();
    },
  };
}
