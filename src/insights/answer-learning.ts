import { createLearnBook } from '../learn-book.js';
import type { Answered, Ground } from './ground.js';
import { learnReport } from './learn-report.js';

/** How likely plays come off by what buyers did, as the playbook says what counts. */
export async function answerLearning({ playbook, now, eachAccount }: Ground): Promise<Answered> {
  const { learning } = playbook;
  if (!learning)
    return {
      result: { learning: 'not set' },
      report: {
        title: 'How likely plays come off',
        lead: [
          'The playbook does not say what a success is. Name in its settings what a buyer does: learning, with success.',
        ],
        sections: [],
      },
      found: false,
    };
  const book = createLearnBook(playbook, learning, now);
  await eachAccount(book.add);
  const { parameters, outcomes, judge } = book.finish();
  const judged = judge();
  return {
    result: {
      parameters,
      acceptance: Object.fromEntries(outcomes.acceptance),
      exposures: outcomes.exposures.length,
      judged,
    },
    report: learnReport(playbook, { parameters, ...outcomes, judged, success: learning.success }),
    found: outcomes.exposures.length > 0,
  };
}
