import type { Agent, Fact, RecordId, Store, SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { type Dismissal, dismissalsIn } from '../../src/studio/dismissals.js';
import type { AgentAccess } from '../access/create-access.js';

/** Why reps held cards to be not relevant, for who may change the playbook. */
export interface Dismissals {
  /**
   * The newest first. Nobody is told who it was, or about whom; own words only of a record that whoever asks may see, and
   * of the situation nothing that is hidden from them.
   */
  list(rep: RecordId | undefined): Promise<readonly Dismissal[]>;
}

const SINCE_MS = 30 * 86_400_000;
const MOST = 100;

export function createDismissals({
  answers,
  store,
  agent,
  access,
  clock,
}: {
  /** What reps saw and answered from one moment to before another. */
  readonly answers: (from: number, until: number) => AsyncIterable<Fact>;
  readonly store: Pick<Store, 'facts'>;
  readonly agent: Pick<Agent, 'playbook'>;
  readonly access: Pick<AgentAccess, 'maySee' | 'hiddenFrom'>;
  readonly clock: { now(): number };
}): Dismissals {
  async function accountsSince(since: number, until: number): Promise<readonly SubjectKey[]> {
    const newest: SubjectKey[] = [];
    for await (const { type, data, subjects } of answers(since, until)) {
      const { response } = data as { readonly response?: { readonly kind?: string } };
      if (type === 'response' && response?.kind === 'not-relevant')
        newest.push(...subjects.filter((key) => kindOf(key) === 'account'));
    }
    return [...new Set(newest.slice(-MOST))];
  }

  return {
    async list(rep) {
      const until = clock.now() + 1;
      const since = until - SINCE_MS;
      const playbook = await agent.playbook();
      if (!playbook) return [];
      const hidden = rep === undefined ? undefined : await access.hiddenFrom(rep);
      const found: Dismissal[] = [];
      for (const account of await accountsSince(since, until))
        for (const one of dismissalsIn(await store.facts(account), playbook, since)) {
          const { record, text, attributes, ...told } = one;
          const maySee = rep !== undefined && (await access.maySee(rep, record));
          found.push({
            ...told,
            ...(text !== undefined && maySee && { text }),
            attributes: Object.fromEntries(
              Object.entries(attributes).filter(([id]) => hidden && !hidden.has(id)),
            ),
          });
        }
      return found.sort((a, b) => b.occurredAt - a.occurredAt).slice(0, MOST);
    },
  };
}
