import {
  type Agent,
  COMPANY,
  type Fact,
  type RecordId,
  type Store,
  type SubjectKey,
} from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { type Dismissal, dismissalsIn, type FoundDismissal } from '../../src/studio/dismissals.js';
import { dismissalText, settleDismissal } from '../../src/studio/settle-dismissal.js';
import type { AgentAccess } from '../access/create-access.js';

/** Why reps held cards to be not relevant, for who may change the playbook. */
export interface Dismissals {
  /**
   * The newest first, without those that were taken up as tips. Nobody is told who it was, or about whom; own words only of
   * a record that whoever asks may see, and of the situation nothing that is hidden from them.
   */
  list(rep: RecordId | undefined): Promise<readonly Dismissal[]>;
  /** What became of a tip, or of one of these, which is a tip of the rep who said it from then on. That rep is told. */
  settle(
    id: string,
    rep: RecordId | undefined,
    change: Parameters<Agent['settleTip']>[1],
  ): Promise<void>;
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
  readonly store: Pick<Store, 'facts' | 'read'>;
  readonly agent: Pick<Agent, 'playbook' | 'sendTip' | 'settleTip'>;
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

  /** As far as whoever asks may read them; those that are tips by now are not among them. */
  async function waiting(rep: RecordId | undefined): Promise<readonly FoundDismissal[]> {
    const until = clock.now() + 1;
    const since = until - SINCE_MS;
    const playbook = await agent.playbook();
    if (!playbook) return [];
    const hidden = rep === undefined ? undefined : await access.hiddenFrom(rep);
    const taken = (await store.read(COMPANY))?.subject.tips ?? {};
    const found: FoundDismissal[] = [];
    for (const account of await accountsSince(since, until))
      for (const one of dismissalsIn(await store.facts(account), playbook, since)) {
        if (Object.hasOwn(taken, one.id)) continue;
        const { text, attributes, ...told } = one;
        const maySee = rep !== undefined && (await access.maySee(rep, one.record));
        found.push({
          ...told,
          ...(text !== undefined && maySee && { text }),
          attributes: Object.fromEntries(
            Object.entries(attributes).filter(([id]) => hidden && !hidden.has(id)),
          ),
        });
      }
    return found.sort((a, b) => b.occurredAt - a.occurredAt).slice(0, MOST);
  }

  return {
    list: async (rep) =>
      (await waiting(rep)).map(({ record: _, by: __, ...told }): Dismissal => told),
    async settle(id, rep, change) {
      const one = (await waiting(rep)).find((dismissal) => dismissal.id === id);
      if (!one) return agent.settleTip(id, change);
      const reasons = (await agent.playbook())?.reasons ?? [];
      await settleDismissal(agent, one, one.by, dismissalText(one, reasons), change);
    },
  };
}
