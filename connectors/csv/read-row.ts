import { findNearest } from '../reading/nearest.js';
import { type CellValue, findDamage, readCell, repairCell } from '../reading/read-cell.js';
import { columnsFound, columnsOf } from './lint-map.js';
import type { Column, CsvMap, Find, MappedFile } from './map.js';
import { domainOf, namesOf } from './match-names.js';
import type { NamedRow, RowMemory } from './row-memory.js';

/** A cell, and the row of another file that it names. */
export type Cell = CellValue & { readonly found?: NamedRow };

/** One row, read as far as it is asked for. */
export interface RowView {
  readonly line: number;
  cell(column: string): Cell;
}

export interface Repair {
  readonly column: string;
  readonly from: string;
  readonly to: string;
}

export interface RowReader {
  read(line: number, fields: readonly string[]): RowView;
  /** Makes the row known by name, for the rows that name it. */
  learn(fields: readonly string[]): void;
}

const LONGEST_CLIMB = 32;
/** Enough names for "did you mean", and not a copy of the file. */
const MOST_NAMES = 2_000;
/** After so many texts that name nothing, one more is told without a proposal. */
const MOST_SEARCHES = 100;

/** The names by which rows of each file are found, and where the near ones are looked for. */
export interface Names {
  readonly memory: RowMemory;
  readonly known: Map<string, string[]>;
  /** Remedies already looked for. */
  readonly nearest: Map<string, string | undefined>;
}

export function createNames(memory: RowMemory): Names {
  return { memory, known: new Map(), nearest: new Map() };
}

/** `header` are the file's columns in order. `onRepair` hears of each cell that meant something else than it said. */
export function createRowReader(
  map: CsvMap,
  file: MappedFile,
  header: readonly string[],
  names: Names,
  onRepair: (line: number, repair: Repair) => void,
): RowReader {
  const places = new Map(header.map((name, index) => [name, index]));
  const columns = new Map<string, Column>();
  const asked = [...columnsOf(file), ...columnsFound(map, file)];
  for (const name of asked)
    columns.set(name, file.columns.get(name) ?? textColumn(name, file.line));
  const lookups = lookupsOf(map, file);

  /** Plain: what the cells say, without looking up what they name. */
  const read = (line: number, fields: readonly string[], plain: boolean): RowView => {
    const cells = new Map<string, Cell>();
    const view: RowView = {
      line,
      cell(name) {
        let cell = cells.get(name);
        if (!cell) {
          cell = readOne(name, fields, view, plain);
          cells.set(name, cell);
        }
        return cell;
      },
    };
    return view;
  };

  function readOne(name: string, fields: readonly string[], view: RowView, plain: boolean): Cell {
    const column = columns.get(name);
    const raw = fields[places.get(name) ?? -1];
    if (!column || raw === undefined) return { kind: 'missing' };
    const damage = findDamage(raw);
    if (damage !== undefined) return { kind: 'problem', reason: `"${name}" ${damage}` };
    const repair = repairCell(raw, column, map.empty);
    if (repair?.repaired && !plain)
      onRepair(view.line, { column: name, from: raw.trim(), to: repair.text });
    const currency = currencyOf(column, view);
    const cell = readCell(repair?.text, column, {
      zone: map.zone,
      empty: map.empty,
      ...(currency === undefined ? {} : { currency }),
    });
    return cell.kind === 'value' && column.find && !plain ? findRow(cell, column, view.line) : cell;
  }

  function currencyOf(column: Column, view: RowView): string | undefined {
    if (column.currencyColumn === undefined) return column.currency ?? map.currency;
    const cell = view.cell(column.currencyColumn);
    return cell.kind === 'value' && /^[A-Z]{3}$/.test(cell.text) ? cell.text : undefined;
  }

  function findRow(cell: Cell & { kind: 'value' }, column: Column, line: number): Cell {
    const { find } = column;
    if (!find) return cell;
    const match = matchRow(find, cell.text);
    if (!match.row)
      return {
        kind: 'problem',
        reason: `"${column.name}" ${match.reason}`,
        detail: match.unknown ? detailOf(cell.text, find) : cell.text,
      };
    let found = match.row;
    if (find.climb !== undefined) {
      const seen = new Set([found.key]);
      for (;;) {
        const parent = found.cells[find.climb];
        if (parent === undefined || parent === '') break;
        const above = matchRow(find, parent);
        if (!above.row || seen.has(above.row.key) || seen.size > LONGEST_CLIMB)
          return {
            kind: 'problem',
            reason: `"${column.name}" leads to no topmost row of ${find.file}`,
            detail: `${cell.text} … ${parent}`,
          };
        found = above.row;
        seen.add(found.key);
      }
    }
    const right = find.by === undefined ? found.key : (found.cells[find.by] ?? found.key);
    if (match.level !== 'letters' && find.climb === undefined)
      onRepair(line, { column: column.name, from: cell.text, to: right });
    return { ...cell, text: right, value: right, found };
  }

  function matchRow(
    find: Find,
    text: string,
  ): {
    readonly row?: NamedRow;
    readonly level?: string;
    readonly reason?: string;
    readonly unknown?: boolean;
  } {
    const table = tableOf(find);
    for (const [level, name] of formsOf(text, find.match)) {
      const [first, second] = names.memory.find(`${table} ${level}`, name);
      if (second)
        return { reason: `names more than one row of ${find.file}, and a guess is not made` };
      if (first) return { row: first, level };
    }
    return { reason: `names no row of ${find.file}`, unknown: true };
  }

  function detailOf(text: string, find: Find): string {
    const table = tableOf(find);
    const key = `${table}\n${text}`;
    if (find.match === 'name' && names.nearest.size < MOST_SEARCHES && !names.nearest.has(key))
      names.nearest.set(key, findNearest(text, names.known.get(table) ?? []));
    const near = names.nearest.get(key);
    return near === undefined || near === text ? text : `${text} (is it ${near}?)`;
  }

  return {
    read: (line, fields) => read(line, fields, false),
    learn(fields) {
      const view = read(0, fields, true);
      const parts = file.key.map((name) => textOf(view.cell(name)));
      if (parts.includes('')) return;
      const key = joinKey(parts);
      for (const { find, cells } of lookups) {
        const table = tableOf(find);
        const name = find.by === undefined ? key : textOf(view.cell(find.by));
        const row = {
          key,
          cells: Object.fromEntries(cells.map((column) => [column, textOf(view.cell(column))])),
        };
        for (const [level, form] of formsOf(name, find.match))
          names.memory.put(`${table} ${level}`, form, row);
        let known = names.known.get(table);
        if (!known) {
          known = [];
          names.known.set(table, known);
        }
        if (known.length < MOST_NAMES && name !== '') known.push(name);
      }
    },
  };
}

/** The forms in which a name is looked up, surest first. */
function formsOf(
  text: string,
  match: Find['match'],
): readonly (readonly [level: string, form: string])[] {
  const forms: readonly (readonly [string, string])[] =
    match === 'exact'
      ? [['letters', text]]
      : match === 'domain'
        ? [['domain', domainOf(text)]]
        : Object.entries(namesOf(text));
  return forms.filter(([, form]) => form !== '');
}

/** What other rows ask of this file. */
function lookupsOf(
  map: CsvMap,
  file: MappedFile,
): readonly { find: Find; cells: readonly string[] }[] {
  const finds = new Map<string, Find>();
  for (const other of map.files)
    for (const { find } of other.columns.values())
      if (find?.file === file.name) finds.set(tableOf(find), find);
  const cells = [...columnsFound(map, file)];
  return [...finds.values()].map((find) => ({ find, cells }));
}

function tableOf({ file, by, match }: Find): string {
  return `${file} ${by ?? ''} ${match}`;
}

/** One key of one or several columns. A bar has a meaning in openings, and a plus between columns: they are escaped. */
export function joinKey(parts: readonly string[]): string {
  return parts
    .map((part) => (parts.length === 1 ? part : part.replaceAll('%', '%25').replaceAll('+', '%2B')))
    .join('+')
    .replaceAll('|', '%7C');
}

function textOf(cell: Cell): string {
  return cell.kind === 'value' ? cell.text : '';
}

export function textColumn(name: string, line: number): Column {
  return { name, line, type: 'text', values: new Map(), decimal: '.', scale: 1, separator: ';' };
}
