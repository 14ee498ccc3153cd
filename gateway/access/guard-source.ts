import type { Clock } from 'opportune';
import type { AccessSource, Answer } from './access-source.js';

type Unavailable = Extract<Answer<never>, { readonly status: 'unavailable' }>;

const PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Leaves a source alone for a while when it did not answer, so that a CRM that is down costs nobody a time-out each. */
export function guardSource(source: AccessSource, clock: Clock): AccessSource {
  let down: { readonly at: number; readonly pause: number } | undefined;

  async function ask<Of extends Answer<unknown>>(
    question: () => Promise<Of>,
  ): Promise<Of | Unavailable> {
    // A clock that was set back does not make the pause longer.
    if (down && Math.abs(clock.now() - down.at) < down.pause) return { status: 'unavailable' };
    const answer = await question();
    if (answer.status !== 'unavailable') down = undefined;
    else {
      const at = clock.now();
      const pause = Math.min(Math.max(answer.retryAfterMs ?? 0, PAUSE_MS), LONGEST_PAUSE_MS);
      down = { at, pause };
    }
    return answer;
  }

  return {
    attributes: source.attributes,
    most: source.most,
    findVisible: (asker, records) => ask(() => source.findVisible(asker, records)),
    findHidden: (asker) => ask(() => source.findHidden(asker)),
  };
}
