import type { Clock } from 'opportune';
import type { AccessSource, Answer } from './access-source.js';

export interface GuardedSource extends AccessSource {
  /** Epoch milliseconds since when it has not answered; undefined when it does. */
  unavailableSince(): number | undefined;
}

const PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Leaves a source alone for a while when it did not answer, so that a CRM that is down costs nobody a time-out each. */
export function guardSource(source: AccessSource, clock: Clock): GuardedSource {
  let down: { readonly since: number; readonly at: number; readonly pause: number } | undefined;

  async function ask<T>(question: () => Promise<Answer<T>>): Promise<Answer<T>> {
    // A clock that was set back does not make the pause longer.
    if (down && Math.abs(clock.now() - down.at) < down.pause) return { status: 'unavailable' };
    const answer = await question().catch((): Answer<T> => ({ status: 'unavailable' }));
    if (answer.status !== 'unavailable') down = undefined;
    else {
      const at = clock.now();
      const pause = Math.min(Math.max(answer.retryAfterMs ?? 0, PAUSE_MS), LONGEST_PAUSE_MS);
      down = { since: down?.since ?? at, at, pause };
    }
    return answer;
  }

  return {
    attributes: source.attributes,
    most: source.most,
    findVisible: (asker, records) => ask(() => source.findVisible(asker, records)),
    findHidden: (asker) => ask(() => source.findHidden(asker)),
    unavailableSince: () => down?.since,
  };
}
