import { OpportuneError } from '../../src/core/errors.js';
import type { DescribedField, DescribedObject, FieldType } from '../../src/domain/connector.js';
import type { CellColumn, ColumnType } from '../reading/cell-column.js';
import { findNearest } from '../reading/nearest.js';
import type { MapProblem, Report } from '../reading/yaml-node.js';
import { type FieldMap, fieldsOf, type MappedObject } from './field-map.js';

/** An object with all that is needed to read its records. */
export interface ResolvedObject {
  readonly object: MappedObject;
  /** By field, how its text is read. */
  readonly columns: ReadonlyMap<string, CellColumn>;
  /** By money field, the field that holds its currency. */
  readonly currencies: ReadonlyMap<string, string>;
}

/** What the map may read a field as; the first is what it is read as when the map says nothing. */
const READ_AS: { readonly [type in FieldType]: readonly ColumnType[] } = {
  text: ['text'],
  number: ['number'],
  money: ['money', 'number'],
  boolean: ['boolean'],
  date: ['date'],
  time: ['time', 'date'],
  choice: ['text'],
  choices: ['list'],
  reference: ['text'],
  other: [],
};

export type DescribeObject<Described extends DescribedObject = DescribedObject> = (
  name: string,
) => Promise<Described | undefined>;

export interface ResolvedMap<Described extends DescribedObject> {
  readonly objects: readonly ResolvedObject[];
  /** What was asked for, by name: the objects of the map, and those that its paths lead through. */
  readonly described: ReadonlyMap<string, Described>;
}

/**
 * The map held against what the CRM has now, as this user sees it. An object or field that is not there, may not be read
 * or changed its type is a problem that names it. Each object is asked for once.
 */
export async function resolveFieldMap<Described extends DescribedObject>(
  map: FieldMap,
  ask: DescribeObject<Described>,
  currencyFields: readonly string[] = [],
): Promise<ResolvedMap<Described> & { readonly problems: readonly MapProblem[] }> {
  const asked = new Map<string, Described | undefined>();
  const describe: DescribeObject = async (name) => {
    if (!asked.has(name)) asked.set(name, await ask(name));
    return asked.get(name);
  };
  const problems: MapProblem[] = [];
  const report: Report = (line, message, remedy, severity) =>
    problems.push({ severity: severity ?? 'error', file: map.file, line, message, remedy });
  const objects: ResolvedObject[] = [];
  for (const object of map.objects) {
    const described = await describe(object.name);
    if (described)
      objects.push(await resolveObject(map, object, described, describe, report, currencyFields));
    else
      report(
        object.line,
        `${object.name} is not there, or this user may not read it`,
        'correct its name, or let the user read it',
        object.optional ? 'warning' : undefined,
      );
  }
  const described = new Map<string, Described>();
  for (const [name, one] of asked) if (one) described.set(name, one);
  return { objects, described, problems };
}

/** The same for a map that is to be read by: an error in it is thrown, `opportune/map`. */
export async function openFieldMap<Described extends DescribedObject>(
  map: FieldMap,
  ask: DescribeObject<Described>,
  currencyFields: readonly string[] = [],
): Promise<ResolvedMap<Described>> {
  const { problems, ...resolved } = await resolveFieldMap(map, ask, currencyFields);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first)
    throw new OpportuneError('opportune/map', errors.map(({ message }) => message).join('; '), {
      where: `${map.file}:${first.line}`,
      remedy: first.remedy,
    });
  return resolved;
}

async function resolveObject(
  map: FieldMap,
  object: MappedObject,
  described: DescribedObject,
  describe: DescribeObject,
  report: Report,
  currencyFields: readonly string[],
): Promise<ResolvedObject> {
  const columns = new Map<string, CellColumn>();
  const currencies = new Map<string, string>();
  const own = described.fields.find(({ name }) => currencyFields.includes(name))?.name;
  const used = fieldsOf(object);
  for (const path of [...used, ...[...object.fields.keys()].filter((one) => !used.includes(one))]) {
    const mapped = object.fields.get(path);
    const line = mapped?.line ?? lineOf(object, path);
    const place = `${object.name}.${path}`;
    const found = await findField(described, path, describe);
    if (!found) {
      const near = findNearest(
        path,
        described.fields.map(({ name }) => name),
      );
      report(
        line,
        `${place} is not there, or this user may not read it`,
        near === undefined
          ? 'map another field, or let the user read it'
          : `did you mean "${near}"?`,
      );
      continue;
    }
    const allowed = READ_AS[found.type];
    const [usual] = allowed;
    const type = mapped?.type ?? usual;
    if (usual === undefined || type === undefined) {
      report(
        line,
        `${place} is of the type ${found.nativeType}, which no attribute can hold`,
        'map another field',
      );
      continue;
    }
    if (!allowed.includes(type)) {
      report(
        line,
        `${place} is a ${found.type} at the CRM (${found.nativeType}), and this map reads it as ${type}`,
        `write "type: ${usual}", and see what reads it`,
      );
      continue;
    }
    for (const value of mapped?.values.keys() ?? [])
      if (found.choices && !found.choices.some((choice) => choice.value === value))
        report(line, `${place} has no value "${value}"`, 'leave it out of "values:"', 'warning');
    columns.set(path, {
      name: path,
      line,
      type,
      values: mapped?.values ?? new Map(),
      ...(mapped?.otherwise === undefined ? {} : { otherwise: mapped.otherwise }),
      decimal: '.',
      scale: 1,
      separator: ';',
    });
    if (type !== 'money') continue;
    const currency = mapped?.currency ?? own;
    if (currency !== undefined) {
      currencies.set(path, currency);
      if (!columns.has(currency)) columns.set(currency, textColumn(currency, line));
    } else if (map.currency === undefined)
      report(line, `${place} is money of no currency`, 'add "currency: EUR" to the map');
  }
  for (const { line, set } of object.facts)
    for (const source of set.values()) {
      if (!('each' in source) || source.each !== 'sum') continue;
      const type = columns.get(source.field)?.type ?? 'number';
      if (type !== 'number' && type !== 'money')
        report(
          line,
          `${object.name}.${source.field} is read as ${type}, which nothing can add up`,
          'sum a number or money',
        );
    }
  return { object, columns, currencies };
}

const textColumn = (name: string, line: number): CellColumn => ({
  name,
  line,
  type: 'text',
  values: new Map(),
  decimal: '.',
  scale: 1,
  separator: ';',
});

/** The field at the end of a path such as `Parent.Owner.Name`. */
async function findField(
  described: DescribedObject,
  path: string,
  describe: DescribeObject,
): Promise<DescribedField | undefined> {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return described.fields.find(({ name }) => name === first);
  const through = described.fields.find(({ relationship }) => relationship === first);
  for (const object of through?.refersTo ?? []) {
    const next = await describe(object);
    const found = next && (await findField(next, rest.join('.'), describe));
    if (found) return found;
  }
  return undefined;
}

/** Where a field that has no line of its own is read. */
function lineOf(object: MappedObject, path: string): number {
  for (const rule of object.facts)
    if (fieldsOf({ ...object, fields: new Map(), facts: [rule] }).includes(path)) return rule.line;
  return object.line;
}
