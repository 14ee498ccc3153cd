import { defined } from '../core/defined.js';
import type { Nothing, Verdict } from '../domain/decision.js';
import { fillPhrase, sayValue } from './phrase.js';
import type { Situation } from './situation.js';

const LATELY_MS = 14 * 86_400_000;
const MOST = 3;

/** Why nothing is worth doing now, and until when: the reason that stands nearest to a card. */
export function explainNothing(
  situation: Situation,
  verdicts: readonly Verdict[],
  plays: number,
): Nothing {
  const lately = findLately(situation);
  if (plays === 0) return { because: 'no-plays', lately };
  if (situation.account.holdout === 'holdout') return { because: 'holdout', lately };
  const held = soonest(verdicts.filter(({ stage }) => stage === 'contact-policy'));
  if (held) return { because: 'buyer-contacted-enough', verdict: held, ...untilOf(held), lately };
  const answered = soonest(verdicts.filter(({ stage }) => stage === 'answered'));
  if (answered) return { because: 'answered', verdict: answered, ...untilOf(answered), lately };
  const { wakeAt } = situation.account;
  return defined({
    because: 'nothing-holds',
    until:
      wakeAt !== undefined && wakeAt > situation.now ? new Date(wakeAt).toISOString() : undefined,
    lately,
  });
}

const untilOf = ({ until }: Verdict): { until?: string } => (until === undefined ? {} : { until });

function soonest(verdicts: readonly Verdict[]): Verdict | undefined {
  return [...verdicts].sort((a, b) => ((a.until ?? '~') < (b.until ?? '~') ? -1 : 1))[0];
}

/** What ended here lately, newest first. */
function findLately({ account, playbook, attributes, now, look }: Situation): Nothing['lately'] {
  const ended = Object.values(account.openings).filter(
    ({ end }) => end !== undefined && end > now - LATELY_MS && end <= now,
  );
  ended.sort((a, b) => (b.end ?? 0) - (a.end ?? 0) || (a.key < b.key ? -1 : 1));
  return ended.slice(0, MOST).flatMap((opening) => {
    const play = playbook.plays.find(({ id }) => id === opening.play);
    const record = account.records[opening.record];
    if (!play || !record) return [];
    const fact = opening.endedBy?.fact;
    const attribute = opening.endedBy?.attribute;
    const text = fact
      ? [{ value: fact.type, type: 'text' as const, unit: 'fact-type' }]
      : attribute === undefined
        ? fillPhrase(play.title, look(record).situated, attributes)
        : sayValue(attributes.get(attribute), attribute, opening.endedBy?.to);
    return [
      defined({
        at: new Date(opening.end ?? 0).toISOString(),
        text,
        grade: fact ? fact.grade : undefined,
      }),
    ];
  });
}
