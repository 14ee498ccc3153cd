import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Terminal } from '../command.js';
import { linesOf } from '../facts-file.js';
import { printable } from '../text.js';
import { type LoggedRound, logError, toLoggedRound } from './log-line.js';
import { csvFields, readHead } from './log-table.js';

export interface Log {
  readonly actions: readonly string[];
  readonly rounds: readonly LoggedRound[];
}

const MOST_ROUNDS = 2_000_000;

/** A log of JSON Lines, or of CSV as the Open Bandit data have it; throws with the place of what is wrong. */
export async function readLog(file: string, terminal: Terminal): Promise<Log> {
  if (file !== '-' && !existsSync(file))
    throw logError(
      'there is no such file',
      file,
      'Name a file of rounds, or the folder of a store',
    );
  const names = new Map<string, number>();
  const rounds: LoggedRound[] = [];
  const place = (name: string): number => {
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  let toRound: ReturnType<typeof readHead> | undefined;
  let number = 0;
  const input = file === '-' ? terminal.input() : createReadStream(file);
  for await (const line of linesOf(input)) {
    number++;
    if (line.trim() === '') continue;
    const where = `${file === '-' ? 'standard input' : file}:${number}`;
    if (number === 1 && !/^\ufeff?\s*[{[]/.test(line)) {
      toRound = readHead(line.trim(), where);
      for (const item of itemsBeside(file)) place(item);
      continue;
    }
    if (rounds.length === MOST_ROUNDS)
      throw logError(
        'the log is too long',
        where,
        `Give at most ${MOST_ROUNDS} rounds, drawn at random`,
      );
    const given = toRound ? toRound(csvFields(line.trim()), where) : parse(line, where);
    rounds.push(toLoggedRound(given, where, place));
    if (rounds.length % 10_000 === 0) terminal.progress?.(`${rounds.length} rounds read`);
    if (rounds.length % 10_000 === 0) terminal.signal.throwIfAborted();
  }
  terminal.progress?.('');
  if (rounds.length === 0) throw logError('the log is empty', file, 'Give one round a line');
  const isOfAll = (shares: readonly number[]): boolean => shares.length === names.size;
  // A line may have been read before the last action was heard of.
  const fill = (shares: readonly number[]): readonly number[] =>
    isOfAll(shares) ? shares : Array.from(names.values(), (i) => shares[i] ?? 0);
  return {
    actions: [...names.keys()],
    rounds: rounds.map(({ target, logged, predicted, ...round }) => ({
      ...round,
      ...(target && { target: fill(target) }),
      ...(logged && { logged: fill(logged) }),
      ...(predicted && { predicted: fill(predicted) }),
    })),
  };
}

function parse(line: string, where: string): { readonly [field: string]: unknown } {
  let read: unknown;
  try {
    read = JSON.parse(line.replace(/^\ufeff/, ''));
  } catch {
    throw logError('the line is no JSON', where, 'Each line is one round: see docs/simulate.md');
  }
  if (typeof read === 'object' && read !== null && !Array.isArray(read))
    return read as { readonly [field: string]: unknown };
  throw logError(
    `the line is ${printable(line.slice(0, 20))}`,
    where,
    'Each line is one object: see docs/simulate.md',
  );
}

/** The Open Bandit data name beside a log all items that could have been shown. */
function itemsBeside(file: string): readonly string[] {
  const beside = join(dirname(file), 'item_context.csv');
  if (file === '-' || !existsSync(beside)) return [];
  const [head = '', ...lines] = readFileSync(beside, 'utf8').trim().split('\n');
  const column = csvFields(head).indexOf('item_id');
  return column < 0 ? [] : lines.map((line) => csvFields(line)[column] ?? '');
}
