import { isOpportuneError } from '../../src/core/errors.js';
import { dayNumber, dayOfDate } from '../../src/core/zone.js';
import { parseInstant } from '../reading/dates.js';
import { findNearest } from '../reading/nearest.js';
import type { Report } from '../reading/yaml-node.js';
import type { Column, CsvMap, FactRule, MappedFile, Source } from './map.js';

/** Kinds that live inside an account, whose facts must name it. */
const INSIDE = ['opportunity', 'contact'];
/** Facts that have a meaning of their own, and are not a file's to tell. */
const RESERVED = [
  'record-changed',
  'record-deleted',
  'merged',
  'response',
  'tip',
  'seen',
  'bid',
  'bid-withdrawn',
  'published',
  'roll-out',
  'holdout-assigned',
  'rate',
];

/** Reports what is well written and yet cannot work. */
export function checkMap(
  map: CsvMap,
  lineOf: (name: 'zone' | 'asOf') => number,
  report: Report,
): void {
  try {
    dayNumber(0, map.zone);
  } catch (error) {
    if (!isOpportuneError(error)) throw error;
    report(
      lineOf('zone'),
      `zone: "${map.zone}" is not a time zone`,
      'use a name such as Europe/Berlin',
    );
  }
  if (map.asOf !== undefined && parseInstant(map.asOf, 'UTC') === undefined)
    report(
      lineOf('asOf'),
      `asOf: "${map.asOf}" is neither a day nor a time`,
      'write it as 2026-01-31 or 2026-01-31T18:00:00Z',
    );
  for (const file of map.files) {
    const names = new Set<string>();
    for (const column of file.columns.values()) checkColumn(column, map, report);
    for (const rule of file.facts) {
      if (names.has(rule.name))
        report(
          rule.line,
          `two facts of ${file.name} are named "${rule.name}"`,
          'give each a "name:" of its own',
        );
      names.add(rule.name);
      checkRule(rule, file, report);
    }
    const used = columnsOf(file);
    for (const { name, line } of file.columns.values())
      if (!used.has(name) && !isFoundBy(map, file, name))
        report(
          line,
          `column "${name}" is described and not used`,
          'use it in "facts:", or delete it',
          'warning',
        );
  }
}

function checkColumn(column: Column, map: CsvMap, report: Report): void {
  const { name, line, type, find, scale } = column;
  if (find) {
    if (!map.files.some((file) => file.name === find.file)) {
      const near = findNearest(
        find.file,
        map.files.map((file) => file.name),
      );
      report(
        line,
        `column "${name}" is to be found in "${find.file}", which this map does not read`,
        near === undefined ? 'add that file under "files:"' : `did you mean "${near}"?`,
      );
    }
    if (type !== 'text')
      report(
        line,
        `column "${name}" is found in another file and cannot be a ${type}`,
        'leave out "type:"',
      );
  }
  if (
    type === 'money' &&
    map.currency === undefined &&
    column.currency === undefined &&
    column.currencyColumn === undefined
  )
    report(
      line,
      `column "${name}" is money of no currency`,
      'add "currency: USD" to it or to the whole map',
    );
  if (!Number.isFinite(scale) || scale === 0)
    report(line, `column "${name}" has the scale ${scale}`, 'write a number such as 1000');
  if (scale !== 1 && type !== 'money' && type !== 'number')
    report(line, `column "${name}" is a ${type}, and a scale is for numbers`, 'leave out "scale:"');
}

function checkRule(rule: FactRule, file: MappedFile, report: Report): void {
  const { record, activity, line, of } = rule;
  if ((record === undefined) === (activity === undefined))
    report(
      line,
      'a fact is about a record or an activity',
      'write one of "record:" and "activity:"',
    );
  const inside = activity !== undefined || INSIDE.includes(record ?? '');
  if (inside && of === undefined)
    report(
      line,
      `fact "${rule.name}" does not say which account it belongs to`,
      'add "of:" with the column that names the account',
    );
  if (!inside && of !== undefined)
    report(line, `a record of kind ${record} belongs to no account`, 'leave out "of:"');
  if (record !== undefined && (rule.about.length > 0 || rule.by))
    report(line, '"about:" and "by:" are for activities', 'write them as values under "set:"');
  if (RESERVED.includes(activity ?? ''))
    report(line, `"${activity}" has a meaning of its own`, 'name the activity otherwise');
  if (rule.by && rule.by.kind !== 'contact' && rule.by.kind !== 'rep')
    report(
      line,
      `an activity is done by a contact or a rep, and not by a ${rule.by.kind}`,
      'write "by: { contact: column }"',
    );
  if (rule.at !== undefined && /^\d{4}-/.test(rule.at)) {
    if (Number.isNaN(dayOfDate(rule.at)))
      report(line, `"at: ${rule.at}" is no day`, 'write it as 2026-01-31');
  } else if (rule.at !== undefined) {
    const type = file.columns.get(rule.at)?.type;
    if (type !== 'date' && type !== 'time')
      report(
        line,
        `"at: ${rule.at}" is no column with a date`,
        `add "${rule.at}: { type: date }" under "columns:"`,
      );
  }
}

/** Every column of the file that the map reads. */
export function columnsOf(file: MappedFile): Set<string> {
  const used = new Set<string>([...file.key, ...file.needs]);
  const add = (source: Source): void => {
    if ('through' in source) used.add(source.through);
    else if ('column' in source) used.add(source.column);
    else if ('text' in source)
      for (const piece of source.text) if (typeof piece !== 'string') used.add(piece.column);
  };
  for (const rule of file.facts) {
    for (const column of rule.key ?? []) used.add(column);
    for (const { column } of [...rule.when, ...rule.about]) used.add(column);
    for (const source of rule.set.values()) add(source);
    if (rule.after) add(rule.after);
    if (rule.by) used.add(rule.by.column);
    if (rule.of !== undefined) used.add(rule.of);
    if (rule.at !== undefined && Number.isNaN(dayOfDate(rule.at))) used.add(rule.at);
  }
  for (const name of [...used]) {
    const currency = file.columns.get(name)?.currencyColumn;
    if (currency !== undefined) used.add(currency);
  }
  return used;
}

/** Columns of the file that other rows are found by, or that are read from a row found. */
export function columnsFound(map: CsvMap, file: MappedFile): Set<string> {
  const found = new Set<string>();
  for (const other of map.files) {
    for (const column of other.columns.values()) {
      const { find } = column;
      if (find?.file !== file.name) continue;
      for (const name of find.by === undefined ? file.key : [find.by]) found.add(name);
      if (find.climb !== undefined) found.add(find.climb);
    }
    for (const rule of other.facts)
      for (const source of rule.after ? [...rule.set.values(), rule.after] : rule.set.values())
        if ('through' in source && other.columns.get(source.through)?.find?.file === file.name)
          found.add(source.column);
  }
  return found;
}

function isFoundBy(map: CsvMap, file: MappedFile, column: string): boolean {
  return columnsFound(map, file).has(column);
}
