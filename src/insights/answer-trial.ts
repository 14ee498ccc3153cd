import { createTrialStand } from '../stand-of-trial.js';
import type { Answered, Ground } from './ground.js';
import type { TrialQuestion } from './question.js';
import { trialReport } from './trial-report.js';

/** How a trial of the playbook stands: as often as anybody likes, since its intervals hold at all looks together. */
export async function answerTrial(
  { arm }: TrialQuestion,
  { playbook, now, eachAccount }: Ground,
): Promise<Answered> {
  const settings = playbook.trials?.find((one) => one.arm === arm);
  if (!settings)
    return {
      result: { arm, trial: 'not set' },
      report: {
        title: 'How the trial stands',
        lead: [`The playbook has no trial of ${arm} any more.`],
        sections: [],
      },
      found: false,
    };
  const stand = createTrialStand(playbook, settings);
  await eachAccount(stand.add);
  const { trial } = stand.finish(now);
  const label = playbook.attributes.find(({ id }) => id === arm)?.label ?? arm;
  return {
    result: { arm, success: settings.success, windowDays: settings.days, ...trial },
    report: trialReport(trial, { ...settings, arm: label }, { endsNow: false }),
    found: trial.comparisons.some(({ estimate }) => estimate !== undefined),
  };
}
