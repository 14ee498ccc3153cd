/** A property of an object, as far as the emulator keeps to it. */
export interface PropertySpec {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly options?: readonly {
    readonly value: string;
    readonly label: string;
    readonly hidden: boolean;
  }[];
  readonly readOnly?: boolean;
  readonly unique?: boolean;
  readonly custom?: boolean;
  readonly money?: boolean;
  /** Its values are ids of owners. */
  readonly owner?: boolean;
  readonly required?: boolean;
}

export interface ObjectSpec {
  readonly name: string;
  readonly typeId: string;
  /** In the names of webhooks. */
  readonly singular: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  /** Contacts have another name for it than everything else. */
  readonly modified: string;
  readonly created: string;
  readonly properties: readonly PropertySpec[];
}

type More = Partial<Omit<PropertySpec, 'name' | 'label' | 'type' | 'fieldType'>>;

const property =
  (type: string, fieldType: string) =>
  (name: string, label: string, more: More = {}): PropertySpec => ({
    name,
    label,
    type,
    fieldType,
    ...more,
  });
const text = property('string', 'text');
const long = property('string', 'textarea');
const number = property('number', 'number');
const date = property('date', 'date');
const time = property('datetime', 'date');
const yes = property('bool', 'booleancheckbox');
const choice = (
  name: string,
  label: string,
  values: readonly string[],
  { fieldType = 'select', ...more }: More & { readonly fieldType?: string } = {},
): PropertySpec =>
  property('enumeration', fieldType)(name, label, {
    // What begins with a bang is no longer offered.
    options: values.map((value) => ({
      value: value.replace('!', ''),
      label: value.replace('!', '').toLowerCase(),
      hidden: value.startsWith('!'),
    })),
    ...more,
  });
const owner = property('enumeration', 'select')('hubspot_owner_id', 'Owner', {
  owner: true,
  options: [],
});
const calculated = { readOnly: true };

function object(
  name: string,
  typeId: string,
  labels: ObjectSpec['labels'],
  properties: readonly PropertySpec[],
): ObjectSpec {
  const modified = name === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
  const isActivity = ['0-27', '0-46', '0-47', '0-48'].includes(typeId);
  const created = isActivity ? 'hs_createdate' : 'createdate';
  return {
    name,
    typeId,
    singular: labels.singular.toLowerCase().replaceAll(' ', '_'),
    labels,
    modified,
    created,
    properties: [
      number('hs_object_id', 'Record ID', calculated),
      time(created, 'Create date', calculated),
      time(modified, 'Last modified date', calculated),
      choice('hs_merged_object_ids', 'Merged record IDs', [], {
        fieldType: 'checkbox',
        ...calculated,
      }),
      owner,
      ...properties,
    ],
  };
}

const when = time('hs_timestamp', 'Activity date', { required: true });

/** Stages of the one pipeline of deals. */
export const STAGES: readonly {
  readonly id: string;
  readonly closed: boolean;
  readonly probability: string;
}[] = [
  { id: 'appointmentscheduled', closed: false, probability: '0.2' },
  { id: 'presentationscheduled', closed: false, probability: '0.6' },
  { id: '98117', closed: false, probability: '0.8' },
  { id: 'closedwon', closed: true, probability: '1.0' },
  { id: 'closedlost', closed: true, probability: '0.0' },
];

export const SCHEMA: readonly ObjectSpec[] = [
  object('companies', '0-2', { singular: 'Company', plural: 'Companies' }, [
    text('name', 'Company name'),
    text('domain', 'Company domain name'),
    choice('industry', 'Industry', [
      'RETAIL',
      'MANUFACTURING',
      'HEALTHCARE',
      'SOFTWARE',
      '!MINING',
    ]),
    number('annualrevenue', 'Annual revenue', { money: true }),
    number('numberofemployees', 'Number of employees'),
    number('hs_parent_company_id', 'Parent company', calculated),
    date('renewal_date', 'Renewal date', { custom: true }),
    choice('segments', 'Segments', ['North', 'South', 'Key'], {
      fieldType: 'checkbox',
      custom: true,
    }),
    long('description', 'Description'),
    property('json', 'textarea')('health_data', 'Health data', { custom: true }),
  ]),
  object('contacts', '0-1', { singular: 'Contact', plural: 'Contacts' }, [
    text('hs_full_name_or_email', 'Full name or email', calculated),
    text('firstname', 'First name'),
    text('lastname', 'Last name'),
    text('email', 'Email', { unique: true }),
    text('jobtitle', 'Job title'),
    yes('hs_email_optout', 'Unsubscribed from all email'),
    number('associatedcompanyid', 'Primary associated company ID', calculated),
  ]),
  object('deals', '0-3', { singular: 'Deal', plural: 'Deals' }, [
    text('dealname', 'Deal name'),
    choice('pipeline', 'Pipeline', ['default']),
    choice(
      'dealstage',
      'Deal stage',
      STAGES.map(({ id }) => id),
    ),
    number('amount', 'Amount', { money: true }),
    choice('deal_currency_code', 'Currency', ['EUR', 'USD', 'JPY']),
    time('closedate', 'Close date'),
    yes('hs_is_closed', 'Is closed', calculated),
    yes('hs_is_closed_won', 'Is closed won', calculated),
    number('hs_primary_associated_company', 'Primary associated company', calculated),
    number('hs_num_of_associated_line_items', 'Number of associated line items', calculated),
  ]),
  object('products', '0-7', { singular: 'Product', plural: 'Products' }, [
    text('name', 'Name'),
    text('hs_sku', 'SKU'),
    number('price', 'Unit price', { money: true }),
  ]),
  object('line_items', '0-8', { singular: 'Line item', plural: 'Line items' }, [
    text('name', 'Name'),
    text('hs_sku', 'SKU'),
    number('hs_product_id', 'Product ID'),
    number('quantity', 'Quantity'),
    number('price', 'Unit price', { money: true }),
    number('amount', 'Net price', { money: true, ...calculated }),
    choice('hs_line_item_currency_code', 'Currency', ['EUR', 'USD', 'JPY']),
  ]),
  object('tasks', '0-27', { singular: 'Task', plural: 'Tasks' }, [
    when,
    text('hs_task_subject', 'Task title'),
    long('hs_task_body', 'Task notes'),
    choice('hs_task_status', 'Task status', [
      'NOT_STARTED',
      'IN_PROGRESS',
      'COMPLETED',
      'DEFERRED',
    ]),
    choice('hs_task_priority', 'Priority', ['LOW', 'MEDIUM', 'HIGH']),
    choice('hs_task_type', 'Task type', ['CALL', 'EMAIL', 'TODO']),
  ]),
  object('notes', '0-46', { singular: 'Note', plural: 'Notes' }, [
    when,
    long('hs_note_body', 'Body'),
  ]),
  object('calls', '0-48', { singular: 'Call', plural: 'Calls' }, [
    when,
    text('hs_call_title', 'Call title'),
    long('hs_call_body', 'Call notes'),
    choice('hs_call_direction', 'Direction', ['INBOUND', 'OUTBOUND']),
    choice('hs_call_status', 'Status', ['COMPLETED', 'NO_ANSWER']),
  ]),
  object('meetings', '0-47', { singular: 'Meeting', plural: 'Meetings' }, [
    when,
    text('hs_meeting_title', 'Meeting title'),
    time('hs_meeting_start_time', 'Start time'),
    time('hs_meeting_end_time', 'End time'),
    choice('hs_meeting_outcome', 'Outcome', ['SCHEDULED', 'COMPLETED', 'CANCELED']),
  ]),
  object('2-1001', '2-1001', { singular: 'Machine', plural: 'Machines' }, [
    text('serial', 'Serial number', { custom: true, unique: true }),
    text('model', 'Model', { custom: true }),
    date('in_use_since', 'In use since', { custom: true }),
  ]),
];

/** Types of association that HubSpot defines: there, back, and the primary ones of each direction. */
export const ASSOCIATIONS: readonly {
  readonly from: string;
  readonly to: string;
  readonly type: number;
  readonly back: number;
  readonly primary?: number;
  readonly primaryBack?: number;
}[] = [
  { from: 'contacts', to: 'companies', type: 279, back: 280, primary: 1, primaryBack: 2 },
  { from: 'deals', to: 'companies', type: 341, back: 342, primary: 5, primaryBack: 6 },
  { from: 'deals', to: 'contacts', type: 3, back: 4 },
  { from: 'line_items', to: 'deals', type: 20, back: 19 },
  { from: 'tasks', to: 'companies', type: 192, back: 191 },
  { from: 'tasks', to: 'contacts', type: 204, back: 203 },
  { from: 'tasks', to: 'deals', type: 216, back: 215 },
  { from: 'notes', to: 'companies', type: 190, back: 189 },
  { from: 'notes', to: 'contacts', type: 202, back: 201 },
  { from: 'notes', to: 'deals', type: 214, back: 213 },
  { from: 'calls', to: 'companies', type: 182, back: 181 },
  { from: 'calls', to: 'contacts', type: 194, back: 193 },
  { from: 'calls', to: 'deals', type: 206, back: 205 },
  { from: 'meetings', to: 'companies', type: 188, back: 187 },
  { from: 'meetings', to: 'contacts', type: 200, back: 199 },
  { from: 'meetings', to: 'deals', type: 212, back: 211 },
  { from: '2-1001', to: 'companies', type: 1_001, back: 1_002 },
];
