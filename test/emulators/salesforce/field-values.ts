import { ApiError } from './api-error.js';
import type { Org, Row, Value } from './org.js';
import type { FieldSpec, ObjectSpec } from './schema-fields.js';

/** The value as it is kept, or the error that Salesforce has for it. */
export function checkValue(org: Org, field: FieldSpec, value: unknown): Value {
  if (value === null || value === undefined || value === '') return null;
  const wrong = (): never => {
    throw new ApiError(
      400,
      'JSON_PARSER_ERROR',
      `Cannot deserialize instance of ${field.type} from value ${JSON.stringify(value)}`,
      [field.name],
    );
  };
  switch (field.type) {
    case 'boolean':
      if (value === 'true' || value === 'false') return value === 'true';
      return typeof value === 'boolean' ? value : wrong();
    case 'int':
    case 'double':
    case 'percent':
    case 'currency': {
      const number = Number(value);
      return Number.isFinite(number) ? number : wrong();
    }
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? String(value) : wrong();
    case 'datetime': {
      const at = Date.parse(String(value));
      return Number.isNaN(at) ? wrong() : at;
    }
    case 'reference': {
      const id = String(value);
      const found = field.refersTo?.map((object) => org.find(object, id)).find(Boolean);
      if (!found)
        throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [
          field.name,
        ]);
      return found.Id;
    }
    default: {
      if (typeof value !== 'string') return wrong();
      if (value.length > (field.length ?? Number.POSITIVE_INFINITY))
        throw new ApiError(
          400,
          'STRING_TOO_LONG',
          `${field.label}: data value too large: ${value} (max length=${field.length})`,
          [field.name],
        );
      return value;
    }
  }
}

/** Fields that follow from others. */
export function calculate(org: Org, spec: ObjectSpec, row: Row): void {
  if (spec.name === 'Contact')
    row.Name = [row.FirstName, row.LastName].filter((part) => part !== null).join(' ');
  if (spec.name === 'Opportunity') {
    row.IsWon = row.StageName === 'Closed Won';
    row.IsClosed = row.IsWon || row.StageName === 'Closed Lost';
  }
  if (spec.name === 'OpportunityLineItem') {
    const entry = org.find('PricebookEntry', String(row.PricebookEntryId ?? ''));
    const product = org.find('Product2', String(entry?.Product2Id ?? ''));
    row.Product2Id ??= product?.Id ?? null;
    row.ProductCode ??= product?.ProductCode ?? null;
    row.UnitPrice ??= entry?.UnitPrice ?? null;
    row.CurrencyIsoCode =
      org.find('Opportunity', String(row.OpportunityId))?.CurrencyIsoCode ??
      row.CurrencyIsoCode ??
      null;
    row.TotalPrice = Number((Number(row.Quantity) * Number(row.UnitPrice)).toFixed(2));
  }
  if (spec.name === 'Task') {
    row.IsClosed = row.Status === 'Completed';
    row.CompletedDateTime = row.IsClosed
      ? (row.CompletedDateTime ?? row.LastModifiedDate ?? null)
      : null;
  }
  if (spec.name === 'Task' || spec.name === 'Event') row.AccountId = accountOf(org, row);
}

/** The amount of an opportunity is that of its products, as long as it has any. */
export function rollUp(opportunity: Row, every: readonly Row[]): void {
  const items = every.filter(({ IsDeleted }) => IsDeleted !== true);
  opportunity.HasOpportunityLineItem = items.length > 0;
  const total = items.reduce((sum, { TotalPrice }) => sum + Number(TotalPrice), 0);
  if (items.length > 0) opportunity.Amount = Number(total.toFixed(2));
}

function accountOf(org: Org, { WhatId, WhoId }: Row): Value {
  const what = String(WhatId ?? '');
  const account = org.find('Account', what)?.Id;
  return (
    account ??
    org.find('Opportunity', what)?.AccountId ??
    org.find('Contact', String(WhoId ?? ''))?.AccountId ??
    null
  );
}

/** As it stands in JSON and CSV. */
export function showValue(field: FieldSpec, value: Value): Value {
  if (field.type !== 'datetime' || typeof value !== 'number') return value;
  return new Date(value).toISOString().replace('Z', '+0000');
}
