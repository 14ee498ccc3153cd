import { fingerprint } from '../../src/core/hash.js';
import { dayOfDate, startOfDay } from '../../src/core/zone.js';
import type { Fact } from '../../src/domain/fact.js';
import { COMPANY, type JsonValue, type RecordId, type SubjectKey } from '../../src/domain/value.js';
import { parseDateTime, toInstant } from '../reading/dates.js';
import { readCell } from '../reading/read-cell.js';
import type { CsvMap, FactRule, MappedFile, Reference, Source } from './map.js';
import { type Cell, joinKey, type RowView, textColumn } from './read-row.js';
import type { RowMemory } from './row-memory.js';

/** When the export was taken. */
export interface AsOf {
  /** Epoch milliseconds: when facts without a day of their own happened. */
  readonly at: number;
  /** What is on or after it lies in the future of the export. */
  readonly end: number;
}

/** Reads `YYYY-MM-DD` (that whole day) or ISO 8601; undefined for anything else. */
export function parseAsOf(text: string, zone: string): AsOf | undefined {
  const read = parseDateTime(text);
  if (!read) return undefined;
  const at = toInstant(read, zone);
  return {
    at,
    end: read.timeMs === undefined ? startOfDay(dayOfDate(read.date) + 1, zone) : at + 1,
  };
}

export interface FactContext {
  readonly map: CsvMap;
  readonly file: MappedFile;
  readonly asOf: AsOf;
  readonly memory: RowMemory;
}

/** A reason and what was met, for a report. */
export interface Reason {
  readonly reason: string;
  readonly detail?: string;
}

export interface MadeFacts {
  readonly facts: readonly Fact[];
  /** Why a rule made no fact, or one without a value. */
  readonly reasons: readonly Reason[];
}

/** Applies every rule of the file to a row whose key is good. */
export function makeFacts(row: RowView, rowKey: string, context: FactContext): MadeFacts {
  const facts: Fact[] = [];
  const reasons = new Map<string, Reason>();
  const tell = ({ reason, detail }: Reason): void => {
    reasons.set(`${reason}\n${detail}`, { reason, ...(detail === undefined ? {} : { detail }) });
  };
  for (const [index, rule] of context.file.facts.entries()) {
    for (const { column } of rule.when) {
      const cell = row.cell(column);
      if (cell.kind === 'problem') tell(cell);
    }
    if (!rule.when.every((when) => holds(row.cell(when.column), when.in, when.missing))) continue;
    const made = makeFact(row, rowKey, rule, index, context, tell);
    if (made) facts.push(made);
  }
  return { facts, reasons: [...reasons.values()] };
}

function holds(
  cell: Cell,
  values: readonly string[] | undefined,
  missing: boolean | undefined,
): boolean {
  if (missing !== undefined) return (cell.kind === 'missing') === missing;
  return cell.kind === 'value' && (values?.includes(cell.text) ?? false);
}

function makeFact(
  row: RowView,
  rowKey: string,
  rule: FactRule,
  index: number,
  context: FactContext,
  tell: (reason: Reason) => void,
): Fact | undefined {
  const { map, file, asOf, memory } = context;
  const { record, activity } = rule;
  const key = rule.key === undefined ? rowKey : keyOf(row, rule.key, tell);
  const account =
    rule.of === undefined ? undefined : idOf({ kind: 'account', column: rule.of }, row, map, tell);
  const at = timeOf(row, rule, context, tell);
  if (key === undefined || at === undefined || (rule.of !== undefined && account === undefined))
    return undefined;

  const values: { [name: string]: JsonValue } = {};
  for (const [name, source] of rule.set) {
    const value = readSource(source, row, context, tell);
    // An empty cell takes a value away from a record; of an activity it says nothing.
    if (value !== undefined && !(value === null && activity !== undefined)) values[name] = value;
  }
  const about = rule.about
    .map((reference) => idOf(reference, row, map, tell))
    .filter((id) => id !== undefined);
  const by = rule.by && idOf(rule.by, row, map, tell);
  const self = record === undefined ? undefined : `${map.connection}:${record}:${key}`;
  const draft = {
    type: activity ?? 'record-changed',
    subjects: subjectsOf(record, self, account, by === undefined ? about : [...about, by]),
    about: self === undefined ? [...(account === undefined ? [] : [account]), ...about] : [self],
    grade: rule.grade ?? map.grade,
    ...(by === undefined ? {} : { by }),
    source: { record: self ?? recordOf(row, rowKey, context) ?? account ?? COMPANY },
    data: activity === undefined ? { values } : values,
  };

  const slot = `${slotOf(key)}/${rule.name}`;
  const content = fingerprint([draft, at.column === undefined ? null : at.at]).slice(0, 12);
  const noted = memory.note(`${file.name} facts`, slot, content, row.line);
  if (noted.repeats) {
    if (!noted.repeats.same)
      tell({
        reason: `another row told something else of this ${record ?? activity}, and the first stays`,
        detail: `${key}, line ${noted.repeats.line}`,
      });
    return undefined;
  }
  // What happened cannot change; what a record holds can, and the newer fact wins by its id where the time is the same.
  if (activity !== undefined && noted.before === 'other') {
    tell({
      reason: `this ${activity} is on record with other details, and what happened is not rewritten`,
      detail: key,
    });
    return undefined;
  }
  const version =
    activity === undefined ? `/${String(noted.version).padStart(4, '0')}-${content}` : '';
  const occurredAt =
    (noted.version > 1 && at.column === undefined ? Math.max(at.at, asOf.at) : at.at) + index;
  return {
    id: `${map.connection}/${file.name}/${slot}${version}`,
    ...draft,
    occurredAt,
    learnedAt: Math.max(occurredAt, asOf.at),
  };
}

/** The n-th fact of a row happens n milliseconds later, so that two of one day keep the order of the map. */
function timeOf(
  row: RowView,
  rule: FactRule,
  context: FactContext,
  tell: (reason: Reason) => void,
): { readonly at: number; readonly column?: string } | undefined {
  const { map, asOf } = context;
  if (rule.at === undefined) return { at: asOf.at };
  if (!Number.isNaN(dayOfDate(rule.at))) return { at: startOfDay(dayOfDate(rule.at), map.zone) };
  const cell = row.cell(rule.at);
  const before = rule.after && cellOf(rule.after, row, context);
  if (cell.kind === 'problem') tell(cell);
  else if (cell.kind === 'missing' || cell.at === undefined)
    tell({ reason: `"${rule.at}" is empty, so it is not known when` });
  else if (cell.at >= asOf.end)
    tell({ reason: `"${rule.at}" lies after the export was taken`, detail: cell.text });
  else if (before?.kind === 'value' && before.at !== undefined && cell.at < before.at)
    tell({
      reason: `"${rule.at}" lies before what it should follow`,
      detail: `${cell.text}, ${before.text}`,
    });
  else return { at: cell.at, column: rule.at };
  return undefined;
}

/** Undefined leaves a value as it was; null takes it away. */
function readSource(
  source: Source,
  row: RowView,
  context: FactContext,
  tell: (reason: Reason) => void,
): JsonValue | undefined {
  if ('value' in source) return source.value;
  if ('kind' in source) {
    const cell = row.cell(source.column);
    return cell.kind === 'missing' ? null : idOf(source, row, context.map, tell);
  }
  if ('text' in source) {
    const pieces = source.text.map((piece) => {
      if (typeof piece === 'string') return piece;
      const cell = row.cell(piece.column);
      return cell.kind === 'value' ? cell.text : '';
    });
    return pieces.join('').replaceAll(/\s+/g, ' ').trim();
  }
  const cell = cellOf(source, row, context);
  if (cell.kind === 'problem') tell(cell);
  return cell.kind === 'problem' ? undefined : cell.kind === 'missing' ? null : cell.value;
}

function cellOf(source: Source, row: RowView, context: FactContext): Cell {
  if ('through' in source) return throughOf(source.through, source.column, row, context);
  return 'column' in source ? row.cell(source.column) : { kind: 'missing' };
}

/** A column of the row that was found, read as its own file describes it. */
function throughOf(through: string, name: string, row: RowView, { map, file }: FactContext): Cell {
  const cell = row.cell(through);
  if (cell.kind !== 'value' || !cell.found) return cell;
  const other = map.files.find(
    (candidate) => candidate.name === file.columns.get(through)?.find?.file,
  );
  const column = other?.columns.get(name) ?? textColumn(name, file.line);
  const text = cell.found.cells[name];
  const currency = column.currency ?? map.currency;
  return readCell(text === '' ? undefined : text, column, {
    zone: map.zone,
    empty: map.empty,
    ...(currency === undefined ? {} : { currency }),
  });
}

function idOf(
  { kind, column }: Reference,
  row: RowView,
  map: CsvMap,
  tell: (reason: Reason) => void,
): RecordId | undefined {
  const key = keyOf(row, [column], tell);
  return key === undefined ? undefined : `${map.connection}:${kind}:${key}`;
}

const LONGEST_KEY = 200;

/** The key that the columns name, or undefined and a reason. */
export function keyOf(
  row: RowView,
  columns: readonly string[],
  tell: (reason: Reason) => void,
): string | undefined {
  const parts: string[] = [];
  for (const name of columns) {
    const cell = row.cell(name);
    if (cell.kind === 'value' && cell.text.length <= LONGEST_KEY)
      parts.push(
        cell.found?.key ??
          (typeof cell.value === 'string' ? cell.value : cell.text).replaceAll(/\s+/g, ' '),
      );
    else if (cell.kind === 'value')
      tell({ reason: `"${name}" is longer than ${LONGEST_KEY} characters, and names a record` });
    else tell(cell.kind === 'problem' ? cell : { reason: `"${name}" is empty` });
  }
  return parts.length === columns.length ? joinKey(parts) : undefined;
}

/** The record that the row itself is about, which an activity of the row was read from. */
function recordOf(row: RowView, rowKey: string, { map, file }: FactContext): RecordId | undefined {
  const rule = file.facts.find(
    ({ record, when }) =>
      record !== undefined &&
      when.every((test) => holds(row.cell(test.column), test.in, test.missing)),
  );
  return rule && rule.key === undefined ? `${map.connection}:${rule.record}:${rowKey}` : undefined;
}

function subjectsOf(
  record: FactRule['record'],
  self: RecordId | undefined,
  account: SubjectKey | undefined,
  others: readonly RecordId[],
): readonly SubjectKey[] {
  const subjects = new Set<SubjectKey>();
  if (account !== undefined) subjects.add(account);
  if (self !== undefined && record !== 'opportunity' && record !== 'product') subjects.add(self);
  if (record === 'product' || record === 'rep') subjects.add(COMPANY);
  for (const other of others) if (other.split(':')[1] === 'contact') subjects.add(other);
  return [...subjects];
}

/** A key as one step of a path. */
function slotOf(key: string): string {
  return key.replaceAll('%', '%25').replaceAll('/', '%2F');
}
