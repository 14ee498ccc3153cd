import type { Fact } from 'opportune';
import { analyzeTrial, type Trial } from '../../src/analyze-trial.js';
import { createTrialBook, toEndedFact } from '../../src/trial-book.js';
import { eachAccount } from '../analysis/each-account.js';
import { listOption, rateOption, wholeOption } from '../analysis/read-question.js';
import { toReportText } from '../analysis/report-text.js';
import { textOption, usageError } from '../command.js';
import { factsOf, type TrialContext } from './assign.js';
import { trialReport } from './trial-report.js';

/** How the trial stands; where it must end, every account is put back into the first arm. */
export async function check(context: TrialContext): Promise<number> {
  const { given, terminal, trial, agent } = context;
  const { arm, arms, plays } = trial;
  const success = listOption(given, 'success');
  if (success.length === 0)
    throw usageError(
      'trial check needs --success',
      'Name what a buyer does: --success meeting-held',
    );
  const entry = textOption(given, 'entry') ?? 'seen';
  if (entry !== 'seen' && entry !== 'assigned')
    throw usageError('--entry is neither seen nor assigned', 'Write --entry seen');
  const guardrails = listOption(given, 'guardrail');
  const windowDays = wholeOption(given, 'days', 1) ?? 30;
  const book = createTrialBook({ arm, plays, entry, success, guardrails, windowDays });
  await eachAccount(factsOf(given), terminal, book.add);
  const { accounts } = book.finish();
  const now = terminal.now();
  const found = analyzeTrial(accounts, {
    arms,
    guardrails,
    windowDays,
    now,
    alpha: rateOption(given, 'alpha', 0.05),
    matters: rateOption(given, 'matters', 0.1),
  });
  const ends = found.stop.length > 0 && !found.ended;
  if (ends)
    await agent.record(
      accounts.map((one): Fact => toEndedFact(arm, one.account, arms[0] as string, now)),
    );
  terminal.out(
    given.values.json === true
      ? `${JSON.stringify({ arm, success, windowDays, ...found, endedNow: ends }, null, 2)}\n`
      : toReportText(trialReport(found, { arm, success, guardrails, windowDays, endsNow: ends })),
  );
  return isAnswered(found) ? 0 : 1;
}

/** The answer is no while nothing can be said yet. */
function isAnswered({ comparisons, stop }: Trial): boolean {
  return stop.length > 0 || comparisons.some(({ verdict }) => verdict.is !== 'not-enough-yet');
}
