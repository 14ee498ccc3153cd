import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type Fact, OpportuneError } from 'opportune';
import type { Terminal } from './command.js';
import { plural } from './text.js';

/** A fact as files have it: JSON on one line, with times in ISO 8601. */
export function toLine(fact: Fact): string {
  const { occurredAt, learnedAt } = fact;
  return `${JSON.stringify({ ...fact, occurredAt: new Date(occurredAt).toISOString(), learnedAt: new Date(learnedAt).toISOString() })}\n`;
}

/** Facts of a file of such lines; `-` is standard input. Throws with the line of the first that is none. */
export async function readFacts(file: string, terminal: Terminal): Promise<readonly Fact[]> {
  if (file !== '-' && !existsSync(file))
    throw new OpportuneError('opportune/usage', 'there is no such file', {
      where: file,
      remedy: 'Make one with opportune import --facts FILE',
    });
  const input = file === '-' ? Readable.from(terminal.input()) : createReadStream(file);
  const facts: Fact[] = [];
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    const fault = (what: string): never => {
      throw new OpportuneError('opportune/facts', what, {
        where: `${file === '-' ? 'standard input' : file}:${line}`,
        remedy: 'Each line is one fact in JSON, as opportune import --facts writes it',
      });
    };
    let read: unknown;
    try {
      read = JSON.parse(text);
    } catch {
      fault('the line is no JSON');
    }
    if (typeof read !== 'object' || read === null || Array.isArray(read))
      fault('the line is no fact');
    const fact = read as { [name: string]: unknown };
    facts.push({
      ...fact,
      occurredAt: toTime(fact.occurredAt),
      learnedAt: toTime(fact.learnedAt ?? fact.occurredAt),
    } as Fact);
    if (Number.isNaN(facts.at(-1)?.occurredAt))
      fault('occurredAt is no time such as 2026-01-31T18:00:00Z');
  }
  return facts;
}

function toTime(value: unknown): number {
  return typeof value === 'number'
    ? value
    : typeof value === 'string'
      ? Date.parse(value)
      : Number.NaN;
}

/** Says which facts were refused; one is enough to stop. */
export function refuse(
  file: string,
  refused: readonly { readonly id: string; readonly reason: string }[],
): void {
  const [first] = refused;
  if (!first) return;
  const more = refused.length > 1 ? ` (and ${plural(refused.length - 1, 'more fact')})` : '';
  throw new OpportuneError('opportune/facts', `fact "${first.id}": ${first.reason}${more}`, {
    where: file,
    remedy: 'Correct it, or leave it out',
  });
}
