import { createHmac } from 'node:crypto';
import { createRandom } from '../../../src/core/random.js';
import type { Change, Portal } from './portal.js';

export interface WebhookTarget {
  /** As HubSpot knows it: the public address. */
  readonly url: string;
  readonly secret: string;
  readonly appId?: number;
}

export interface WebhookEvent {
  readonly eventId: number;
  readonly subscriptionId: number;
  readonly portalId: number;
  readonly appId: number;
  readonly occurredAt: number;
  readonly subscriptionType: string;
  readonly attemptNumber: number;
  readonly [name: string]: unknown;
}

export interface Webhooks {
  /** Sends what waits: in no order, some of it twice, at most a hundred at once, and again what was not taken. */
  deliver(): Promise<{ readonly sent: number; readonly refused: number }>;
  /** What waits to be sent. */
  waiting(): readonly WebhookEvent[];
}

const BATCH = 100;
const TWICE = 0.3;
const TYPES: readonly Change['type'][] = [
  'creation',
  'deletion',
  'propertyChange',
  'associationChange',
  'merge',
  'restore',
  'privacyDeletion',
];

/** Tells an address what changes in the portal, signed as HubSpot signs. */
export function createWebhooks(
  portal: Portal,
  seed: string,
  { url, secret, appId = 1_160_452 }: WebhookTarget,
): Webhooks {
  const random = createRandom(`${seed}/webhooks`);
  let queue: WebhookEvent[] = [];
  let count = 3_816_279_340;
  portal.listeners.push(({ object, id, type, more }) => {
    const { typeId, singular } = object;
    const isOwn = ['company', 'contact', 'deal'].includes(singular);
    queue.push({
      ...(type === 'associationChange' || type === 'merge' ? {} : { objectId: Number(id) }),
      ...more,
      changeSource: 'CRM_UI',
      eventId: ++count,
      subscriptionId: 20 + TYPES.indexOf(type),
      portalId: portal.id,
      appId,
      occurredAt: portal.now(),
      subscriptionType: `${isOwn ? singular : 'object'}.${type}`,
      ...(isOwn ? {} : { objectTypeId: typeId }),
      attemptNumber: 0,
    });
  });

  function signed(body: string): { readonly [name: string]: string } {
    const timestamp = String(portal.now());
    const source = `POST${url}${body}${timestamp}`;
    return {
      'content-type': 'application/json',
      'x-hubspot-signature-version': 'v3',
      'x-hubspot-request-timestamp': timestamp,
      'x-hubspot-signature-v3': createHmac('sha256', secret).update(source).digest('base64'),
    };
  }

  return {
    waiting: () => queue,
    async deliver() {
      const mixed = [...queue, ...queue.filter(() => random() < TWICE)]
        .map((event) => ({ event, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ event }) => event);
      queue = [];
      let refused = 0;
      for (let from = 0; from < mixed.length; from += BATCH) {
        const events = mixed.slice(from, from + BATCH);
        const body = JSON.stringify(events);
        const response = await fetch(url, { method: 'POST', headers: signed(body), body });
        await response.arrayBuffer();
        if (response.ok) continue;
        refused += events.length;
        queue.push(
          ...events.map((event) => ({ ...event, attemptNumber: event.attemptNumber + 1 })),
        );
      }
      return { sent: mixed.length, refused };
    },
  };
}
