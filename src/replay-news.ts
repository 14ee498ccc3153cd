import type { Fact } from './domain/fact.js';
import { COMPANY, type SubjectKey } from './domain/value.js';
import { sortFacts } from './fact-order.js';

/** What the company's facts tell every account: rates, and events that a playbook waits for. */
export function findNews(
  company: readonly Fact[],
  events: { has(type: string): boolean },
): readonly Fact[] {
  return company.filter(
    ({ type, subjects }) =>
      subjects.length === 1 && subjects[0] === COMPANY && (type === 'rate' || events.has(type)),
  );
}

/** Facts of an account, with the company's news as it was told of them: rates always, events once the account was there. */
export function withNews(
  account: SubjectKey,
  facts: readonly Fact[],
  news: readonly Fact[],
): readonly Fact[] {
  const first = facts[0]?.occurredAt ?? 0;
  const told = news.filter(({ type, occurredAt }) => type === 'rate' || occurredAt >= first);
  return told.length === 0
    ? facts
    : sortFacts([...facts, ...told.map((fact) => ({ ...fact, subjects: [account] }))]);
}
