import { aboutClause, asWritten, CLAUSES, envFor } from './play-clauses.js';
import type { PlayData } from './play-data.js';
import type { Part, Sentence, Unsaid } from './sentence.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * A play as a sentence with choices inside. Says everything that the play holds, also what is wrong or unknown in it; what
 * has no words of its own is said as it is written.
 */
export function toSentence(play: PlayData, vocabulary: Vocabulary): Sentence {
  const env = envFor(play.about, vocabulary);
  const { about, ...rest } = play;
  const parts: Part[] = [
    ...(aboutClause.write(about === undefined ? {} : { about }, [], env) ?? []),
  ];
  const unsaid: Unsaid[] = [];
  const left = new Map(Object.entries(rest));
  for (const { keys, rule, says, always } of CLAUSES) {
    const held = Object.fromEntries([...left].filter(([key]) => keys.includes(key)));
    const isHeld = Object.keys(held).length > 0;
    if (!isHeld && !always) unsaid.push({ path: keys, says: says.replace(/^[,. ]+/, '').trim() });
    const said = isHeld || always ? rule.write(held, [], env) : undefined;
    if (!said) continue;
    parts.push(...said);
    for (const key of keys) left.delete(key);
  }
  const strange = asWritten.write(Object.fromEntries(left), [], env);
  if (strange) parts.push(WORDS.clauses.asWritten, ...strange, '.');
  return { parts: joinWords(parts), unsaid };
}

function joinWords(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string')
      joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}
