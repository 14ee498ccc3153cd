import { createActionBook } from '../action-book.js';
import { analyzeActions } from '../analyze-actions.js';
import { FEWEST_PEOPLE } from '../analyze-deals.js';
import { OpportuneError } from '../core/errors.js';
import type { RecordId } from '../domain/value.js';
import { actionsReport } from './actions-report.js';
import { standOfTries } from './answer-tries.js';
import { tooFew } from './cut-words.js';
import type { Answered, Ground } from './ground.js';
import { createPatternWords } from './pattern-words.js';
import type { ActionsQuestion } from './question.js';
import { text } from './report.js';
import { triesSections } from './tries-report.js';

/** A buyer who does anything about an action mostly does so within two weeks. */
export const WINDOW_DAYS = 14;

/**
 * What one rep did, or all together where they are five or more, and what buyers did after it.
 *
 * @throws OpportuneError `opportune/no-actions`: nothing is of this person, or several are called so
 */
export async function answerActions(
  { rep, windowDays = WINDOW_DAYS, until }: ActionsQuestion,
  ground: Ground,
): Promise<Answered> {
  const { playbook, now, eachAccount } = ground;
  const book = createActionBook(playbook, {
    windowDays,
    ...(until !== undefined && { until }),
  });
  await eachAccount(book.add);
  const { byRep, last } = book.finish();
  const who = rep === undefined ? undefined : findRep(rep, [...byRep.keys()]);
  if (byRep.size === 0) return noActions(playbook);
  if (who === undefined && byRep.size < FEWEST_PEOPLE) return tooFew();
  const own = who === undefined ? [...byRep.values()].flat() : [...(byRep.get(who) ?? [])];
  own.sort((one, other) => one.at - other.at);
  const options = { windowDays, zone: playbook.zone, until: until ?? last };
  const found = analyzeActions(own, options);
  const words = createPatternWords(playbook, { now });
  const tries =
    who === undefined ? [] : await standOfTries(who, (await ground.ofRep?.(who)) ?? [], ground);
  return {
    result: {
      ...(who === undefined ? { reps: byRep.size } : { rep: who }),
      ...found,
      ...(tries.length > 0 && { tries }),
    },
    report: actionsReport({
      found,
      words,
      tries: triesSections(tries, playbook),
      ...(who === undefined && { of: byRep.size }),
    }),
    found: found.all.actions > 0,
  };
}

function noActions({ contactPolicy: { touches } }: Ground['playbook']): Answered {
  const counted = Object.keys(touches).join(', ');
  return {
    result: { needed: `facts of a rep of the types ${counted}, or cards marked done`, got: 0 },
    report: {
      title: 'What was achieved by what was done',
      lead: [],
      sections: [
        {
          heading: 'No actions',
          blocks: [
            text(
              `No action towards a buyer is in the data. What counts are facts with the rep who did it (by) of the types that the contact policy of the playbook counts as touches: ${counted}; and cards that were marked done. Map what the CRM calls them to one of these, or name its type under touches.`,
            ),
          ],
        },
      ],
    },
    found: false,
  };
}

function findRep(asked: string, known: readonly RecordId[]): RecordId {
  const alike = known.includes(asked) ? [asked] : known.filter((one) => one.endsWith(`:${asked}`));
  const [found] = alike;
  if (found !== undefined && alike.length === 1) return found;
  throw new OpportuneError(
    'opportune/no-actions',
    alike.length > 1
      ? 'several people are called so'
      : 'no action towards a buyer is of this person',
    { where: asked, remedy: 'Write the id: connection:rep:id' },
  );
}
