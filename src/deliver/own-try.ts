import { defined } from '../core/defined.js';
import type { Card } from '../domain/decision.js';
import type { Play } from '../domain/playbook.js';
import { isRunning } from '../domain/try.js';
import type { Situation } from './situation.js';
import { isExempt } from './stages.js';

/** What the asker tries with a play, where this account is in it; with `role`, to whom the new way turns. */
export function findTry(
  { account, asker, subjects, now }: Situation,
  play: Play,
): { readonly told: Card['ownTry']; readonly role?: string } | undefined {
  const { tries } = subjects.get(asker) ?? {};
  if (!tries || isExempt(play)) return undefined;
  for (const own of Object.values(tries)) {
    if (own.play !== play.id || !isRunning(own, now)) continue;
    const { arm } = own.accounts.find((one) => one.account === account.key) ?? {};
    const { id, how, role } = own;
    if (arm === 'new') return defined({ told: { id, arm, how }, role });
    if (arm) return { told: { id, arm } };
  }
  return undefined;
}
