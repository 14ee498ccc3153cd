import { defined } from './core/defined.js';
import type { Fact } from './domain/fact.js';
import type { ResponseData, ResponseRequest } from './domain/response.js';
import type { Known, Subject } from './domain/subject.js';
import type { AgentOptions } from './runtime.js';

/** What was known of each attribute before a claim; null where nothing was. */
interface Previous {
  readonly [bare: string]: Known | null;
}

/**
 * Puts back what was known before the claim of an answer, as it was known, as far as nothing else has been said since. Other
 * claims that were taken back are not known.
 */
export async function unclaim(
  { id, account: key, occurredAt, response }: ResponseRequest,
  account: Subject,
  { store, clock }: AgentOptions,
): Promise<readonly Fact[]> {
  const facts = await store.facts(key);
  const of = response.kind === 'undo' ? `claim/${response.of}` : '';
  const claim = facts.find((fact) => fact.id === of);
  if (!claim) return [];
  const claims = new Map(facts.map((fact) => [fact.id, fact]));
  const undone = new Set(
    facts.flatMap(({ type, data }) => {
      const given = type === 'response' && (data as unknown as ResponseData).response;
      return given && given.kind === 'undo' ? [`claim/${given.of}`] : [];
    }),
  );
  const before = ({ data }: Fact): Previous => (data.previous ?? {}) as unknown as Previous;
  const held = account.records[claim.about[0] ?? '']?.values ?? {};
  const now = clock.now();
  return Object.entries(before(claim)).flatMap(([bare, known]) => {
    if (held[bare]?.at.id !== of) return [];
    let prior = known;
    while (prior && undone.has(prior.at.id)) {
      const earlier = claims.get(prior.at.id);
      prior = (earlier && before(earlier)[bare]) ?? null;
    }
    return [
      defined({
        ...claim,
        id: `unclaim/${id}/${bare}`,
        occurredAt: Math.max(claim.occurredAt, Math.min(occurredAt, now)),
        learnedAt: now,
        grade: prior?.grade ?? claim.grade,
        source: prior?.source,
        by: prior ? prior.by : claim.by,
        data: { values: { [bare]: prior?.value ?? null } },
      }) as Fact,
    ];
  });
}
