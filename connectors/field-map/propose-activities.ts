import type { DescribedObject } from '../../src/domain/connector.js';

/** An activity that every company of a CRM keeps in the same fields. It is proposed where all of them can be read. */
interface Usual {
  readonly activity: string;
  readonly of: string;
  readonly when?: readonly (readonly [field: string, value: string])[];
  readonly at: string;
  readonly contact?: string;
  readonly opportunity?: string;
  readonly by?: string;
  readonly set?: readonly (readonly [name: string, field: string])[];
  /** The buyer's own doing. */
  readonly verified?: true;
}

const task = (activity: string, subtype: string): Usual => ({
  activity,
  of: 'AccountId',
  when: [
    ['TaskSubtype', subtype],
    ['IsClosed', 'true'],
  ],
  at: 'CompletedDateTime',
  contact: 'WhoId',
  opportunity: 'WhatId',
  by: 'OwnerId',
  set: [['subject', 'Subject']],
});
const engagement = {
  of: 'association/companies',
  contact: 'association/contacts',
  opportunity: 'association/deals',
  by: 'hubspot_owner_id',
};

const USUAL: { readonly [object: string]: readonly Usual[] } = {
  Task: [task('call-made', 'Call'), task('email-sent', 'Email')],
  Event: [
    {
      activity: 'meeting-held',
      of: 'AccountId',
      at: 'EndDateTime',
      contact: 'WhoId',
      opportunity: 'WhatId',
      by: 'OwnerId',
      set: [['subject', 'Subject']],
    },
  ],
  Opportunity: [
    {
      activity: 'purchase',
      of: 'AccountId',
      when: [['IsWon', 'true']],
      at: 'CloseDate',
      opportunity: 'Id',
      set: [['amount', 'Amount']],
      verified: true,
    },
  ],
  calls: [
    {
      ...engagement,
      activity: 'call-made',
      when: [['hs_call_status', 'COMPLETED']],
      at: 'hs_timestamp',
      set: [['subject', 'hs_call_title']],
    },
  ],
  meetings: [
    {
      ...engagement,
      activity: 'meeting-held',
      when: [['hs_meeting_outcome', 'COMPLETED']],
      at: 'hs_meeting_end_time',
      set: [['subject', 'hs_meeting_title']],
    },
  ],
  deals: [
    {
      activity: 'purchase',
      of: 'hs_primary_associated_company',
      when: [['hs_is_closed_won', 'true']],
      at: 'closedate',
      opportunity: 'hs_object_id',
      set: [['amount', 'amount']],
      verified: true,
    },
  ],
};

/** Lines of `facts:` for the usual activities of an object. */
export function proposeActivities({ name, fields }: DescribedObject): readonly string[] {
  const has = new Set(fields.map((field) => field.name));
  return (USUAL[name] ?? []).flatMap((usual) => {
    const { when = [], set = [], contact, opportunity, by } = usual;
    const needed = [
      usual.of,
      usual.at,
      ...when.map(([field]) => field),
      ...set.map(([, field]) => field),
      ...[contact, opportunity, by].filter((field) => field !== undefined),
    ];
    return needed.every((field) => has.has(field)) ? toLines(usual) : [];
  });
}

function toLines({
  activity,
  of,
  when = [],
  at,
  contact,
  opportunity,
  by,
  set = [],
  verified,
}: Usual): readonly string[] {
  const about = [
    ...(contact === undefined ? [] : [`contact: ${contact}`]),
    ...(opportunity === undefined ? [] : [`opportunity: ${opportunity}`]),
  ];
  const flow = (parts: readonly string[]): string => `{ ${parts.join(', ')} }`;
  return [
    `      - activity: ${activity}`,
    `        of: ${of}`,
    ...(when.length > 0
      ? [`        when: ${flow(when.map(([field, value]) => `${field}: ${value}`))}`]
      : []),
    `        at: ${at}`,
    ...(about.length > 0 ? [`        about: ${flow(about)}`] : []),
    ...(by === undefined ? [] : [`        by: { rep: ${by} }`]),
    ...(verified ? ['        grade: buyer-verified'] : []),
    ...(set.length > 0
      ? [`        set: ${flow(set.map(([name, field]) => `${name}: ${field}`))}`]
      : []),
  ];
}
