import { defined } from '../core/defined.js';
import { toIso } from '../core/zone.js';
import type { Nothing, Verdict } from '../domain/decision.js';
import { fillPhrase, sayEvent, sayValue } from './phrase.js';
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
  const { holdout, wakeAt } = situation.account;
  if (plays === 0) return { because: 'no-plays', lately };
  if (holdout === 'holdout') return { because: 'holdout', lately };
  const [held] = verdicts.filter(({ stage }) => stage === 'contact-policy').sort(bySoonest);
  const [answered] = verdicts.filter(({ stage }) => stage === 'answered').sort(bySoonest);
  const verdict = held ?? answered;
  return defined({
    because: held ? 'buyer-contacted-enough' : answered ? 'answered' : 'nothing-holds',
    verdict,
    until: verdict ? verdict.until : toIso(wakeAt),
    lately,
  });
}

const bySoonest = (a: Verdict, b: Verdict): number =>
  (a.until ?? '~') < (b.until ?? '~') ? -1 : 1;

/** What ended here lately, newest first. */
function findLately({ account, playbook, attributes, now, look }: Situation): Nothing['lately'] {
  const ended = Object.values(account.openings)
    .flatMap((opening) => {
      const { end, endedBy } = opening;
      const play = playbook.plays.find(({ id }) => id === opening.play);
      const record = account.records[opening.record];
      return end !== undefined && end > now - LATELY_MS && play && record
        ? [{ ...opening, end, ...endedBy, play, record }]
        : [];
    })
    .sort((a, b) => b.end - a.end || (a.key < b.key ? -1 : 1));
  return ended.slice(0, MOST).map(({ end, fact, attribute, to, play, record }) =>
    defined({
      at: toIso(end),
      text: fact
        ? sayEvent(fact.type)
        : attribute === undefined
          ? fillPhrase(play.title, look(record).situated, attributes)
          : sayValue(attributes, attribute, to),
      grade: fact?.grade,
    }),
  );
}
