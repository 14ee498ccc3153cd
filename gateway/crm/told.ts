import { randomUUID } from 'node:crypto';
import { createHubspotInbox, type HubspotInbox } from '@opportune/connector-hubspot';
import { isOpportuneError, type Store } from 'opportune';

/** What HubSpot told by webhook and was not read yet. It is on the disk: a change of an association is told nowhere else. */
export interface Told {
  readonly inbox: HubspotInbox;
  /** Resolves when the events are durable. */
  keep(events: readonly unknown[]): Promise<void>;
  /** Hands what waits over to the inbox. Returns what forgets it, once it was read. */
  hand(): Promise<() => Promise<void>>;
  waits(): Promise<boolean>;
}

export function createTold(
  store: Pick<Store, 'get' | 'put' | 'names' | 'drop'>,
  { connection, portal, now }: { connection: string; portal: number; now(): number },
): Told {
  const prefix = `crm/${connection}/told/`;
  const inbox = createHubspotInbox(portal);
  return {
    inbox,
    async keep(events) {
      // An event says what to read. What it says a value is would be kept of a person for nothing.
      const bare = events.map((event) => {
        const { propertyValue: _, ...rest } = Object(event) as { readonly propertyValue?: unknown };
        return rest;
      });
      await store.put(`${prefix}${String(now()).padStart(15, '0')}-${randomUUID()}`, bare);
    },
    async hand() {
      const names = await store.names(prefix);
      for (const name of names)
        try {
          inbox.accept(JSON.stringify(await store.get(name)));
        } catch (error) {
          // Nothing in it can be read: it goes with the others.
          if (!isOpportuneError(error, 'opportune/webhook')) throw error;
        }
      return async () => {
        for (const name of names) await store.drop(name);
      };
    },
    waits: async () => (await store.names(prefix)).length > 0,
  };
}
