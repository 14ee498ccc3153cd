import type { Answer } from '../send-answer.js';
import { invalid } from './api-error.js';
import { bodyOf, type Call, ok, textsOf, type World } from './call.js';
import { show } from './objects.js';
import type { Held, Values } from './portal.js';
import type { ObjectSpec, PropertySpec } from './schema.js';

const PAGE = 200;
const MOST_GROUPS = 5;
const MOST_FILTERS = 6;

interface Filter {
  readonly propertyName?: unknown;
  readonly operator?: unknown;
  readonly value?: unknown;
  readonly values?: unknown;
  readonly highValue?: unknown;
}

/** `POST /crm/v3/objects/{type}/search`, over what the index knows by now. */
export function search(call: Call, { portal, settings, now, origin }: World): Answer {
  const spec = portal.spec(call.parts[0] ?? '');
  const body = bodyOf(call);
  const limit = Number(body.limit ?? 10);
  if (!(limit >= 1 && limit <= PAGE)) throw invalid(`limit must be between 1 and ${PAGE}`);
  const after = Number(body.after ?? 0);
  if (after + limit > settings.searchCap)
    throw invalid(
      `The paging request exceeded the maximum of ${settings.searchCap} results. Please narrow your search criteria.`,
    );
  const groups = (Array.isArray(body.filterGroups) ? body.filterGroups : []) as {
    readonly filters?: readonly Filter[];
  }[];
  if (groups.length > MOST_GROUPS) throw invalid(`Too many filter groups: at most ${MOST_GROUPS}`);
  const tests = groups.map(({ filters = [] }) => {
    if (filters.length > MOST_FILTERS) throw invalid(`Too many filters: at most ${MOST_FILTERS}`);
    return filters.map((filter) => testOf(spec, filter));
  });
  const order = orderOf(spec, body.sorts);
  const known = [...portal.rows(spec.name).values()].flatMap(
    (held): { held: Held; values: Values }[] => {
      const state = held.states.findLast(({ at }) => at <= now() - settings.indexLagMs);
      return state && !state.gone ? [{ held, values: state.properties }] : [];
    },
  );
  const found = known
    .filter(
      ({ values }) => tests.length === 0 || tests.some((all) => all.every((test) => test(values))),
    )
    .sort((a, b) => order(a.values, b.values));
  const page = found.slice(after, after + limit);
  const next = after + page.length;
  const asked = textsOf(body.properties);
  return ok({
    total: found.length,
    results: page.map(({ held, values }) => ({
      ...show(spec, held, asked, values),
      updatedAt: values[spec.modified] ?? null,
    })),
    ...(next < found.length && {
      paging: {
        next: {
          after: String(next),
          link: `${origin()}/crm/v3/objects/${spec.name}/search?after=${next}`,
        },
      },
    }),
  });
}

function propertyOf(spec: ObjectSpec, name: unknown): PropertySpec {
  const found = spec.properties.find((one) => one.name === name);
  if (!found && spec.name === 'contacts' && name === 'hs_lastmodifieddate')
    // It is there, and holds nothing.
    return { name, label: 'Object last modified date/time', type: 'datetime', fieldType: 'date' };
  if (!found)
    throw invalid(`There was a problem with the request. Property ${String(name)} does not exist`);
  return found;
}

function comparable({ type }: PropertySpec, text: string): number | string {
  if (type === 'number') return Number(text);
  if (type === 'date' || type === 'datetime')
    return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return text.toLowerCase();
}

function testOf(spec: ObjectSpec, filter: Filter): (values: Values) => boolean {
  const property = propertyOf(spec, filter.propertyName);
  const given = comparable(property, String(filter.value ?? ''));
  if (typeof given === 'number' && Number.isNaN(given))
    throw invalid(`${String(filter.value)} is not valid for ${property.name}`);
  const high = comparable(property, String(filter.highValue ?? ''));
  const among = (Array.isArray(filter.values) ? filter.values : []).map((one) =>
    comparable(property, String(one)),
  );
  return (values) => {
    const text = values[property.name] ?? null;
    if (filter.operator === 'HAS_PROPERTY') return text !== null;
    if (filter.operator === 'NOT_HAS_PROPERTY') return text === null;
    if (text === null) return filter.operator === 'NEQ' || filter.operator === 'NOT_IN';
    const held = comparable(property, text);
    switch (filter.operator) {
      case 'EQ':
        return held === given;
      case 'NEQ':
        return held !== given;
      case 'GT':
        return held > given;
      case 'GTE':
        return held >= given;
      case 'LT':
        return held < given;
      case 'LTE':
        return held <= given;
      case 'BETWEEN':
        return held >= given && held <= high;
      case 'IN':
        return among.includes(held);
      case 'NOT_IN':
        return !among.includes(held);
      case 'CONTAINS_TOKEN':
        return String(held).split(/\W+/).includes(String(given).replaceAll('*', ''));
      default:
        throw invalid(`operator ${String(filter.operator)} is not supported`);
    }
  };
}

/** One property; ties stand in no order that anyone could rely on. */
function orderOf(spec: ObjectSpec, sorts: unknown): (a: Values, b: Values) => number {
  const all = Array.isArray(sorts) ? sorts : [];
  if (all.length > 1) throw invalid('Only one sort is supported');
  const [first] = all as (
    | string
    | { readonly propertyName?: string; readonly direction?: string }
  )[];
  const tie = (a: Values, b: Values): number => scatter(a.hs_object_id) - scatter(b.hs_object_id);
  if (first === undefined) return tie;
  const text = typeof first === 'string' ? first : (first.propertyName ?? '');
  const down =
    text.startsWith('-') || (typeof first === 'object' && first.direction === 'DESCENDING');
  const property = propertyOf(spec, text.replace(/^-/, ''));
  return (a, b) => {
    const [x, y] = [a, b].map((one) => comparable(property, one[property.name] ?? ''));
    if (x === undefined || y === undefined || x === y) return tie(a, b);
    return (x < y ? -1 : 1) * (down ? -1 : 1);
  };
}

const scatter = (id: string | null | undefined): number => (Number(id) * 7_919) % 10_007;
