import type { Grade } from '../../src/domain/fact.js';
import type { RecordKind } from '../../src/domain/value.js';
import type { ColumnType } from '../reading/cell-column.js';
import { isDateFormat } from '../reading/dates.js';
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
import type { Encoding } from './decode-text.js';
import { checkMap } from './lint-map.js';
import type { Column, CsvMap, FactRule, Find, MappedFile, Reference, Source, When } from './map.js';
import { MAP_SCHEMA } from './map-schema.js';

export interface ParsedMap {
  /** Absent when there are errors. */
  readonly map?: CsvMap;
  /** In order of lines. */
  readonly problems: readonly MapProblem[];
}

/** Reads and checks a mapping file; `file` is its name in messages. */
export function parseCsvMap(text: string, file: string): ParsedMap {
  return parseMap(text, file, MAP_SCHEMA, (node, report) => {
    const map = toMap(node, file, report);
    checkMap(map, (name) => lineOf(node, name), report);
    return map;
  });
}

// From here on the shape is known to be right.

function toMap(node: YamlMap, file: string, report: Report): CsvMap {
  return {
    file,
    connection: textOf(node, 'connection') ?? '',
    zone: textOf(node, 'zone') ?? 'UTC',
    ...optional('currency', textOf(node, 'currency')),
    ...optional('asOf', textOf(node, 'asOf')),
    empty: textsOf(node, 'empty') ?? [],
    grade: (textOf(node, 'grade') as Grade | undefined) ?? 'observed',
    files: [...entriesOf(node, 'files')].map(([name, entry]) =>
      toFile(name, entry.line, entry.node as YamlMap, report),
    ),
  };
}

function toFile(name: string, line: number, node: YamlMap, report: Report): MappedFile {
  const columns = new Map<string, Column>();
  for (const [column, entry] of entriesOf(node, 'columns'))
    columns.set(column, toColumn(column, entry.line, entry.node as YamlMap, report));
  const facts = itemsOf(node, 'facts').map((item) => toRule(item as YamlMap, columns, report));
  const delimiter = textOf(node, 'delimiter') ?? ',';
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter))
    report(
      lineOf(node, 'delimiter'),
      `the delimiter is ${JSON.stringify(delimiter)}`,
      'write one character, such as ";" or "\\t"',
    );
  return {
    name,
    line,
    optional: textOf(node, 'optional') === 'true',
    ...optional('encoding', textOf(node, 'encoding') as Encoding | undefined),
    delimiter,
    quotes: textOf(node, 'quotes') !== 'false',
    key: textsOf(node, 'key') ?? [],
    columns,
    needs: textsOf(node, 'needs') ?? [],
    facts,
  };
}

function toColumn(name: string, line: number, node: YamlMap, report: Report): Column {
  const find = node.entries.get('find')?.node;
  const currency = node.entries.get('currency')?.node;
  const format = textOf(node, 'format');
  const type = (textOf(node, 'type') as ColumnType | undefined) ?? 'text';
  if (format !== undefined && !isDateFormat(format, type === 'time'))
    report(
      lineOf(node, 'format'),
      `"${format}" is no format of a ${type}`,
      'write it with YYYY, MM, DD and for a time hh, mm, ss: "DD.MM.YYYY hh:mm"',
    );
  return {
    name,
    line,
    type,
    values: new Map(
      [...entriesOf(node, 'values')].map(([from, entry]) => [from, scalarText(entry.node)]),
    ),
    ...optional('choices', textsOf(node, 'choices')),
    ...optional('otherwise', textOf(node, 'otherwise')),
    ...optional('empty', textsOf(node, 'empty')),
    ...optional('format', format),
    decimal: (textOf(node, 'decimal') as '.' | ',' | undefined) ?? '.',
    scale: Number(textOf(node, 'scale') ?? 1),
    ...optional('currency', currency?.kind === 'scalar' ? currency.text : undefined),
    ...optional(
      'currencyColumn',
      currency?.kind === 'map' ? textOf(currency, 'column') : undefined,
    ),
    separator: textOf(node, 'separator') ?? ';',
    ...optional('find', find && toFind(find)),
  };
}

function toFind(node: YamlNode): Find {
  if (node.kind !== 'map') return { file: scalarText(node), match: 'name' };
  return {
    file: textOf(node, 'file') ?? '',
    ...optional('by', textOf(node, 'by')),
    match: (textOf(node, 'match') as Find['match'] | undefined) ?? 'name',
    ...optional('climb', textOf(node, 'climb')),
  };
}

function toRule(node: YamlMap, columns: ReadonlyMap<string, Column>, report: Report): FactRule {
  const record = textOf(node, 'record') as RecordKind | undefined;
  const activity = textOf(node, 'activity');
  const set = new Map<string, Source>();
  for (const [name, entry] of entriesOf(node, 'set')) {
    if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) set.set(name, toSource(entry.node, columns, report));
    else
      report(
        entry.line,
        `"${name}" is no name of an attribute`,
        'write letters and digits: closeDate',
      );
  }
  const by = node.entries.get('by')?.node;
  const after = textOf(node, 'after');
  return {
    name: textOf(node, 'name') ?? record ?? activity ?? '',
    line: node.line,
    ...optional('record', record),
    ...optional('activity', activity),
    ...optional('key', textsOf(node, 'key')),
    ...optional('of', textOf(node, 'of')),
    when: [...entriesOf(node, 'when')].map(([column, entry]) => toWhen(column, entry.node)),
    ...optional('at', textOf(node, 'at')),
    ...optional('after', after === undefined ? undefined : toColumnSource(after, columns)),
    set,
    about: [...entriesOf(node, 'about')].map(([kind, entry]) => toReference(kind, entry.node)),
    ...optional('by', by?.kind === 'map' ? referenceOf(by) : undefined),
    ...optional('grade', textOf(node, 'grade') as Grade | undefined),
  };
}

function toWhen(column: string, node: YamlNode): When {
  if (node.kind === 'map') return { column, missing: textOf(node, 'missing') === 'true' };
  return { column, in: node.kind === 'list' ? node.items.map(scalarText) : [scalarText(node)] };
}

function toSource(node: YamlNode, columns: ReadonlyMap<string, Column>, report: Report): Source {
  if (node.kind !== 'map') return toColumnSource(scalarText(node), columns);
  const constant = node.entries.get('value')?.node;
  const text = textOf(node, 'text');
  if (node.entries.size !== 1)
    report(
      node.line,
      'a value comes from one place',
      'keep one of "value:", "text:" and the kinds of record',
    );
  if (constant?.kind === 'scalar') return { value: constant.value ?? '' };
  if (text !== undefined) return { text: toPieces(text) };
  return referenceOf(node) ?? { value: '' };
}

/** A column that has a point in its name is meant where the part before the point finds no row. */
function toColumnSource(name: string, columns: ReadonlyMap<string, Column>): Source {
  const point = name.indexOf('.');
  const through = name.slice(0, point);
  return point > 0 && columns.get(through)?.find
    ? { through, column: name.slice(point + 1) }
    : { column: name };
}

function toPieces(text: string): readonly (string | { readonly column: string })[] {
  return text
    .split(/(\{[^{}]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{.+\}$/.test(piece) ? { column: piece.slice(1, -1).trim() } : piece));
}

function referenceOf(node: YamlMap): Reference | undefined {
  for (const [kind, entry] of node.entries) return toReference(kind, entry.node);
  return undefined;
}

function toReference(kind: string, node: YamlNode): Reference {
  return { kind: kind as RecordKind, column: scalarText(node) };
}
