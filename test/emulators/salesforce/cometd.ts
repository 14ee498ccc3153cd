import type { IncomingMessage } from 'node:http';
import type { Answer } from '../send-answer.js';
import { ok, type World } from './call.js';
import { showValue } from './field-values.js';
import type { Change } from './org.js';

interface Client {
  readonly channels: Set<string>;
  readonly waiting: object[];
  greeted: boolean;
  wake?: () => void;
}

interface Message {
  readonly channel: string;
  readonly id?: string;
  readonly clientId?: string;
  readonly subscription?: string;
  readonly ext?: { readonly replay?: { readonly [channel: string]: number } };
}

interface Sent {
  readonly replayId: number;
  readonly channel: string;
  readonly message: object;
}

const POLL_MS = 20_000;
const MOST_KEPT = 10_000;

/** Change Data Capture over Bayeux long polling: `/data/AccountChangeEvent`, `/data/ChangeEvents`. */
export function createCometd(world: World): {
  answer(request: IncomingMessage, body: string, signedIn: boolean): Promise<Answer>;
  /** Streams that are open are not known any more. */
  forget(): void;
  close(): void;
} {
  const clients = new Map<string, Client>();
  const events: Sent[] = [];
  let replayId = 0;
  let count = 0;
  world.org.listeners.push((change) => publish(change));

  function publish(change: Change): void {
    replayId++;
    for (const channel of [`/data/${change.object}ChangeEvent`, '/data/ChangeEvents']) {
      const message = { channel, data: dataOf(world, change, replayId) };
      events.push({ replayId, channel, message });
      for (const client of clients.values())
        if (client.channels.has(channel)) {
          client.waiting.push(message);
          client.wake?.();
        }
    }
    if (events.length > MOST_KEPT) events.splice(0, MOST_KEPT / 2);
  }

  function subscribe(client: Client, message: Message): object {
    const { subscription = '', id, clientId } = message;
    const from = message.ext?.replay?.[subscription] ?? -1;
    const answer = { channel: '/meta/subscribe', id, clientId, subscription };
    if (from > replayId || from < -2)
      return {
        ...answer,
        successful: false,
        error: `400::The replayId {${from}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
      };
    client.channels.add(subscription);
    if (from !== -1)
      for (const event of events)
        if (event.channel === subscription && event.replayId > Math.max(0, from))
          client.waiting.push(event.message);
    return { ...answer, successful: true };
  }

  async function connect(client: Client, { id, clientId }: Message): Promise<object[]> {
    const first = !client.greeted;
    client.greeted = true;
    if (!first && client.waiting.length === 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        client.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    delete client.wake;
    const advice = first && { interval: 0, timeout: 110_000, reconnect: 'retry' };
    return [
      ...client.waiting.splice(0),
      { channel: '/meta/connect', id, clientId, successful: true, ...(advice && { advice }) },
    ];
  }

  async function one(message: Message): Promise<object[]> {
    const { channel, id, clientId = '', subscription } = message;
    if (channel === '/meta/handshake') {
      const made = `emulated${++count}`;
      clients.set(made, { channels: new Set(), waiting: [], greeted: false });
      return [
        {
          channel,
          id,
          clientId: made,
          version: '1.0',
          minimumVersion: '1.0',
          supportedConnectionTypes: ['long-polling'],
          ext: { replay: true, 'payload.format': true },
          successful: true,
        },
      ];
    }
    const client = clients.get(clientId);
    if (!client)
      return [
        {
          channel,
          id,
          successful: false,
          error: '403::Unknown client',
          advice: { interval: 0, reconnect: 'handshake' },
        },
      ];
    if (channel === '/meta/connect') return connect(client, message);
    if (channel === '/meta/subscribe') return [subscribe(client, message)];
    if (channel === '/meta/unsubscribe') client.channels.delete(subscription ?? '');
    if (channel === '/meta/disconnect') {
      client.wake?.();
      clients.delete(clientId);
    }
    return [{ channel, id, clientId, subscription, successful: true }];
  }

  return {
    async answer({ method }, body, signedIn) {
      if (method !== 'POST') return { status: 400 };
      const sent: unknown = JSON.parse(body || '[]');
      const messages = (Array.isArray(sent) ? sent : [sent]) as Message[];
      if (!signedIn)
        return ok(
          messages.map(({ channel, id }) => ({
            channel,
            id,
            successful: false,
            error: '401::Authentication invalid',
            ext: { sfdc: { failureReason: '401::Authentication invalid' } },
            advice: { reconnect: 'none' },
          })),
        );
      return ok((await Promise.all(messages.map(one))).flat());
    },
    forget() {
      for (const { wake } of clients.values()) wake?.();
      clients.clear();
    },
    close() {
      for (const { wake } of clients.values()) wake?.();
    },
  };
}

function dataOf(
  { org, now }: World,
  { object, type, row, fields }: Change,
  replayId: number,
): object {
  const spec = org.spec(object);
  const changed = spec.fields.filter(({ name }) => fields.includes(name));
  return {
    schema: `emulated-${object}`,
    payload: {
      ...Object.fromEntries(
        changed.map((field) => [field.name, showValue(field, row[field.name] ?? null)]),
      ),
      ChangeEventHeader: {
        entityName: object,
        recordIds: [row.Id],
        changeType: type,
        changedFields: type === 'UPDATE' ? fields : [],
        nulledFields: [],
        diffFields: [],
        changeOrigin: 'com/salesforce/api/rest/62.0',
        transactionKey: `emulated-${replayId}`,
        sequenceNumber: 1,
        commitTimestamp: now(),
        commitNumber: replayId,
        commitUser: row.OwnerId ?? null,
      },
    },
    event: { replayId },
  };
}
