import { advance } from './advance.js';
import { tellCorrected } from './correct.js';
import { createSubject } from './create-subject.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import type { Store } from './domain/store.js';
import type { Subject } from './domain/subject.js';
import { sortFacts } from './fact-order.js';
import { createModel, EMPTY_PLAYBOOK, type Model } from './model.js';

/**
 * A subject made anew from its timeline, where that was rewritten: as the agent would have made it of these facts. `before` is
 * the subject as it was told until now, in the same words as the facts; what was open and does not come again is told
 * as corrected.
 */
export type RefoldTimeline = (
  before: Subject,
  facts: readonly Fact[],
  now: number,
) => Promise<Subject>;

/** Over the playbooks of a store. A version that is not there any more judges nothing. */
export function createRefold({ get }: Pick<Store, 'get'>): RefoldTimeline {
  const models = new Map<string, Model>();
  const empty = createModel(EMPTY_PLAYBOOK);
  return async (before, facts, now) => {
    const inOrder = sortFacts(facts);
    for (const { type, data } of inOrder) {
      const version = String(data.version);
      if (type !== 'published' || models.has(version)) continue;
      const playbook = (await get(`playbook/${version}`)) as Playbook | undefined;
      if (playbook) models.set(version, createModel(playbook));
    }
    const until = Math.max(now, before.clock);
    const model = (version: string): Model => models.get(version) ?? empty;
    const subject = advance(createSubject(before.key), { facts: inOrder, now: until, model });
    return tellCorrected(subject, before, now);
  };
}
