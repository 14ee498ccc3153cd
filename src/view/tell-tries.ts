import type { TryCount, TryStand } from '../domain/try.js';
import type { TriesView } from '../domain/view.js';
import { clean } from './format.js';
import { openTitle, type Reading } from './reading.js';

/** How a rep's tries stand, in words. */
export function toTries(tries: readonly TryStand[], { playbook, words }: Reading): TriesView {
  const { strings } = words;
  const acted = ({ known, succeeded }: TryCount): string =>
    words.count(strings.tryActed, known, { acted: words.number(succeeded) });
  const day = (at: string): string => words.day(words.dayOf(Date.parse(at)));
  const inHundred = (rate: number): string =>
    `${rate > 0 ? '+' : ''}${words.number(Math.round(100 * rate))}`;
  return {
    tries: tries.map((one): TriesView['tries'][number] => {
      const { id, play, isRunning, because, difference, waiting, verdict } = one;
      const how = clean(one.how);
      const title = openTitle(play, playbook);
      const [low = 0, high = 0] = difference?.interval ?? [];
      return {
        id,
        play,
        how: words.fill(strings.quote, { text: how }),
        meta: `${title} · ${words.fill(strings.trySpan, { from: day(one.startedAt), until: day(one.until) })}`,
        verdict:
          verdict.more === undefined
            ? strings.tryVerdicts[verdict.is]
            : words.count(strings.tryMore, verdict.more),
        lines: [
          words.fill(strings.tryDealt, {
            new: words.number(one.new.assigned),
            usual: words.number(one.usual.assigned),
          }),
          one.new.known + one.usual.known === 0
            ? strings.tryNobody
            : words.fill(strings.tryCounts, { new: acted(one.new), usual: acted(one.usual) }),
          ...(difference
            ? [
                words.fill(strings.tryDifference, {
                  value: inHundred(difference.value),
                  low: inHundred(low),
                  high: inHundred(high),
                }),
              ]
            : []),
          ...(waiting > 0
            ? [words.fill(strings.tryWaiting, { count: words.number(waiting) })]
            : []),
          ...(because ? [strings.tryStopped[because]] : []),
        ],
        isRunning,
        ...(verdict.is === 'better' && { tip: `${title}: ${how}` }),
      };
    }),
  };
}
