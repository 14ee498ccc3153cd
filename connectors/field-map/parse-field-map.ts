import { dayNumber } from '../../src/core/zone.js';
import type { Grade } from '../../src/domain/fact.js';
import type { RecordKind } from '../../src/domain/value.js';
import type { ColumnType } from '../reading/cell-column.js';
import { parseMap } from '../reading/parse-map.js';
import {
  entriesOf,
  itemsOf,
  lineOf,
  optional,
  scalarText,
  textOf,
  textsOf,
} from '../reading/yaml-fields.js';
import type { MapProblem, Report, YamlMap, YamlNode } from '../reading/yaml-node.js';
import {
  type FactRule,
  type FieldMap,
  gatheredBy,
  type MappedField,
  type MappedObject,
  type Reference,
  type Source,
  type When,
} from './field-map.js';
import { FIELD_MAP_SCHEMA } from './field-map-schema.js';

export interface ParsedFieldMap {
  /** Absent when there are errors. */
  readonly map?: FieldMap;
  /** In order of lines. */
  readonly problems: readonly MapProblem[];
}

/** Reads a mapping file and checks what can be checked without the CRM; `file` is its name in messages. */
export function parseFieldMap(text: string, file: string): ParsedFieldMap {
  return parseMap(text, file, FIELD_MAP_SCHEMA, (node, report) => {
    const map = toMap(node, file);
    checkZone(map.zone, lineOf(node, 'zone'), report);
    for (const object of map.objects) checkRules(object, report);
    return map;
  });
}

function toMap(node: YamlMap, file: string): FieldMap {
  return {
    file,
    connection: textOf(node, 'connection') ?? '',
    zone: textOf(node, 'zone') ?? 'UTC',
    ...optional('currency', textOf(node, 'currency')),
    revision: Number(textOf(node, 'revision') ?? 1),
    grade: (textOf(node, 'grade') as Grade | undefined) ?? 'observed',
    objects: [...entriesOf(node, 'objects')].map(([name, { line, node: object }]) =>
      toObject(name, line, object as YamlMap),
    ),
  };
}

function toObject(name: string, line: number, node: YamlMap): MappedObject {
  return {
    name,
    line,
    ...(textOf(node, 'optional') === 'true' && { optional: true }),
    fields: new Map(
      [...entriesOf(node, 'fields')].map(([field, entry]) => [
        field,
        toField(entry.line, entry.node as YamlMap),
      ]),
    ),
    facts: itemsOf(node, 'facts').map((item) => toRule(item as YamlMap)),
  };
}

function toField(line: number, node: YamlMap): MappedField {
  return {
    line,
    ...optional('type', textOf(node, 'type') as ColumnType | undefined),
    values: new Map(
      [...entriesOf(node, 'values')].map(([from, entry]) => [from, scalarText(entry.node)]),
    ),
    ...optional('otherwise', textOf(node, 'otherwise')),
    ...optional('currency', textOf(node, 'currency')),
  };
}

function toRule(node: YamlMap): FactRule {
  const record = textOf(node, 'record') as RecordKind | undefined;
  const activity = textOf(node, 'activity');
  const by = referencesOf(node, 'by')[0];
  return {
    name: textOf(node, 'name') ?? record ?? activity ?? '',
    line: node.line,
    ...optional('record', record),
    ...optional('activity', activity),
    ...optional('into', textOf(node, 'into')),
    ...optional('of', textsOf(node, 'of')),
    when: [...entriesOf(node, 'when')].map(([field, entry]) => toWhen(field, entry.node)),
    ...optional('at', textOf(node, 'at')),
    set: new Map([...entriesOf(node, 'set')].map(([name, entry]) => [name, toSource(entry.node)])),
    about: referencesOf(node, 'about'),
    ...optional('by', by),
    ...optional('grade', textOf(node, 'grade') as Grade | undefined),
  };
}

function toWhen(field: string, node: YamlNode): When {
  if (node.kind === 'map') return { field, missing: textOf(node, 'missing') === 'true' };
  return { field, in: node.kind === 'list' ? node.items.map(scalarText) : [scalarText(node)] };
}

function toSource(node: YamlNode): Source {
  if (node.kind !== 'map') return { field: scalarText(node) };
  const constant = node.entries.get('value')?.node;
  if (constant?.kind === 'scalar') return { value: constant.value ?? '' };
  for (const each of ['list', 'sum'] as const) {
    const field = textOf(node, each);
    if (field !== undefined) return { each, field };
  }
  const [kind = ''] = node.entries.keys();
  return { kind: kind as RecordKind, fields: textsOf(node, kind) ?? [] };
}

function referencesOf(node: YamlMap, name: string): readonly Reference[] {
  const held = node.entries.get(name)?.node;
  if (held?.kind !== 'map') return [];
  return [...held.entries.keys()].map((kind) => ({
    kind: kind as RecordKind,
    fields: textsOf(held, kind) ?? [],
  }));
}

function checkZone(zone: string, line: number, report: Report): void {
  try {
    dayNumber(0, zone);
  } catch {
    report(line, `zone: "${zone}" is not a time zone`, 'use a name such as Europe/Berlin');
  }
}

function checkRules(object: MappedObject, report: Report): void {
  const { name, facts } = object;
  const names = new Set<string>();
  for (const rule of facts) {
    const { line, record, activity, into, of, at } = rule;
    const tell = (message: string, remedy: string): void => report(line, message, remedy);
    if ((record === undefined) === (activity === undefined))
      tell('a fact is about a record or an activity', 'write one of "record:" and "activity:"');
    if (names.has(rule.name))
      tell(`two facts of ${name} are named "${rule.name}"`, 'give each a "name:" of its own');
    names.add(rule.name);
    const inside = activity !== undefined || record === 'contact' || record === 'opportunity';
    if (inside && of === undefined)
      tell(
        `fact "${rule.name}" of ${name} does not say which account it belongs to`,
        'add "of:" with the field that names the account',
      );
    if (activity !== undefined && at === undefined)
      tell(`it is not said when "${activity}" happened`, 'add "at:" with a date or time');
    if (record !== undefined && (at !== undefined || rule.by || rule.about.length > 0))
      tell('"at:", "by:" and "about:" are for activities', 'leave them out');
    if (activity !== undefined && into !== undefined)
      tell('"into:" is for records', 'name the record under "about:"');
    if (into !== undefined && into !== gatheredBy(object))
      tell(
        `the records of ${name} are gathered by ${gatheredBy(object)} already`,
        'gather by one field',
      );
    for (const [attribute, source] of rule.set) {
      if (!/^[A-Za-z][A-Za-z0-9]*$/.test(attribute))
        tell(`"${attribute}" is no name of an attribute`, 'write letters and digits: closeDate');
      if ('kind' in source && source.fields.length === 0)
        tell(`"${attribute}" comes from nowhere`, 'write a field, a value or a record');
      if ('each' in source && into === undefined)
        tell(`"${attribute}" is made of several records`, 'add "into:" with the field they share');
    }
  }
}
