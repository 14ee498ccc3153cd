import { printable } from '../text.js';
import { logError } from './log-line.js';

/** By which names a column is known: ours, and that of the Open Bandit data. */
const COLUMNS = {
  action: ['action', 'item_id'],
  reward: ['reward', 'click'],
  propensity: ['propensity', 'propensity_score'],
  unit: ['unit'],
} as const;
const CONTEXT = ['context', 'position'];

/** The fields of one line; quotes are as in RFC 4180, and none goes over a line. */
export const csvFields = (line: string): readonly string[] =>
  line.includes('"')
    ? Array.from(`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
        quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
      )
    : line.split(',');

/** Reads the names of columns, and gives back how a line with them is a round. */
export function readHead(
  line: string,
  where: string,
): (fields: readonly string[], where: string) => { readonly [field: string]: unknown } {
  const names = csvFields(line.replace(/^\ufeff/, '')).map((name) => name.trim());
  const find = (known: readonly string[]): number =>
    names.findIndex((name) => known.includes(name));
  const [action, reward, propensity] = [
    find(COLUMNS.action),
    find(COLUMNS.reward),
    find(COLUMNS.propensity),
  ];
  const missing = Object.entries({ action, reward, propensity }).find(([, at]) => at < 0);
  if (missing)
    throw logError(
      `there is no column "${missing[0]}" among ${printable(names.slice(0, 8).join(', '))}`,
      where,
      'Give JSON Lines, or CSV with the columns action, reward and propensity',
    );
  const unit = find(COLUMNS.unit);
  const context = CONTEXT.map((name) => names.indexOf(name)).filter((at) => at >= 0);
  return (fields, at) => {
    if (fields.length !== names.length)
      throw logError(
        `there are ${fields.length} fields, and the head has ${names.length}`,
        at,
        'Correct the line, or leave it out',
      );
    return {
      action: fields[action],
      reward: toNumber(fields[reward]),
      propensity: toNumber(fields[propensity]),
      context: context.map((column) => fields[column]),
      ...(unit >= 0 && { unit: fields[unit] }),
    };
  };
}

/** A text that is no number stays one, so that it is named where it is refused. */
const toNumber = (text = ''): number | string =>
  text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
