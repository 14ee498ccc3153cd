import type { Fact } from '../../domain/fact.js';
import type { PatternMemory } from '../../domain/pattern.js';
import type { Playbook } from '../../domain/playbook.js';
import type { RecordId } from '../../domain/value.js';
import { compilePatterns } from './compile-patterns.js';
import { type Elapsed, elapse, findNextDue } from './elapse.js';
import { type Fed, feed, remember } from './feed.js';
import type { PatternView } from './feeding.js';

/** The patterns and moments of one playbook. */
export interface PatternEngine {
  /** Types of facts that move them. */
  readonly types: ReadonlySet<string>;
  /** The same for playbooks whose patterns remember the same. */
  readonly key: string;
  feed(before: PatternMemory, fact: Fact, view: PatternView, account: RecordId): Fed;
  elapse(before: PatternMemory, until: number): Elapsed;
  remember(
    before: PatternMemory | undefined,
    fact: Fact,
    view: PatternView,
    account: RecordId,
  ): PatternMemory;
  findNextDue(memory: PatternMemory): number;
}

/** Undefined for a playbook in which no play waits for any. */
export function createPatternEngine(playbook: Playbook): PatternEngine | undefined {
  const plan = compilePatterns(playbook);
  if (plan.byPlay.size === 0) return undefined;
  return {
    types: new Set(plan.byType.keys()),
    key: plan.key,
    feed: (before, fact, view, account) => feed(plan, before, fact, view, account),
    elapse: (before, until) => elapse(plan, before, until),
    remember: (before, fact, view, account) => remember(plan, before, fact, view, account),
    findNextDue,
  };
}
