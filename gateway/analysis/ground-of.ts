import { loadHighsSolver } from '../../src/day/highs-solver.js';
import type { Ground } from '../../src/insights/ground.js';
import { type Given, type Terminal, textOption } from '../command.js';
import { loadPlaybook, readPlaybookFolder } from '../playbook-folder.js';
import { eachAccount } from './each-account.js';

/** What the options name to be looked at. */
export function groundOf(given: Given, terminal: Terminal): Ground {
  const folder = textOption(given, 'playbook') ?? '';
  return {
    playbook: loadPlaybook(folder, terminal.now()),
    files: readPlaybookFolder(folder),
    now: terminal.now(),
    solver: loadHighsSolver,
    eachAccount: (take) => eachAccount(given, terminal, take),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    signal: terminal.signal,
    progress: (share) => terminal.progress?.(`${Math.round(100 * share)} % looked through`),
  };
}
