import { analyzeTrial, type Trial } from '../../src/analyze-trial.js';
import { armsOf, playsOfTrial } from '../../src/domain/trial.js';
import { trialReport } from '../../src/insights/trial-report.js';
import { createTrialBook, toEndedFact } from '../../src/trial-book.js';
import { eachAccount } from '../analysis/each-account.js';
import { toReportText } from '../analysis/report-text.js';
import { usageError } from '../command.js';
import { factsOf, type TrialContext } from './assign.js';

/** How the trial stands; where it must end, every account is put back into the first arm. */
export async function check(context: TrialContext): Promise<number> {
  const { given, terminal, trial, agent, playbook } = context;
  const { arm, success, days: windowDays } = trial;
  if (success.length === 0)
    throw usageError(
      'trial check needs --success',
      'Name what a buyer does: --success meeting-held',
    );
  const arms = armsOf(playbook, arm);
  const book = createTrialBook({
    ...trial,
    plays: playsOfTrial(arm, playbook.plays),
    windowDays,
  });
  await eachAccount(factsOf(given), terminal, book.add);
  const { accounts } = book.finish();
  const now = terminal.now();
  const found = analyzeTrial(accounts, { ...trial, arms, windowDays, now });
  const ends = found.stop.length > 0 && !found.ended;
  if (ends)
    await agent.record(
      accounts.map(({ account }) => toEndedFact(arm, account, arms[0] as string, now)),
    );
  terminal.out(
    given.values.json === true
      ? `${JSON.stringify({ arm, success, windowDays, ...found, endedNow: ends }, null, 2)}\n`
      : toReportText(trialReport(found, trial, { endsNow: ends })),
  );
  return isAnswered(found) ? 0 : 1;
}

/** The answer is no while nothing can be said yet. */
function isAnswered({ comparisons, stop }: Trial): boolean {
  return stop.length > 0 || comparisons.some(({ verdict }) => verdict.is !== 'not-enough-yet');
}
