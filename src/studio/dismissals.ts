import { runThrough } from '../core/run-sliced.js';
import { explainer } from '../deliver/explain.js';
import type { Fact } from '../domain/fact.js';
import type { Playbook } from '../domain/playbook.js';
import type { ResponseData } from '../domain/response.js';
import type { Tip } from '../domain/tip.js';
import type { RecordId } from '../domain/value.js';
import { createModel } from '../model.js';
import { gatherCast } from '../preview.js';
import { createSituation } from '../situation.js';

/** A card that somebody held to be not relevant. Whose it was and who that was is not told. */
export interface Dismissal extends Pick<Tip, 'id' | 'attributes' | 'occurredAt'> {
  readonly play: string;
  /** A reason of the playbook, by its id. */
  readonly reason: string;
  /** In own words. */
  readonly text?: string;
}

/** With what only who settles it needs to know. */
export interface FoundDismissal extends Dismissal {
  readonly record: RecordId;
  /** Who said so. */
  readonly by: RecordId;
}

/** Why cards of one account were not relevant since a moment, each with the situation as it was then; those that were taken back are not. */
export function dismissalsIn(
  facts: readonly Fact[],
  playbook: Playbook,
  since: number,
): readonly FoundDismissal[] {
  const undone = new Set(
    facts.flatMap((fact) => {
      const response = responseOf(fact);
      return response?.kind === 'undo' ? [response.of] : [];
    }),
  );
  return facts.flatMap((fact) => {
    const response = responseOf(fact);
    const id = fact.id.slice(PREFIX.length);
    if (response?.kind !== 'not-relevant' || fact.occurredAt < since || undone.has(id)) return [];
    const { play, record } = fact.data as unknown as ResponseData;
    const { reason, text } = response;
    const until = facts.filter(({ occurredAt }) => occurredAt <= fact.occurredAt);
    return [
      {
        ...{ id, play, record, reason, occurredAt: fact.occurredAt, by: fact.by ?? '' },
        ...(text && { text }),
        attributes: situationIn(until, playbook, record, fact.occurredAt),
      },
    ];
  });
}

const PREFIX = 'response/';

const responseOf = ({ type, data }: Fact): ResponseData['response'] | undefined =>
  type === 'response' ? (data as unknown as ResponseData).response : undefined;

/** What a tip of that moment would go with. */
function situationIn(
  facts: readonly Fact[],
  playbook: Playbook,
  record: RecordId,
  now: number,
): Dismissal['attributes'] {
  const { accounts } = runThrough(gatherCast(facts, playbook, now));
  const account = accounts.find(({ records }) => records[record]) ?? accounts[0];
  if (!account) return {};
  const situation = createSituation(createModel(playbook), { account, now });
  return explainer.findTipAttributes(situation, record) as Dismissal['attributes'];
}
