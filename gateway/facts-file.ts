import { createReadStream, existsSync } from 'node:fs';
import { type Fact, OpportuneError } from 'opportune';
import type { Mutable } from '../src/domain/draft.js';
import { faultOf } from '../src/replay.js';
import type { Terminal } from './command.js';

/** A fact as files have it: JSON on one line, with times in ISO 8601. */
export function toLine(fact: Fact): string {
  const { occurredAt, learnedAt } = fact;
  return `${JSON.stringify({ ...fact, occurredAt: new Date(occurredAt).toISOString(), learnedAt: new Date(learnedAt).toISOString() })}\n`;
}

/** A fact, and its line as it was read. */
export interface FactLine {
  readonly fact: Fact;
  readonly line: string;
}

/**
 * Facts of a file of such lines, each with its line, as many at once as were read at once; `-` is standard input. Throws
 * with the place of the first line that is no fact, or one that no agent would take.
 */
export async function* readFacts(
  file: string,
  terminal: Terminal,
): AsyncGenerator<readonly FactLine[]> {
  if (file !== '-' && !existsSync(file))
    throw new OpportuneError('opportune/usage', 'there is no such file', {
      where: file,
      remedy: 'Make one with opportune import --facts FILE',
    });
  let number = 0;
  const input: AsyncIterable<Uint8Array> =
    file === '-' ? terminal.input() : createReadStream(file, { highWaterMark: 1 << 18 });
  for await (const lines of blocksOf(input)) {
    const read: FactLine[] = [];
    for (const line of lines) {
      number++;
      if (line.trim() !== '')
        read.push({
          fact: readFact(line, () => `${file === '-' ? 'standard input' : file}:${number}`),
          line,
        });
    }
    yield read;
  }
}

function readFact(line: string, where: () => string): Fact {
  const fault = (what: string, remedy: string): OpportuneError =>
    new OpportuneError('opportune/facts', what, { where: where(), remedy });
  const form = 'Each line is one fact in JSON, as opportune import --facts writes it';
  let fact: Fact | undefined;
  try {
    fact = parseLine(line);
  } catch {
    throw fault('the line is no JSON', form);
  }
  if (!fact) throw fault('the line is no fact', form);
  if (Number.isNaN(fact.occurredAt))
    throw fault('occurredAt is no time such as 2026-01-31T18:00:00Z', form);
  const wrong = faultOf(fact, line.length);
  if (wrong !== undefined)
    throw fault(`fact "${fact.id}": ${wrong}`, 'Correct it, or leave it out');
  return fact;
}

/** Only a line feed ends a line: JSON may hold the other breaks of Unicode as they are. */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const lines of blocksOf(input)) yield* lines;
}

/**
 * Lines, as many at once as were read at once. Each is decoded by itself: one letter that is not Latin would make every
 * line of its block twice as large, and slower to parse.
 */
async function* blocksOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  let rest: readonly Uint8Array[] = [];
  for await (const bytes of input) {
    const lines = takeLines(Buffer.concat([...rest, bytes]));
    yield lines.whole;
    rest = [lines.rest];
  }
  const last = Buffer.concat(rest).toString('utf8');
  if (last !== '') yield [last];
}

/** The lines that end in a block of bytes, and what is left of it. */
export function takeLines(bytes: Buffer): {
  readonly whole: readonly string[];
  readonly rest: Buffer;
} {
  const whole: string[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    whole.push(bytes.toString('utf8', start, end));
    start = end + 1;
  }
  return { whole, rest: bytes.subarray(start) };
}

const LINE_FEED = 10;

/** Throws where the line is no JSON; undefined where it is not an object. */
export function parseLine(line: string): Fact | undefined {
  const read: unknown = JSON.parse(line);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined;
  const fact = read as Mutable<Fact>;
  const { occurredAt, learnedAt = occurredAt } = fact;
  fact.occurredAt = toTime(occurredAt);
  fact.learnedAt = learnedAt === occurredAt ? fact.occurredAt : toTime(learnedAt);
  return fact;
}

function toTime(value: unknown): number {
  return typeof value === 'number'
    ? value
    : typeof value === 'string'
      ? Date.parse(value)
      : Number.NaN;
}
