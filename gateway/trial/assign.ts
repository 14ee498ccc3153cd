import type { Agent, Playbook, TrialSettings } from 'opportune';
import { assignTrial } from '../../src/assign-trial.js';
import { armsOf } from '../../src/domain/trial.js';
import { createCandidateBook } from '../../src/trial-candidates.js';
import { eachAccount } from '../analysis/each-account.js';
import { knownAttribute, readIs } from '../analysis/read-question.js';
import { type Given, type Terminal, textOption, usageError } from '../command.js';
import { count, plural, printable } from '../text.js';

export interface TrialContext {
  readonly given: Given;
  readonly terminal: Terminal;
  readonly playbook: Playbook;
  readonly trial: TrialSettings;
  /** Of the store. */
  readonly agent: Agent;
}

/** The store of `--into` as the facts that are read. */
export const factsOf = (given: Given): Given => ({
  ...given,
  values: { ...given.values, facts: textOption(given, 'into') },
});

/** Gives each account that has none an arm, as a fact in the store. */
export async function assign({
  given,
  terminal,
  playbook,
  trial: { arm, strata: named },
  agent,
}: TrialContext): Promise<number> {
  const arms = armsOf(playbook, arm);
  const strata = named.map((name) => {
    const id = knownAttribute(name, 'strata', playbook);
    const type = playbook.attributes.find((one) => one.id === id)?.type;
    if (!id.startsWith('account.') || (type !== 'choice' && type !== 'boolean'))
      throw usageError(
        `--strata: ${printable(id)} is no choice and no yes or no of the account`,
        'Name attributes that have a few values',
      );
    return id;
  });
  const only =
    textOption(given, 'only') === undefined ? undefined : readIs(given, 'only', playbook);
  if (only && !only.attribute.startsWith('account.'))
    throw usageError('--only is not about the account', 'Write --only account.segment=large');
  const book = createCandidateBook(playbook, strata);
  await eachAccount(factsOf(given), terminal, book.add);
  const chosen = book
    .finish()
    .filter((one) => !only || only.values.some((value) => value === one.held(only.attribute)));
  const found = assignTrial(chosen, { arm, arms, now: terminal.now() });
  const { added } = await agent.record(found.facts);
  if (given.values.json === true)
    terminal.out(`${JSON.stringify({ arm, ...found, facts: undefined, added }, null, 2)}\n`);
  else {
    const lines = found.arms.map(
      ({ arm: name, groups }) => `${name}: ${plural(groups, 'buying group')}`,
    );
    terminal.out(
      `${lines.join('\n')}\n${plural(added, 'account')} got an arm now, ${count(found.held)} had one.${found.heldOut > 0 ? ` ${plural(found.heldOut, 'account')} of the holdout ${found.heldOut === 1 ? 'is' : 'are'} left out.` : ''}\n`,
    );
  }
  return found.arms.some(({ groups }) => groups > 0) ? 0 : 1;
}
