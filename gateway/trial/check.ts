import type { Trial } from '../../src/analyze-trial.js';
import { trialReport } from '../../src/insights/trial-report.js';
import { createTrialStand } from '../../src/stand-of-trial.js';
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
  const stand = createTrialStand(playbook, trial);
  await eachAccount(factsOf(given), terminal, stand.add);
  const { trial: found, ends: facts } = stand.finish(terminal.now());
  const ends = found.stop.length > 0 && !found.ended;
  if (ends) await agent.record(facts);
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
