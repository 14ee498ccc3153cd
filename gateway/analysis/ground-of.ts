import { loadHighsSolver } from '../../src/day/highs-solver.js';
import type { Ground } from '../../src/insights/ground.js';
import { type Given, type Terminal, textOption } from '../command.js';
import { pause } from '../pause.js';
import { loadPlaybook, readPlaybookFolder } from '../playbook-folder.js';
import { openFacts } from '../replay-facts.js';
import { eachAccount } from './each-account.js';

/** What the options name to be looked at, and how many of its facts are told of a time to come. */
export function groundOf(
  given: Given,
  terminal: Terminal,
): { readonly ground: Ground; futureFacts(): number } {
  const folder = textOption(given, 'playbook') ?? '';
  const now = terminal.now();
  let future = 0;
  const ground: Ground = {
    playbook: loadPlaybook(folder, now),
    files: readPlaybookFolder(folder),
    solver: loadHighsSolver,
    now,
    async ofRep(rep) {
      const facts = await openFacts(textOption(given, 'facts') ?? '', terminal);
      await facts.close();
      return facts.people.get(rep) ?? [];
    },
    eachAccount: (take) =>
      eachAccount(given, terminal, (account, facts) => {
        for (const { occurredAt } of facts) if (occurredAt > now) future++;
        take(account, facts);
      }),
    pause,
    signal: terminal.signal,
    progress: (share) => terminal.progress?.(`${Math.round(100 * share)} % looked through`),
  };
  return { ground, futureFacts: () => future };
}
