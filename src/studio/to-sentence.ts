import { aboutClause, asWritten, CLAUSES, envFor } from './play-clauses.js';
import type { PlayData } from './play-data.js';
import type { Part, Said, Sentence, Unsaid } from './sentence.js';
import { SENTENCE_STRINGS as WORDS } from './strings.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * A play as a sentence with choices inside. Says everything that the play holds, also what is wrong or unknown in it; what
 * has no words of its own is said as it is written.
 */
export function toSentence(play: PlayData, vocabulary: Vocabulary): Sentence {
  const env = envFor(play.about, vocabulary);
  const { about, ...rest } = play;
  const said: Said[] = [
    ...(aboutClause.write(about === undefined ? {} : { about }, [], env) ?? []),
  ];
  const left = new Map(Object.entries(rest));
  for (const { keys, rule } of CLAUSES) {
    const held = Object.fromEntries([...left].filter(([key]) => keys.includes(key)));
    const words = rule.write(held, [], env);
    if (!words) continue;
    said.push(...words);
    for (const key of keys) left.delete(key);
  }
  const strange = asWritten.write(Object.fromEntries(left), [], env);
  if (strange) said.push(WORDS.clauses.asWritten, ...strange, '.');
  const parts: Part[] = [];
  const unsaid: Unsaid[] = [];
  for (const one of said)
    if (typeof one === 'object' && 'unsaid' in one) unsaid.push(one);
    else parts.push(one);
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
