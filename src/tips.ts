import type { Agent } from './domain/agent.js';
import type { Tip } from './domain/tip.js';
import { COMPANY, kindOf, type SubjectKey } from './domain/value.js';
import type { Runtime } from './runtime.js';
import { toSettledFact, toTipFacts } from './update/tip-facts.js';

export interface Tips {
  readonly send: Agent['sendTip'];
  readonly of: Agent['tips'];
  readonly candidates: Agent['candidates'];
  readonly settle: Agent['settleTip'];
}

/** What reps know, on its way to become guidance: kept with its author and in the company's queue. */
export function createTips({ options, record, allKeys }: Runtime): Tips {
  const { store, clock } = options;
  const tipsOf = async (key: SubjectKey): Promise<readonly Tip[]> =>
    Object.values((await store.read(key))?.subject.tips ?? {}).sort(
      (a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1),
    );
  return {
    async send(tip) {
      await record(toTipFacts(tip, clock.now()));
    },
    of: tipsOf,
    async candidates() {
      const tips = await tipsOf(COMPANY);
      return tips.filter(({ status }) => status === 'sent' || status === 'edited');
    },
    async settle(id, change) {
      const queue = (await store.read(COMPANY))?.subject.tips;
      const tip = queue && Object.hasOwn(queue, id) ? queue[id] : undefined;
      // Of one that nobody knows nothing can become.
      if (!tip) return;
      const authors = (await allKeys()).filter((key) => kindOf(key) === 'rep');
      const subjects: SubjectKey[] = [COMPANY];
      for (const stored of await store.readAll(authors))
        if (stored?.subject.tips?.[id]) subjects.push(stored.subject.key);
      const step = tip.steps.length;
      await record([toSettledFact(id, change, subjects, { step, now: clock.now() })]);
    },
  };
}
