import type { Pulled } from '../../src/domain/connector.js';
import { kindOf, type RecordId } from '../../src/domain/value.js';
import type { Step } from './read-in-turn.js';

/** Without what belongs to other accounts alone, and without places: a part of an object is no place to go on from. */
export async function* onlyOfAccounts<Place>(
  accounts: readonly RecordId[],
  steps: AsyncIterable<Step<Place>>,
): AsyncGenerator<Pulled> {
  const wanted = new Set(accounts);
  for await (const step of steps) {
    if (step.type === 'place') continue;
    if (step.type === 'fact') {
      const owners = step.fact.subjects.filter((key) => kindOf(key) === 'account');
      if (!owners.some((key) => wanted.has(key))) continue;
    }
    yield step;
  }
}
