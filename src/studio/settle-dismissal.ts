import type { Agent } from '../domain/agent.js';
import type { RecordId } from '../domain/value.js';
import type { Dismissal } from './dismissals.js';

/**
 * Why a card was not relevant, taken up by a marketer: from then on it is a tip of the rep who said it, under the same id
 * and without a name, so that the rep reads among the own tips what became of it. The same again changes nothing.
 */
export async function settleDismissal(
  agent: Pick<Agent, 'sendTip' | 'settleTip'>,
  { id, play, attributes, occurredAt }: Dismissal,
  asker: RecordId,
  /** What it says, as far as the marketer may read it. */
  text: string,
  change: Parameters<Agent['settleTip']>[1],
): Promise<void> {
  await agent.sendTip({ id, asker, play, text, attributes, signed: false, occurredAt });
  await agent.settleTip(id, change);
}

/** The reason by its label, and the own words after it. */
export function dismissalText(
  { reason, text }: Pick<Dismissal, 'reason' | 'text'>,
  reasons: readonly { readonly id: string; readonly label: string }[],
): string {
  const label = reasons.find(({ id }) => id === reason)?.label ?? reason;
  return text ? `${label}. ${text}` : label;
}
