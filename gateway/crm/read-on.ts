import { isOpportuneError } from 'opportune';
import type { Connector, Pulled } from '../../src/domain/connector.js';

/** What changed since a position; everything where there is none, and where the CRM cannot tell any more what was since. */
export async function* readOn(
  connector: Connector,
  position: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Pulled> {
  if (position !== undefined && connector.changesSince) {
    try {
      yield* connector.changesSince(position, { signal });
      return;
    } catch (error) {
      // It is refused before anything is read.
      if (!isOpportuneError(error, 'opportune/position')) throw error;
    }
  }
  yield* connector.pull({ signal });
}
