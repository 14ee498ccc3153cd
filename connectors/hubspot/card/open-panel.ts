import { createRemoteAgent, type RemoteAgent, type RemoteClock } from 'opportune/remote';
import { createPanelSource, type PanelSource } from 'opportune/view';
import { recordOf } from '../../../widget/embed/record-of.js';
import { createCardFetch, type HubspotFetch } from './hubspot-fetch.js';

/** Where a card stands, as HubSpot tells it. */
export interface CardPlace {
  /** The gateway's address. */
  readonly gateway: string;
  /** As ids of this HubSpot account begin. */
  readonly connection: string;
  readonly user: number | string;
  readonly objectTypeId: string;
  readonly objectId: number | string;
}

export interface CardPanel {
  readonly source: PanelSource;
  readonly record: string;
  readonly asker: string;
  /** The address of the whole panel, for a frame; it opens once, within a minute. */
  fullPanel(): Promise<string>;
  close(): Promise<void>;
}

/** The views of the record that a card stands on, for the user who looks. HubSpot signs who that is; here it is only named. */
export function openPanel(
  { gateway, connection, user, objectTypeId, objectId }: CardPlace,
  fetch: HubspotFetch,
  given: RemoteClock,
): CardPanel {
  const clock = createCardClock(given);
  const asker = `${connection}:rep:${user}`;
  const object = { object: objectTypeId, id: String(objectId) };
  const agent: RemoteAgent = createRemoteAgent({
    url: gateway,
    asker,
    // HubSpot's signature takes the place of one.
    token: async () => ({ token: 'signed-by-hubspot' }),
    fetch: createCardFetch(fetch, clock),
    clock,
    random: Math.random,
  });
  return {
    asker,
    record: recordOf(asker, object) ?? `${connection}:none:${objectId}`,
    source: createPanelSource(agent, {
      clock,
      connection: agent.connection,
      newId: () => newId(clock),
    }),
    async fullPanel() {
      const answer = await fetch(`${gateway}/v1/ticket`, { method: 'POST' });
      if (answer.status !== 200) throw new Error(`The gateway answered ${answer.status}`);
      const { ticket } = JSON.parse(await answer.text()) as { readonly ticket: string };
      // Behind the #, where no server and no log sees it.
      return `${gateway}/embed/panel#${new URLSearchParams({ ...object, ticket })}`;
    },
    async close() {
      await agent.close();
      clock.close();
    },
  };
}

/** A worker lives on when its card is gone: nothing that was under way leaves a timer there. */
function createCardClock({ now, every }: RemoteClock): RemoteClock & { close(): void } {
  const running = new Set<() => void>();
  let closed = false;
  return {
    now,
    every(ms, run) {
      if (closed) return () => undefined;
      const end = every(ms, run);
      const stop = (): void => {
        running.delete(stop);
        end();
      };
      running.add(stop);
      return stop;
    },
    close() {
      closed = true;
      for (const stop of running) stop();
    },
  };
}

/** Of a worker that may have no `crypto`: unlike any other by its moment and 100 random bits. */
function newId(clock: RemoteClock): string {
  const random = (): string => Math.random().toString(36).slice(2, 12);
  return `card-${clock.now().toString(36)}-${random()}${random()}`;
}
