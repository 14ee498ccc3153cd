import type { Response, ResponseRequest } from '../domain/response.js';
import type { RecordId } from '../domain/value.js';
import type { PanelSession } from '../domain/view.js';
import type { Desk } from './desk.js';
import { clean, createWords } from './format.js';
import { toRefusal } from './receipts.js';

/** What an answer hangs on. */
type About = Pick<ResponseRequest, 'play' | 'record' | 'account' | 'opening'>;

/** Tries on their way: kept here until they are sent, as answers are. `told` hears what became of each. */
export function createTrySender(
  { queue, clock, strings, newId }: Desk,
  asker: RecordId,
  about: (card?: string) => About,
  told: (text: string) => void,
): Pick<PanelSession, 'beginTry' | 'endTry'> {
  async function send(response: Response, of: About, text: string, done: string): Promise<string> {
    const sent = await queue.send({
      request: { ...of, id: newId(), asker, occurredAt: clock.now(), response },
      title: text,
      text,
    });
    const said =
      sent === 'lost'
        ? strings.sayNotKept
        : sent === 'queued'
          ? strings.sayQueued
          : (toRefusal(sent, '', text, { words: words(), who: () => '' })?.note ?? done);
    told(said);
    return said;
  }
  const words = (): ReturnType<typeof createWords> => createWords(strings, {}, clock.now());
  return {
    beginTry(card, plan) {
      const text = words().fill(strings.tryNew, { how: clean(plan.how) });
      return send({ kind: 'try', ...plan }, about(card), text, strings.tryStarted);
    },
    endTry: ({ id, play }) =>
      send(
        { kind: 'end-try', of: id },
        { ...about(), play },
        strings.myTries,
        strings.tryStopped.rep,
      ),
  };
}
