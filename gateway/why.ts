import { OpportuneError } from 'opportune';
import { findNearest } from '../connectors/reading/nearest.js';
import { type Command, type Given, JSON_OPTION, type Terminal } from './command.js';
import { LOOK_OPTIONS, look } from './decide.js';
import { toVerdictText } from './decision-text.js';

export const whyCommand: Command = {
  name: 'why',
  summary: 'Why one play is shown for an account, or why not, in plain words. Changes nothing.',
  usage: 'why PLAY --playbook P --store S --account ID [--rep ID] [--now T] [--json]',
  options: [...LOOK_OPTIONS, JSON_OPTION],
  positionals: ['PLAY'],
  run: why,
};

async function why(given: Given, terminal: Terminal): Promise<number> {
  const [play = ''] = given.positionals;
  return look(given, terminal, async ({ agent, record, asker, playbook }) => {
    const ids = playbook.plays.map(({ id }) => id);
    if (!ids.includes(play)) {
      const near = findNearest(play, ids);
      throw new OpportuneError('opportune/usage', `there is no play "${play}"`, {
        remedy:
          near === undefined
            ? 'opportune check lists what a playbook holds'
            : `Did you mean "${near}"?`,
      });
    }
    const decision = await agent.decide(record, asker, { verdicts: 'all' });
    const verdicts = decision.verdicts.filter((verdict) => verdict.play === play);
    const own = verdicts.filter((verdict) => verdict.record === record);
    const told = own.length > 0 ? own : verdicts;
    if (given.values.json === true) {
      const [first, ...others] = told;
      terminal.out(
        `${JSON.stringify(first ? { ...first, ...(others.length > 0 && { others }) } : { play, record, verdict: null }, null, 2)}\n`,
      );
    } else if (told.length === 0)
      terminal.out(
        `${play} is about a kind of record that this account has none of, or may not be seen by this rep.\n`,
      );
    else terminal.out(toVerdictText(told, decision, playbook));
    return told.length > 0 ? 0 : 1;
  });
}
