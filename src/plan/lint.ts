import type { Context } from './context.js';
import type { Draft } from './draft.js';
import { lintConditions } from './lint-conditions.js';
import { lintContents } from './lint-contents.js';
import { lintMachine } from './lint-machines.js';
import { lintPatterns } from './lint-patterns.js';
import { lintShadows } from './lint-shadows.js';
import { lintUsage } from './lint-usage.js';
import { lintWords } from './lint-words.js';
import type { ReadingMemory } from './reading-memory.js';

export function lint(draft: Draft, context: Context, memory: ReadingMemory): void {
  lintConditions(draft, context, memory);
  for (const machine of draft.machines) lintMachine(machine, context);
  lintPatterns(draft, context);
  // What is missing because it did not compile would look unused or unreachable.
  if (context.report.errors() > 0) return;
  lintShadows(draft, context);
  lintContents(draft, context);
  lintUsage(draft, context);
  lintWords(draft, context);
}
