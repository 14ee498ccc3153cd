import type { Answer } from '../send-answer.js';
import { ApiError, invalid, notFound } from './api-error.js';
import { bodyOf, type Call, ok, type World } from './call.js';
import { COMPANY_CURRENCY } from './currencies.js';
import { iso, type Owner, type Portal } from './portal.js';
import { type PropertySpec, STAGES } from './schema.js';

const BEGIN = '2019-01-01T00:00:00.000Z';

/** What there is besides records: properties, pipelines, schemas, owners, and the account itself. */
export function telling(call: Call, world: World): Answer | undefined {
  const { method, area, parts } = call;
  const { portal } = world;
  if (area === 'properties') return properties(call, portal);
  if (area === 'pipelines' && method === 'GET') return pipelines(portal.spec(parts[0] ?? '').name);
  if (area === 'schemas' && method === 'GET') return schemas(portal, parts[0]);
  if (area === 'owners' && method === 'GET') return owners(call, portal);
  if (area === 'account-info' && parts[0] === 'details')
    return ok({
      portalId: portal.id,
      accountType: 'STANDARD',
      timeZone: 'Europe/Berlin',
      companyCurrency: COMPANY_CURRENCY,
      additionalCurrencies: [...new Set(portal.rates.map(({ from }) => from))],
      utcOffset: '+02:00',
      utcOffsetMilliseconds: 7_200_000,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'eu1',
    });
  return undefined;
}

function properties(call: Call, portal: Portal): Answer {
  const [type = '', name] = call.parts;
  const spec = portal.spec(type);
  if (call.method === 'GET' && name === undefined)
    return ok({ results: spec.properties.map(showProperty) });
  const found = spec.properties.find((one) => one.name === name);
  if (call.method === 'GET') {
    if (!found) throw notFound();
    return ok(showProperty(found));
  }
  if (call.method !== 'POST' || name !== undefined) throw notFound();
  const given = bodyOf(call);
  const text = (one: string): string => {
    if (typeof given[one] !== 'string') throw invalid(`Invalid input: ${one} is required`);
    return given[one];
  };
  if (spec.properties.some((one) => one.name === given.name))
    throw new ApiError(409, 'CONFLICT', `Property named '${String(given.name)}' already exists.`);
  const made: PropertySpec = {
    name: text('name'),
    label: text('label'),
    type: text('type'),
    fieldType: text('fieldType'),
    custom: true,
    unique: given.hasUniqueValue === true,
  };
  text('groupName');
  portal.alter(type, (all) => [...all, made]);
  return ok(showProperty(made), 201);
}

function showProperty({
  name,
  label,
  type,
  fieldType,
  options = [],
  readOnly = false,
  unique = false,
  custom = false,
  money = false,
  owner = false,
}: PropertySpec): unknown {
  return {
    name,
    label,
    type,
    fieldType,
    description: '',
    groupName: 'information',
    options: options.map((option, displayOrder) => ({ ...option, displayOrder, description: '' })),
    displayOrder: -1,
    calculated: readOnly,
    externalOptions: owner,
    ...(owner && { referencedObjectType: 'OWNER' }),
    hasUniqueValue: unique,
    hidden: false,
    hubspotDefined: !custom,
    ...(money && { showCurrencySymbol: true }),
    modificationMetadata: {
      archivable: custom,
      readOnlyDefinition: !custom,
      readOnlyOptions: false,
      readOnlyValue: readOnly,
    },
    formField: !readOnly,
    dataSensitivity: 'non_sensitive',
    createdAt: BEGIN,
    updatedAt: BEGIN,
  };
}

function pipelines(object: string): Answer {
  if (object !== 'deals') return ok({ results: [] });
  const stages = STAGES.map(({ id, closed, probability }, displayOrder) => ({
    id,
    label: `Stage ${displayOrder + 1}`,
    displayOrder,
    metadata: { isClosed: String(closed), probability },
    archived: false,
    createdAt: BEGIN,
    updatedAt: BEGIN,
  }));
  return ok({
    results: [
      {
        id: 'default',
        label: 'Sales Pipeline',
        displayOrder: 0,
        archived: false,
        createdAt: BEGIN,
        updatedAt: BEGIN,
        stages,
      },
    ],
  });
}

function schemas(portal: Portal, name: string | undefined): Answer {
  const shown = portal.objects
    .filter(({ typeId }) => typeId.startsWith('2-'))
    .map(({ typeId, labels, properties: all }) => ({
      id: typeId.slice(2),
      objectTypeId: typeId,
      fullyQualifiedName: `p${portal.id}_${labels.plural.toLowerCase()}`,
      name: labels.plural.toLowerCase(),
      labels,
      primaryDisplayProperty: 'serial',
      requiredProperties: [],
      properties: all.map(showProperty),
      associations: [],
      archived: false,
    }));
  if (name === undefined) return ok({ results: shown });
  const found = shown.find((one) => one.objectTypeId === name || one.fullyQualifiedName === name);
  if (!found) throw notFound();
  return ok(found);
}

function owners({ parts, query }: Call, portal: Portal): Answer {
  const archived = query.get('archived') === 'true';
  const all = portal.owners.filter((owner) => owner.archived === archived);
  const [id] = parts;
  if (id !== undefined) {
    const byUser = query.get('idProperty') === 'userId';
    const found = all.find((owner) => String(byUser ? owner.userId : owner.id) === id);
    if (!found) throw notFound();
    return ok(showOwner(found));
  }
  const limit = Number(query.get('limit') ?? 100);
  const begin = Number(query.get('after') ?? 0);
  const email = query.get('email');
  const matching = email === null ? all : all.filter((owner) => owner.email === email);
  const next = begin + limit;
  return ok({
    results: matching.slice(begin, next).map(showOwner),
    ...(next < matching.length && { paging: { next: { after: String(next), link: '' } } }),
  });
}

/** Owners who left have no user any more, and it is told who they were. */
function showOwner(owner: Owner): unknown {
  const { id, userId, firstName, lastName, email, createdAt, updatedAt, archived } = owner;
  return {
    id,
    email,
    type: 'PERSON',
    firstName,
    lastName,
    ...(archived
      ? { userIdIncludingInactive: userId }
      : { userId, userIdIncludingInactive: userId }),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
    archived,
    teams: [],
  };
}
