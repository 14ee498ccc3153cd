import {
  currencyCode,
  deletable,
  field,
  lookup,
  type ObjectSpec,
  readOnly,
} from './schema-fields.js';

const calculated = { readOnly: true, calculated: true };

/** Products, what they cost, and which of them opportunities hold. */
export const CATALOGUE: readonly ObjectSpec[] = [
  {
    name: 'Product2',
    label: 'Product',
    keyPrefix: '01t',
    fields: [
      ...deletable('Product'),
      field('Name', 'Product Name', 'string', { length: 255, required: true }),
      field('ProductCode', 'Product Code', 'string', { length: 255 }),
      field('Family', 'Product Family', 'picklist', { values: ['Pumps', 'Valves'] }),
      field('IsActive', 'Active', 'boolean'),
    ],
  },
  {
    name: 'Pricebook2',
    label: 'Price Book',
    keyPrefix: '01s',
    fields: [
      ...deletable('Price Book'),
      field('Name', 'Price Book Name', 'string', { length: 255, required: true }),
      field('IsActive', 'Active', 'boolean'),
      field('IsStandard', 'Is Standard Price Book', 'boolean', readOnly),
    ],
  },
  {
    name: 'PricebookEntry',
    label: 'Price Book Entry',
    keyPrefix: '01u',
    fields: [
      ...deletable('Price Book Entry'),
      lookup('Pricebook2Id', 'Price Book ID', ['Pricebook2'], { required: true, cascades: true }),
      lookup('Product2Id', 'Product ID', ['Product2'], { required: true, cascades: true }),
      field('UnitPrice', 'List Price', 'currency', { required: true }),
      currencyCode,
      field('IsActive', 'Active', 'boolean'),
    ],
  },
  {
    name: 'OpportunityLineItem',
    label: 'Opportunity Product',
    keyPrefix: '00k',
    fields: [
      ...deletable('Line Item'),
      lookup('OpportunityId', 'Opportunity ID', ['Opportunity'], {
        required: true,
        cascades: true,
      }),
      lookup('PricebookEntryId', 'Price Book Entry ID', ['PricebookEntry'], { required: true }),
      lookup('Product2Id', 'Product ID', ['Product2'], calculated),
      field('ProductCode', 'Product Code', 'string', calculated),
      field('Quantity', 'Quantity', 'double', { required: true }),
      field('UnitPrice', 'Sales Price', 'currency'),
      field('TotalPrice', 'Total Price', 'currency', calculated),
      { ...currencyCode, ...calculated },
    ],
  },
];
