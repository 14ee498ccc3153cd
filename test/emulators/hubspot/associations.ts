import type { Answer } from '../send-answer.js';
import { invalid, notFound } from './api-error.js';
import { bodyOf, type Call, ok, type World } from './call.js';
import { endOf, wayOf } from './links.js';
import { iso } from './portal.js';

const INPUTS = 1_000;
const PAGE = 500;

interface Led {
  readonly toObjectId: number;
  readonly associationTypes: readonly unknown[];
}

/** Associations of the fourth version: of one record, and of many at once. */
export function associations(call: Call, world: World): Answer | undefined {
  const { method, area, parts, query } = call;
  const { portal } = world;
  if (area === 'associations') {
    const [from = '', to = '', batch, read] = parts;
    if (method !== 'POST' || batch !== 'batch' || read !== 'read') return undefined;
    return readMany(world, portal.spec(from).name, portal.spec(to).name, bodyOf(call).inputs);
  }
  const [type = '', id = '', word, third = '', fourth = '', fifth = ''] = parts;
  if (area !== 'objects' || word !== 'associations') return undefined;
  if (method === 'GET') {
    const limit = Math.min(PAGE, Number(query.get('limit') ?? PAGE));
    const held = portal.get(type, id);
    const page = pageOf(
      world,
      portal.spec(type).name,
      held.id,
      portal.spec(third).name,
      query.get('after'),
      limit,
    );
    return ok({
      results: page.to,
      ...(page.next && { paging: { next: { after: page.next, link: '' } } }),
    });
  }
  if (method === 'PUT' && third === 'default') {
    portal.link(type, id, fourth, fifth);
    const at = iso(portal.now());
    return ok({
      status: 'COMPLETE',
      results: [{ from: { id }, to: { id: fifth } }],
      startedAt: at,
      completedAt: at,
    });
  }
  if (method === 'PUT') {
    const [spec] = specsOf(call.body);
    const typeId = Number(spec?.associationTypeId);
    const from = portal.spec(type).name;
    if (endOf(from, typeId) !== portal.spec(third).name)
      throw invalid(`association type ${typeId} doesn't exist between ${type} and ${third}`);
    portal.link(
      type,
      id,
      third,
      fourth,
      typeId === wayOf(from, portal.spec(third).name).there.primary,
    );
    return ok({ fromObjectId: Number(id), toObjectId: Number(fourth), labels: [] }, 201);
  }
  if (method !== 'DELETE') return undefined;
  portal.unlink(type, id, third, fourth);
  return { status: 204 };
}

function specsOf(body: string): readonly { readonly associationTypeId?: unknown }[] {
  try {
    const value: unknown = JSON.parse(body);
    if (Array.isArray(value)) return value;
  } catch {
    // Told below.
  }
  throw invalid('Invalid input JSON');
}

function pageOf(
  { portal }: World,
  from: string,
  id: string,
  to: string,
  after: string | null,
  limit: number,
): { readonly to: readonly Led[]; readonly next: string | undefined } {
  const begin = Number(after ?? 0);
  const { there } = wayOf(from, to);
  const all = [...portal.links.of(from, id, to)].map(([other, types]) => ({
    toObjectId: Number(other),
    associationTypes: [...types].map((typeId) => ({
      category: 'HUBSPOT_DEFINED',
      typeId,
      label: typeId === there.primary ? 'Primary' : null,
    })),
  }));
  const end = begin + limit;
  return { to: all.slice(begin, end), next: all.length > end ? String(end) : undefined };
}

function readMany(world: World, from: string, to: string, given: unknown): Answer {
  const inputs = (Array.isArray(given) ? given : []) as {
    readonly id?: unknown;
    readonly after?: unknown;
  }[];
  if (inputs.length > INPUTS) throw invalid(`Maximum number of inputs is ${INPUTS}`);
  wayOf(from, to);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const { id, after } of inputs) {
    if (id === undefined) throw notFound();
    const start = after === undefined ? null : String(after);
    const page = pageOf(world, from, String(id), to, start, world.settings.associationPage);
    if (page.to.length > 0)
      results.push({
        from: { id: String(id) },
        to: page.to,
        ...(page.next && { paging: { next: { after: page.next, link: '' } } }),
      });
    else
      errors.push({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: `No ${to} is associated with ${from} ${String(id)}.`,
        context: { fromObjectId: [String(id)] },
      });
  }
  const at = iso(world.now());
  const done = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (errors.length === 0) return ok(done);
  return ok({ ...done, numErrors: errors.length, errors }, 207);
}
