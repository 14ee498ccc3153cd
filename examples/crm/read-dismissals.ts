import { type Agent, COMPANY, type Store } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import type { FoundDismissal } from '../../src/studio/dismissals.js';

const MOST_ACCOUNTS = 5_000;

/** Why cards were not relevant since a moment, the newest first; those that are tips by now are not among them. */
export async function readDismissals(
  store: Pick<Store, 'keys' | 'facts' | 'read'>,
  agent: Pick<Agent, 'playbook'>,
  since: number,
): Promise<readonly FoundDismissal[]> {
  const [{ dismissalsIn }, playbook] = await Promise.all([
    import('../../src/studio/dismissals.js'),
    agent.playbook(),
  ]);
  if (!playbook) return [];
  const taken = (await store.read(COMPANY))?.subject.tips ?? {};
  const found: FoundDismissal[] = [];
  for (const key of await store.keys('', undefined, MOST_ACCOUNTS))
    if (kindOf(key) === 'account')
      found.push(...dismissalsIn(await store.facts(key), playbook, since));
  return found
    .filter(({ id }) => !Object.hasOwn(taken, id))
    .sort((a, b) => b.occurredAt - a.occurredAt);
}

export async function takeUp(
  agent: Agent,
  one: FoundDismissal,
  change: Parameters<Agent['settleTip']>[1],
): Promise<void> {
  const [{ dismissalText, settleDismissal }, playbook] = await Promise.all([
    import('../../src/studio/settle-dismissal.js'),
    agent.playbook(),
  ]);
  const text = dismissalText(one, playbook?.reasons ?? []);
  await settleDismissal(agent, one, one.by, text, change);
}
