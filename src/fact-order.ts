import { push } from './core/push.js';
import { comparePositions, type Fact } from './domain/fact.js';
import type { Subject } from './domain/subject.js';
import type { SubjectKey } from './domain/value.js';

/** What tells that people saw something changes nothing about the account, whenever it comes. */
export const isInert = ({ type }: Fact): boolean => type === 'seen';

/** Whether a fact belongs after everything that a subject was judged by. */
export function isNews(fact: Fact, subject: Subject): boolean {
  return fact.occurredAt >= subject.judgedAt && comparePositions(fact, subject.at) > 0;
}

/** Facts in order, each once. */
export function sortFacts(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()].sort(comparePositions);
}

/** What had happened to each subject by then, in the order in which it is given. */
export function groupFacts(
  facts: readonly Fact[],
  until: number,
): ReadonlyMap<SubjectKey, readonly Fact[]> {
  const groups = new Map<SubjectKey, Fact[]>();
  for (const fact of facts)
    if (fact.occurredAt <= until) for (const key of fact.subjects) push(groups, key, fact);
  return groups;
}
