import { comparePositions, type Fact } from './domain/fact.js';
import type { Subject } from './domain/subject.js';

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
