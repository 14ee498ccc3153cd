import type { Answer } from '../send-answer.js';
import { ApiError, invalid, notFound } from './api-error.js';
import { LINE_ITEMS } from './calculate.js';
import { bodyOf, type Call, ok, textsOf, type World } from './call.js';
import { endOf } from './links.js';
import { type Held, iso, type Portal } from './portal.js';
import type { ObjectSpec } from './schema.js';

const LIST_PAGE = 100;
const BATCH = 100;

/** A record as the API shows it. What it was not asked for is left out; what there is not is ignored. */
export function show(
  spec: ObjectSpec,
  held: Held,
  asked: readonly string[],
  properties: Held['properties'] = held.properties,
): { readonly [name: string]: unknown } {
  const own = ['hs_object_id', spec.created, spec.modified];
  const shown = [...new Set([...asked, ...own])].filter((name) =>
    spec.properties.some((one) => one.name === name),
  );
  return {
    id: held.id,
    properties: Object.fromEntries(shown.map((name) => [name, properties[name] ?? null])),
    createdAt: iso(held.createdAt),
    updatedAt: iso(held.updatedAt),
    archived: held.archivedAt !== undefined,
    ...(held.archivedAt === undefined ? {} : { archivedAt: iso(held.archivedAt) }),
    url: `https://app.hubspot.com/contacts/62515/record/${spec.typeId}/${held.id}`,
  };
}

function withHistory(
  shown: { readonly [name: string]: unknown },
  { merges, counts }: Held,
  asked: readonly string[],
): unknown {
  const kept = [
    ['hs_merged_object_ids', merges, 'MERGE_OBJECTS'],
    [LINE_ITEMS, counts, 'CALCULATED'],
  ] as const;
  const told = kept.filter(([name]) => asked.includes(name));
  if (told.length === 0) return shown;
  const propertiesWithHistory = Object.fromEntries(
    told.map(([name, values, sourceType]) => [
      name,
      values.map(({ value, at }) => ({ value, timestamp: iso(at), sourceType })),
    ]),
  );
  return { ...shown, propertiesWithHistory };
}

const listed = (query: URLSearchParams, name: string): readonly string[] =>
  query.getAll(name).flatMap((value) => value.split(','));

/** `/crm/v3/objects/{type}` but for search and associations. */
export function objects(call: Call, { portal, origin }: World): Answer | undefined {
  const { method, parts, query } = call;
  const [type = '', id, third] = parts;
  if (id === undefined && method === 'GET') return list(portal, portal.spec(type), query, origin());
  if (id === undefined && method === 'POST') return ok(create(portal, type, bodyOf(call)), 201);
  if (id === 'batch' && method === 'POST') return batch(portal, call);
  if (id === 'merge' && method === 'POST') {
    const { primaryObjectId, objectIdToMerge } = bodyOf(call);
    const stays = portal.merge(type, String(primaryObjectId), String(objectIdToMerge));
    return ok(show(portal.spec(type), stays, []));
  }
  if (id === 'gdpr-delete' && method === 'POST') {
    portal.erase(type, String(bodyOf(call).objectId));
    return { status: 204 };
  }
  if (id === undefined || third !== undefined) return undefined;
  const idProperty = query.get('idProperty') ?? undefined;
  if (method === 'PATCH')
    return ok(
      show(
        portal.spec(type),
        portal.update(type, id, Object(bodyOf(call).properties), idProperty),
        [],
      ),
    );
  if (method === 'DELETE') {
    portal.archive(type, id);
    return { status: 204 };
  }
  if (method !== 'GET') return undefined;
  const held = portal.find(type, id, idProperty);
  if (!held || (held.archivedAt !== undefined) !== (query.get('archived') === 'true'))
    throw notFound();
  return ok(show(portal.spec(type), held, listed(query, 'properties')));
}

function list(portal: Portal, spec: ObjectSpec, query: URLSearchParams, origin: string): Answer {
  const limit = Number(query.get('limit') ?? 10);
  if (!(limit >= 1 && limit <= LIST_PAGE)) throw invalid(`limit must be at most ${LIST_PAGE}`);
  const archived = query.get('archived') === 'true';
  const after = Number(query.get('after') ?? 0);
  const rows = [...portal.rows(spec.name).values()].filter(
    (held) => (held.archivedAt !== undefined) === archived && Number(held.id) > after,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.id ?? '';
  const asked = listed(query, 'properties');
  const toward = listed(query, 'associations');
  return ok({
    results: page.map((held) => ({
      ...show(spec, held, asked),
      ...(toward.length > 0 && { associations: inline(portal, spec, held, toward) }),
    })),
    ...(rows.length > limit && {
      paging: {
        next: { after: last, link: `${origin}/crm/v3/objects/${spec.name}?after=${last}` },
      },
    }),
  });
}

/** One entry for each type of association, so that a primary one stands there twice. */
function inline(
  portal: Portal,
  { name, singular }: ObjectSpec,
  held: Held,
  toward: readonly string[],
): unknown {
  return Object.fromEntries(
    toward.flatMap((to) => {
      const other = portal.spec(to);
      const results = [...portal.links.of(name, held.id, other.name)].flatMap(([id, types]) =>
        [...types].map((_, index) => ({
          id,
          type: `${singular}_to_${other.singular}${index === 0 && types.size > 1 ? '_unlabeled' : ''}`,
        })),
      );
      return results.length > 0 ? [[other.name, { results }]] : [];
    }),
  );
}

function create(portal: Portal, type: string, body: { readonly [name: string]: unknown }): unknown {
  const associations = (Array.isArray(body.associations) ? body.associations : []) as {
    readonly to?: { readonly id?: unknown };
    readonly types?: readonly { readonly associationTypeId?: unknown }[];
  }[];
  const spec = portal.spec(type);
  const links = associations.map(({ to, types }) => {
    const way = wayFrom(spec.name, Number(types?.[0]?.associationTypeId));
    portal.get(way, String(to?.id));
    return { way, other: String(to?.id) };
  });
  const held = portal.create(type, Object(body.properties));
  for (const { way, other } of links) portal.link(type, held.id, way, other);
  return show(spec, held, Object.keys(Object(body.properties)));
}

function wayFrom(from: string, typeId: number): string {
  const found = endOf(from, typeId);
  if (found === undefined) throw invalid(`association type ${typeId} doesn't exist for ${from}`);
  return found;
}

function batch(portal: Portal, call: Call): Answer {
  const [type = '', , operation = ''] = call.parts;
  const body = bodyOf(call);
  const archived = call.query.get('archived') === 'true';
  const spec = portal.spec(type);
  const inputs = (Array.isArray(body.inputs) ? body.inputs : []) as {
    readonly [name: string]: unknown;
  }[];
  if (inputs.length > BATCH)
    throw invalid(
      `The maximum number of inputs supported in a batch request for property histories is ${BATCH}. Received ${inputs.length}.`,
    );
  const asked = textsOf(body.properties);
  const idProperty = body.idProperty === undefined ? undefined : String(body.idProperty);
  const results: unknown[] = [];
  const missing: string[] = [];
  for (const input of inputs) {
    const id = String(input.id);
    const key = input.idProperty === undefined ? undefined : String(input.idProperty);
    if (operation === 'create') results.push(create(portal, type, input));
    else if (operation === 'upsert') {
      const known = portal.find(type, id, key);
      const given = Object(input.properties) as { readonly [name: string]: unknown };
      const held = known
        ? portal.update(type, id, given, key)
        : portal.create(type, { ...given, [key ?? '']: id });
      results.push({ ...show(spec, held, Object.keys(given)), new: known === undefined });
    } else if (operation === 'archive') portal.archive(type, id);
    else if (operation === 'update') {
      if (portal.find(type, id, key))
        results.push(show(spec, portal.update(type, id, Object(input.properties), key), []));
      else missing.push(id);
    } else if (operation === 'read') {
      const held = portal.find(type, id, idProperty);
      if (held && (held.archivedAt !== undefined) === archived)
        results.push(
          withHistory(show(spec, held, asked), held, textsOf(body.propertiesWithHistory)),
        );
      else missing.push(id);
    } else throw notFound();
  }
  if (operation === 'archive') return { status: 204 };
  const at = iso(portal.now());
  const done = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (missing.length === 0) return ok(done, operation === 'create' ? 201 : 200);
  const error = new ApiError(
    207,
    'OBJECT_NOT_FOUND',
    `Could not get some ${spec.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
    { context: { ids: missing } },
  );
  return ok({ ...done, numErrors: 1, errors: [error.body] }, 207);
}
