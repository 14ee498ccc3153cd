import { CATALOGUE } from './schema-catalogue.js';
import {
  currencyCode,
  deletable,
  type FieldSpec,
  field,
  lookup,
  type ObjectSpec,
  own,
  owner,
  readOnly,
} from './schema-fields.js';
import { TERRITORIES } from './schema-territories.js';

const merged = (object: string): FieldSpec =>
  lookup('MasterRecordId', 'Master Record ID', [object], readOnly);

const activity: readonly FieldSpec[] = [
  field('Subject', 'Subject', 'string', { length: 255 }),
  field('Description', 'Comments', 'textarea', { length: 32_000 }),
  lookup('WhoId', 'Name ID', ['Contact']),
  lookup('WhatId', 'Related To ID', ['Account', 'Opportunity']),
  lookup('AccountId', 'Account ID', ['Account'], readOnly),
  owner,
  field('OpportuneKey__c', 'Opportune Key', 'string', {
    length: 255,
    externalId: true,
    unique: true,
  }),
];

/** The objects of the company. */
export const SCHEMA: readonly ObjectSpec[] = [
  {
    name: 'Account',
    label: 'Account',
    keyPrefix: '001',
    fields: [
      ...deletable('Account'),
      merged('Account'),
      field('Name', 'Account Name', 'string', { length: 255, required: true }),
      lookup('ParentId', 'Parent Account ID', ['Account']),
      owner,
      currencyCode,
      field('Industry', 'Industry', 'picklist', {
        values: ['Retail', 'Manufacturing', 'Healthcare', 'Software'],
        inactive: ['Mining'],
      }),
      field('AnnualRevenue', 'Annual Revenue', 'currency'),
      field('NumberOfEmployees', 'Employees', 'int'),
      field('Website', 'Website', 'url', { length: 255 }),
      field('Phone', 'Account Phone', 'phone', { length: 40 }),
      field('BillingAddress', 'Billing Address', 'address', readOnly),
      field('Description', 'Account Description', 'textarea', { length: 32_000 }),
      field('Segments__c', 'Segments', 'multipicklist', { values: ['North', 'South', 'Key'] }),
      field('RenewalDate__c', 'Renewal Date', 'date'),
      field('HealthScore__c', 'Health Score', 'double'),
      field('CustomerSince__c', 'Customer Since', 'date'),
      field('LegacyCode__c', 'Legacy Code', 'string', { length: 40, externalId: true }),
    ],
  },
  {
    name: 'Contact',
    label: 'Contact',
    keyPrefix: '003',
    fields: [
      ...deletable('Contact'),
      merged('Contact'),
      lookup('AccountId', 'Account ID', ['Account']),
      field('FirstName', 'First Name', 'string', { length: 40 }),
      field('LastName', 'Last Name', 'string', { length: 80, required: true }),
      field('Name', 'Full Name', 'string', { length: 121, readOnly: true, calculated: true }),
      field('Email', 'Email', 'email', { length: 80 }),
      field('Phone', 'Business Phone', 'phone', { length: 40 }),
      field('Title', 'Title', 'string', { length: 128 }),
      field('HasOptedOutOfEmail', 'Email Opt Out', 'boolean'),
      owner,
    ],
  },
  {
    name: 'Opportunity',
    label: 'Opportunity',
    keyPrefix: '006',
    fields: [
      ...deletable('Opportunity'),
      lookup('AccountId', 'Account ID', ['Account']),
      field('Name', 'Name', 'string', { length: 120, required: true }),
      field('StageName', 'Stage', 'picklist', {
        required: true,
        values: ['Prospecting', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost'],
      }),
      field('Amount', 'Amount', 'currency'),
      field('Probability', 'Probability (%)', 'percent'),
      field('CloseDate', 'Close Date', 'date', { required: true }),
      field('IsClosed', 'Closed', 'boolean', { readOnly: true, calculated: true }),
      field('IsWon', 'Won', 'boolean', { readOnly: true, calculated: true }),
      field('HasOpportunityLineItem', 'Has Line Item', 'boolean', {
        readOnly: true,
        calculated: true,
      }),
      currencyCode,
      owner,
    ],
  },
  {
    name: 'User',
    label: 'User',
    keyPrefix: '005',
    fields: [
      ...own('User'),
      field('Name', 'Full Name', 'string', { length: 121 }),
      field('Username', 'Username', 'string', { length: 80 }),
      field('Email', 'Email', 'email', { length: 128 }),
      field('IsActive', 'Active', 'boolean'),
      field('TimeZoneSidKey', 'Time Zone', 'picklist', {
        values: ['Europe/Berlin', 'America/New_York'],
      }),
    ],
  },
  {
    name: 'Task',
    label: 'Task',
    keyPrefix: '00T',
    fields: [
      ...deletable('Activity'),
      ...activity,
      field('ActivityDate', 'Due Date Only', 'date'),
      field('Status', 'Status', 'picklist', {
        values: ['Not Started', 'In Progress', 'Completed'],
      }),
      field('TaskSubtype', 'Task Subtype', 'picklist', { values: ['Task', 'Call', 'Email'] }),
      field('CompletedDateTime', 'Completed Date/Time', 'datetime', readOnly),
      field('IsClosed', 'Closed', 'boolean', { readOnly: true, calculated: true }),
    ],
  },
  {
    name: 'Event',
    label: 'Event',
    keyPrefix: '00U',
    fields: [
      ...deletable('Activity'),
      ...activity,
      field('StartDateTime', 'Start Date Time', 'datetime'),
      field('EndDateTime', 'End Date Time', 'datetime'),
      field('DurationInMinutes', 'Duration', 'int'),
    ],
  },
  ...CATALOGUE,
  ...TERRITORIES,
  {
    name: 'CurrencyType',
    label: 'Currency Type',
    keyPrefix: '01L',
    fields: [
      ...own('Currency Type'),
      field('IsoCode', 'Currency ISO Code', 'string', { length: 3 }),
      field('ConversionRate', 'Conversion Rate', 'double'),
      field('DecimalPlaces', 'Decimal Places', 'int'),
      field('IsActive', 'Active', 'boolean'),
      field('IsCorporate', 'Corporate Currency', 'boolean'),
    ],
  },
  {
    name: 'DatedConversionRate',
    label: 'Dated Conversion Rate',
    keyPrefix: '04w',
    fields: [
      ...own('Dated Conversion Rate'),
      field('IsoCode', 'Currency ISO Code', 'string', { length: 3 }),
      field('ConversionRate', 'Conversion Rate', 'double'),
      field('StartDate', 'Start Date', 'date'),
    ],
  },
];
