import { type Clock, COMPANY, type Fact, type RecordId } from 'opportune';
import type { Identity } from '../identity/identity.js';
import { shortHash } from '../short-hash.js';

/** Of more, who was noted longest ago is looked up anew. */
const MOST = 20_000;

/**
 * The teams that the identity provider tells of a rep become a fact about that rep, as the CRM's would be, so that everything
 * knows them alike: access rules, content, plays for a team. It happened when the token was made, and so is older than what
 * the CRM has told since. A token that says the same again makes none.
 */
export function createTeamNotes(ports: {
  teamsOf(rep: RecordId): Promise<readonly string[]>;
  take(facts: readonly Fact[]): Promise<unknown>;
  readonly clock: Clock;
}): (identity: Identity) => Promise<void> {
  const { teamsOf, take, clock } = ports;
  const noted = new Map<RecordId, string>();
  return async ({ rep, teams, how, issuedAt }) => {
    // A panel's token repeats what was told when it was exchanged.
    if (rep === undefined || teams === undefined || how !== 'oidc') return;
    const told = [...new Set(teams)].sort();
    const key = JSON.stringify(told);
    if (noted.get(rep) === key) return;
    if (JSON.stringify([...(await teamsOf(rep))].sort()) !== key) {
      const learnedAt = clock.now();
      const [only] = told;
      await take([
        {
          id: `gateway/teams/${rep}/${issuedAt}/${shortHash(key)}`,
          type: 'record-changed',
          subjects: [rep, COMPANY],
          about: [rep],
          occurredAt: issuedAt > 0 ? Math.min(issuedAt, learnedAt) : learnedAt,
          learnedAt,
          grade: 'observed',
          data: { values: { team: told.length > 1 ? told : (only ?? null) } },
        },
      ]);
    }
    noted.delete(rep);
    noted.set(rep, key);
    const [oldest] = noted.keys();
    if (noted.size > MOST && oldest !== undefined) noted.delete(oldest);
  };
}
