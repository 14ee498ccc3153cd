import { ApiError } from './api-error.js';
import { showValue } from './field-values.js';
import type { Org, Row, Value } from './org.js';
import type { FieldSpec, ObjectSpec } from './schema-fields.js';
import type { Query, Selected, Test } from './soql-parse.js';
import type { Literal } from './soql-tokens.js';

/** What one user may not read: `Account.Description`. */
export type Hidden = ReadonlySet<string>;

interface Found {
  readonly field: FieldSpec;
  /** Lookups on the way. */
  readonly through: readonly FieldSpec[];
}

/** Field of an object by its path, as this user sees it. */
function findField(org: Org, spec: ObjectSpec, path: string, hidden: Hidden): Found {
  const through: FieldSpec[] = [];
  const steps = path.split('.');
  let at = spec;
  if (steps[0]?.toLowerCase() === spec.name.toLowerCase()) steps.shift();
  for (const step of steps.slice(0, -1)) {
    const lookup = at.fields.find(
      ({ relationship }) => relationship?.toLowerCase() === step.toLowerCase(),
    );
    if (!lookup || hidden.has(`${at.name}.${lookup.name}`))
      throw new ApiError(
        400,
        'INVALID_FIELD',
        `Didn't understand relationship '${step}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
      );
    through.push(lookup);
    at = org.spec(lookup.refersTo?.[0] ?? '');
  }
  const last = steps.at(-1) ?? '';
  const field = at.fields.find(({ name }) => name.toLowerCase() === last.toLowerCase());
  if (!field || hidden.has(`${at.name}.${field.name}`))
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `\nERROR at Row:1:Column:8\nNo such column '${last}' on entity '${at.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  return { field, through };
}

function readPath(org: Org, row: Row, { field, through }: Found): Value {
  let at: Row | undefined = row;
  for (const lookup of through) {
    const id: string = String(at?.[lookup.name] ?? '');
    at = lookup.refersTo?.map((object): Row | undefined => org.rows(object).get(id)).find(Boolean);
    if (!at) return null;
  }
  return at?.[field.name] ?? null;
}

/** Records that a query finds, in its order, before its rows are cut into pages. */
export function selectRows(org: Org, query: Query, all: boolean, hidden: Hidden): readonly Row[] {
  const spec = org.spec(query.from);
  const { where, orderBy, limit, offset } = query;
  for (const one of query.select)
    if ('path' in one && one.path !== undefined) findField(org, spec, one.path, hidden);
  const passes = where ? compileTest(org, spec, where, hidden) : () => true;
  const { keptMs = Number.POSITIVE_INFINITY } = spec;
  const isShown = (row: Row): boolean =>
    row.IsDeleted !== true || (all && org.now() - Number(row.SystemModstamp) <= keptMs);
  const rows = [...org.rows(spec.name).values()].filter((row) => isShown(row) && passes(row));
  const keys = orderBy.map(({ path, down }) => ({
    found: findField(org, spec, path, hidden),
    down,
  }));
  if (keys.length > 0)
    rows.sort((a, b) => {
      for (const { found, down } of keys) {
        const order = compare(readPath(org, a, found), readPath(org, b, found));
        if (order !== 0) return down ? -order : order;
      }
      return 0;
    });
  return rows.slice(offset, limit === undefined ? undefined : offset + limit);
}

/** Nulls come first, as Salesforce has them. */
function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

function compileTest(
  org: Org,
  spec: ObjectSpec,
  test: Test,
  hidden: Hidden,
): (row: Row) => boolean {
  if (test.op === 'and' || test.op === 'or') {
    const tests = test.tests.map((one) => compileTest(org, spec, one, hidden));
    return test.op === 'and'
      ? (row) => tests.every((holds) => holds(row))
      : (row) => tests.some((holds) => holds(row));
  }
  if (test.op === 'not') {
    const holds = compileTest(org, spec, test.test, hidden);
    return (row) => !holds(row);
  }
  const found = findField(org, spec, test.path, hidden);
  if (test.op === 'in') {
    const values = new Set(test.values.map((one) => fold(toValue(found.field, one))));
    return (row) => values.has(fold(readPath(org, row, found))) !== test.not;
  }
  const wanted = toValue(found.field, test.value);
  const folded = fold(wanted);
  if (test.op === 'like') {
    const pattern = likePattern(String(wanted));
    return (row) => pattern.test(String(readPath(org, row, found) ?? ''));
  }
  const { op } = test;
  return (row) => {
    const value = fold(readPath(org, row, found));
    if (op === '=') return value === folded;
    if (op === '!=') return value !== folded;
    if (value === null || folded === null) return false;
    if (op === '<') return value < folded;
    if (op === '<=') return value <= folded;
    return op === '>' ? value > folded : value >= folded;
  };
}

/** `%` is any text and `_` any letter, unless a backslash stands before it. */
function likePattern(like: string): RegExp {
  const parts = like.match(/\\[%_]|[\s\S]/g) ?? [];
  const source = parts.map((part) => {
    if (part === '%') return '[^]*';
    if (part === '_') return '[^]';
    return (part.length === 2 ? part.slice(1) : part).replace(/[.*+?^${}()|[\]\\]/, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'i');
}

/** Texts compare without case. */
const fold = (value: Value): Value => (typeof value === 'string' ? value.toLowerCase() : value);

function toValue(field: FieldSpec, literal: Literal): Value {
  const { type, name } = field;
  const fits = {
    null: true,
    text: !['boolean', 'int', 'double', 'percent', 'currency', 'date', 'datetime'].includes(type),
    number: ['int', 'double', 'percent', 'currency'].includes(type),
    boolean: type === 'boolean',
    datetime: type === 'datetime',
    date: type === 'date',
  }[literal.type];
  if (!fits)
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `\nvalue of filter criterion for field '${name}' must be of type ${type} and should not be enclosed in quotes`,
    );
  switch (literal.type) {
    case 'text':
      return literal.text;
    case 'number':
      return literal.number;
    case 'boolean':
      return literal.boolean;
    case 'datetime':
      return literal.at;
    case 'date':
      return literal.day;
    case 'null':
      return null;
  }
}

export interface Shown {
  readonly attributes: { readonly type: string; readonly url?: string };
  readonly [field: string]: unknown;
}

/** One record as a query shows it. */
export function showRow(org: Org, query: Query, row: Row, base: string, hidden: Hidden): Shown {
  const spec = org.spec(query.from);
  const shown: { [field: string]: unknown } = {
    attributes: { type: spec.name, url: `${base}/sobjects/${spec.name}/${row.Id}` },
  };
  for (const selected of query.select)
    if (!('aggregate' in selected)) place(org, spec, row, selected.path, shown, base, hidden);
  return shown as Shown;
}

function place(
  org: Org,
  spec: ObjectSpec,
  row: Row,
  path: string,
  shown: { [field: string]: unknown },
  base: string,
  hidden: Hidden,
): void {
  const found = findField(org, spec, path, hidden);
  let into = shown;
  let at: Row | undefined = row;
  for (const lookup of found.through) {
    const id: string = String(at?.[lookup.name] ?? '');
    const object: string | undefined = lookup.refersTo?.find((name) => org.rows(name).has(id));
    at = object === undefined ? undefined : org.rows(object).get(id);
    const relationship = lookup.relationship ?? '';
    if (!at || object === undefined) {
      into[relationship] = null;
      return;
    }
    into[relationship] ??= {
      attributes: { type: object, url: `${base}/sobjects/${object}/${id}` },
    };
    into = into[relationship] as { [field: string]: unknown };
  }
  into[found.field.name] = showValue(found.field, at?.[found.field.name] ?? null);
}

/** The one record of a query over aggregates. */
export function aggregate(org: Org, query: Query, rows: readonly Row[], hidden: Hidden): Shown {
  const spec = org.spec(query.from);
  const shown: { [field: string]: unknown } = { attributes: { type: 'AggregateResult' } };
  query.select.forEach((selected, index) => {
    if (!('aggregate' in selected))
      throw new ApiError(
        400,
        'MALFORMED_QUERY',
        `Field must be grouped or aggregated: ${selected.path}`,
      );
    shown[selected.alias ?? `expr${index}`] = aggregateOf(org, spec, selected, rows, hidden);
  });
  return shown as Shown;
}

function aggregateOf(
  org: Org,
  spec: ObjectSpec,
  { aggregate: kind, path }: Extract<Selected, { aggregate: string }>,
  rows: readonly Row[],
  hidden: Hidden,
): Value {
  if (path === undefined) return rows.length;
  const found = findField(org, spec, path, hidden);
  const values = rows.map((row) => readPath(org, row, found)).filter((value) => value !== null);
  if (kind === 'count') return values.length;
  const [first = null] = values.sort(kind === 'min' ? compare : (a, b) => compare(b, a));
  return showValue(found.field, first);
}
