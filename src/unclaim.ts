import type { Fact } from './domain/fact.js';
import type { ResponseRequest } from './domain/response.js';
import type { Subject } from './domain/subject.js';
import type { JsonObject, JsonValue } from './domain/value.js';
import type { AgentOptions } from './runtime.js';

/** Puts back what was known before the claim of an answer, as far as nothing else has been said since. */
export async function unclaim(
  { id, account: key, occurredAt, response }: ResponseRequest,
  account: Subject,
  { store, clock }: AgentOptions,
): Promise<readonly Fact[]> {
  const of = response.kind === 'undo' ? `claim/${response.of}` : '';
  const claim = (await store.facts(key)).find((fact) => fact.id === of);
  if (!claim) return [];
  const held = account.records[claim.about[0] ?? '']?.values ?? {};
  const values: { [bare: string]: JsonValue } = {};
  for (const [bare, previous] of Object.entries((claim.data.previous ?? {}) as JsonObject))
    if (held[bare]?.at.id === of && previous !== undefined) values[bare] = previous;
  const now = clock.now();
  return [
    {
      ...claim,
      id: `unclaim/${id}`,
      occurredAt: Math.max(claim.occurredAt, Math.min(occurredAt, now)),
      learnedAt: now,
      data: { values },
    },
  ];
}
