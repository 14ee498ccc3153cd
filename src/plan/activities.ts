import type { Folder } from './source-folder.js';
import { entriesOf, fieldOf, mapsOf, scalarOf, textsOf } from './tree-access.js';

/** Types of activity that connectors tell of. Others may occur; one that is nearly one of these is a slip of the pen. */
export const ACTIVITIES: readonly { readonly id: string }[] = [
  ...[
    'call-made',
    'call-received',
    'email-sent',
    'email-received',
    'meeting-booked',
    'meeting-cancelled',
    'meeting-held',
  ],
  ...[
    'visit-made',
    'document-opened',
    'proposal-sent',
    'quote-begun',
    'note-added',
    'newsletter-sent',
  ],
  ...['callback-requested', 'purchase', 'invoice-overdue', 'case-opened', 'case-closed'],
  ...['competitor-named', 'contact-joined', 'contact-left', 'trial-started', 'page-visited'],
  ...['product-added', 'contract-signed', 'order-returned', 'delivery-made', 'training-held'],
  ...['survey-answered', 'record-changed'],
].map((id) => ({ id }));

/** Types of activity that connectors tell of, and those that the playbook counts, limits or waits for elsewhere. */
export function knownActivities({ attributes, playbook, plays }: Folder): ReadonlySet<string> {
  const known = new Set(ACTIVITIES.map(({ id }) => id));
  for (const map of mapsOf(fieldOf(attributes, 'attributes')))
    for (const [, { value }] of entriesOf(fieldOf(map, 'derive')))
      for (const { source } of textsOf(value, 'types')) known.add(source);
  for (const [type] of entriesOf(fieldOf(fieldOf(playbook, 'contactPolicy'), 'touches')))
    known.add(type);
  for (const { map } of plays) {
    const event = scalarOf(fieldOf(map, 'trigger'), 'event');
    if (event) known.add(event.source);
  }
  return known;
}
