import type { DescribedField, DescribedObject } from '../../src/domain/connector.js';

/** An activity that every company of a CRM keeps in the same fields. It is proposed where all of them can be read. */
interface Usual {
  /** Where that object is mapped, this is told by it, and here only of records for which the field holds the value. */
  readonly unless?: readonly [object: string, field: string, value: string];
  readonly activity: string;
  readonly of: string;
  readonly when?: readonly (readonly [field: string, value: string])[];
  readonly at: string;
  readonly contact?: string;
  readonly opportunity?: string;
  readonly product?: string;
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

const bought = {
  activity: 'purchase',
  verified: true,
} as const;

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
      ...bought,
      unless: ['OpportunityLineItem', 'HasOpportunityLineItem', 'false'],
      of: 'AccountId',
      when: [['IsWon', 'true']],
      at: 'CloseDate',
      opportunity: 'Id',
      set: [['amount', 'Amount']],
    },
  ],
  OpportunityLineItem: [
    {
      ...bought,
      of: 'Opportunity.AccountId',
      when: [['Opportunity.IsWon', 'true']],
      at: 'Opportunity.CloseDate',
      opportunity: 'OpportunityId',
      product: 'Product2Id',
      set: [
        ['product', 'Product2.Name'],
        ['quantity', 'Quantity'],
        ['price', 'UnitPrice'],
        ['amount', 'TotalPrice'],
      ],
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
      ...bought,
      unless: ['line_items', 'hs_num_of_associated_line_items', '0'],
      of: 'hs_primary_associated_company',
      when: [['hs_is_closed_won', 'true']],
      at: 'closedate',
      opportunity: 'hs_object_id',
      set: [['amount', 'amount']],
    },
  ],
  line_items: [
    {
      ...bought,
      of: 'association/deals.hs_primary_associated_company',
      when: [['association/deals.hs_is_closed_won', 'true']],
      at: 'association/deals.closedate',
      opportunity: 'association/deals',
      product: 'hs_product_id',
      set: [
        ['product', 'name'],
        ['quantity', 'quantity'],
        ['price', 'price'],
        ['amount', 'amount'],
      ],
    },
  ],
};

/** Lines of `facts:` for the usual activities of an object, beside the others that were described. */
export function proposeActivities(
  { name, fields }: DescribedObject,
  objects: readonly DescribedObject[],
): readonly string[] {
  return (USUAL[name] ?? []).flatMap(({ unless, ...given }) => {
    const [elsewhere, field = '', value = ''] = unless ?? [];
    const isTold =
      objects.some((one) => one.name === elsewhere) && fields.some((one) => one.name === field);
    const usual: Usual = isTold
      ? { ...given, when: [...(given.when ?? []), [field, value]] }
      : given;
    const { when = [], set = [], contact, opportunity, product, by } = usual;
    const needed = [
      usual.of,
      usual.at,
      ...when.map(([field]) => field),
      ...set.map(([, field]) => field),
      ...[contact, opportunity, product, by].filter((one) => one !== undefined),
    ];
    return needed.every((path) => canRead(path, fields, objects)) ? toLines(usual) : [];
  });
}

/** Whether there is such a field, at the end of a path as well. */
export function canRead(
  path: string,
  fields: readonly DescribedField[],
  objects: readonly DescribedObject[],
): boolean {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return fields.some(({ name }) => name === first);
  const through = fields.find(({ relationship }) => relationship === first);
  const above = objects.find(({ name }) => through?.refersTo?.includes(name));
  // What is not described is held against the CRM when the map is checked.
  return through !== undefined && (!above || canRead(rest.join('.'), above.fields, objects));
}

/** A group of pairs on one line. */
export const flow = (parts: readonly string[]): string => `{ ${parts.join(', ')} }`;

function toLines({
  activity,
  of,
  when = [],
  at,
  contact,
  opportunity,
  product,
  by,
  set = [],
  verified,
}: Usual): readonly string[] {
  const about = [
    ...(contact === undefined ? [] : [`contact: ${contact}`]),
    ...(opportunity === undefined ? [] : [`opportunity: ${opportunity}`]),
    ...(product === undefined ? [] : [`product: ${product}`]),
  ];
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
