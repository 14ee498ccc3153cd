import type { Clock, RecordId } from 'opportune';

/** Access tokens that reps' own CRM has handed over, in memory alone: they are asked with in the rep's name. */
export interface Tokens {
  keep(rep: RecordId, given: { readonly token: string }): void;
  find(rep: RecordId): string | undefined;
}

/** Salesforce ends a session after two hours without use at the latest by default. */
const KEPT_MS = 2 * 3_600_000;
const MOST = 20_000;

export function createTokens(clock: Clock): Tokens {
  const held = new Map<RecordId, { readonly token: string; readonly until: number }>();
  return {
    keep(rep, { token }) {
      held.delete(rep);
      held.set(rep, { token, until: clock.now() + KEPT_MS });
      const [oldest] = held.keys();
      if (held.size > MOST && oldest !== undefined) held.delete(oldest);
    },
    find(rep) {
      const found = held.get(rep);
      if (found && found.until > clock.now()) return found.token;
      held.delete(rep);
      return undefined;
    },
  };
}
