import { field, lookup, type ObjectSpec, own } from './schema-fields.js';

const HOUR_MS = 3_600_000;
const assigned = { required: true, cascades: true };

/** Enterprise territory management: what there is of it, none of which goes to the recycle bin. */
export const TERRITORIES: readonly ObjectSpec[] = [
  {
    name: 'Territory2Model',
    label: 'Territory Model',
    keyPrefix: '0MA',
    fields: [
      ...own('Territory Model'),
      field('Name', 'Label', 'string', { length: 80, required: true }),
      field('State', 'State', 'picklist', { values: ['Planning', 'Active', 'Archived'] }),
    ],
  },
  {
    name: 'Territory2',
    label: 'Territory',
    keyPrefix: '0MI',
    fields: [
      ...own('Territory'),
      field('Name', 'Label', 'string', { length: 80, required: true }),
      lookup('Territory2ModelId', 'Territory Model ID', ['Territory2Model'], assigned),
      lookup('ParentTerritory2Id', 'Parent Territory ID', ['Territory2']),
    ],
  },
  {
    name: 'ObjectTerritory2Association',
    label: 'Object Territory Association',
    keyPrefix: '0Iw',
    keptMs: 12 * HOUR_MS,
    fields: [
      ...own('Object Territory Association'),
      field('IsDeleted', 'Deleted', 'boolean', { readOnly: true }),
      lookup('ObjectId', 'Object ID', ['Account'], assigned),
      lookup('Territory2Id', 'Territory ID', ['Territory2'], assigned),
      field('AssociationCause', 'Association Cause', 'picklist', {
        values: ['Territory2AssignmentRule', 'Territory2Manual'],
      }),
    ],
  },
  {
    name: 'UserTerritory2Association',
    label: 'User Territory Association',
    keyPrefix: '0Mx',
    fields: [
      ...own('User Territory Association'),
      lookup('UserId', 'User ID', ['User'], assigned),
      lookup('Territory2Id', 'Territory ID', ['Territory2'], assigned),
      field('IsActive', 'Active', 'boolean'),
      field('RoleInTerritory2', 'Role in Territory', 'picklist', { values: ['Owner', 'Support'] }),
    ],
  },
];
