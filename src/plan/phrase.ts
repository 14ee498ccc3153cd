import type { Phrase } from '../domain/playbook.js';
import type { Context } from './context.js';
import type { Place } from './problem.js';

/** Finds the qualified id for the name in a hole, and reports when there is none. */
export type ResolveHole = (name: string, at: Place) => string | undefined;

/** A hole begins where a brace stands right before a letter; any other brace is text. */
const HOLE = /\{([A-Za-z][\w.]*)(?:\|([^{}]*))?\}/g;
const BROKEN = /\{(?=[A-Za-z])/;

/** `Ask {contact.name|the buyer} for a day` in pieces; undefined when a hole names nothing known. */
export function parsePhrase(
  text: string,
  at: Place,
  resolve: ResolveHole,
  { report }: Pick<Context, 'report'>,
): Phrase | undefined {
  const before = report.errors();
  const parts: Phrase[number][] = [];
  let end = 0;
  const plain = (piece: string): void => {
    if (BROKEN.test(piece))
      report.error(
        'broken-hole',
        at,
        `"${piece.slice(piece.search(BROKEN)).slice(0, 40)}" begins a hole that does not end`,
        'write {contact.name} or {contact.name|the buyer}, without marks inside',
      );
    if (piece !== '') parts.push(piece);
  };
  for (const match of text.matchAll(HOLE)) {
    const [whole, name = '', otherwise] = match;
    plain(text.slice(end, match.index));
    end = match.index + whole.length;
    const attribute = resolve(name, at);
    if (attribute !== undefined)
      parts.push({ attribute, ...(otherwise !== undefined && { otherwise }) });
  }
  plain(text.slice(end));
  return report.errors() > before ? undefined : parts;
}
