import { statSync } from 'node:fs';
import { listOption, wholeOption } from '../analysis/read-question.js';
import { toReportText } from '../analysis/report-text.js';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { plural, printable } from '../text.js';
import { comparePolicies, POLICIES } from './compare-policies.js';
import { evaluateLog } from './evaluate-log.js';
import { logReport } from './log-report.js';
import { type Log, readLog } from './read-log.js';
import { readStoreLog } from './store-log.js';
import { readWorld } from './world.js';
import { worldReport } from './world-report.js';

export const simulateCommand: Command = {
  name: 'simulate',
  summary:
    'What a policy would earn: in a sales team of which everything is known, or told from a log that another policy made.',
  usage:
    'simulate --world FILE [--policy NAME,NAME] [--seeds N] [--seed S] [--json]\n  opportune simulate --log FILE|STORE --policy NAME,NAME [--clip N] [--shrink N] [--json]',
  options: [
    { name: 'world', value: 'FILE', about: 'a team in JSON: see examples/worlds' },
    { name: 'seeds', value: 'N', about: 'so many teams are drawn. Default: 10' },
    { name: 'seed', value: 'S', about: 'which teams: other texts draw others. Default: team' },
    {
      name: 'log',
      value: 'FILE',
      about: 'rounds: JSON Lines, CSV as the Open Bandit data, or the folder of a store',
    },
    {
      name: 'policy',
      value: 'NAME,NAME',
      about:
        'in a world some of ours, uniform, greedy, thompson, linucb; of a log uniform, given, greedy, only=ACTION, or a file of probabilities',
    },
    {
      name: 'clip',
      value: 'N',
      about: 'of a log: larger weights count as this. Default: the root of the number of rounds',
    },
    {
      name: 'shrink',
      value: 'N',
      about: 'of a log: how far large weights are trusted. Default: the square of --clip',
    },
    { name: 'playbook', value: 'P', about: 'of a store: the playbook folder' },
    {
      name: 'success',
      value: 'TYPE,TYPE',
      about: 'of a store: facts that are a success where the buyer did it, verified',
    },
    {
      name: 'situation',
      value: 'A',
      about: 'of a store: a choice attribute of the account by which plays differ',
    },
    { name: 'days', value: 'N', about: 'of a store: how long a buyer has to act. Default: 30' },
    JSON_OPTION,
  ],
  positionals: [],
  run: simulate,
};

const FOR_WORLDS = ['seeds', 'seed'];
const FOR_STORES = ['playbook', 'success', 'situation', 'days'];
const FOR_LOGS = ['clip', 'shrink', ...FOR_STORES];
const DAY = 86_400_000;
const MOST_SEEDS = 1_000;

async function simulate(given: Given, terminal: Terminal): Promise<number> {
  const [world, log] = [textOption(given, 'world'), textOption(given, 'log')];
  if ((world === undefined) === (log === undefined))
    throw usageError('it needs either --world or --log', 'See opportune simulate --help');
  const strange = (world === undefined ? FOR_WORLDS : FOR_LOGS).find(
    (name) => given.values[name] !== undefined,
  );
  if (strange !== undefined)
    throw usageError(
      `--${strange} goes with ${world === undefined ? '--world' : '--log'}`,
      'Leave it out',
    );
  if (world !== undefined) return tryPolicies(world, given, terminal);
  return judgePolicies(log ?? '', given, terminal);
}

async function tryPolicies(file: string, given: Given, terminal: Terminal): Promise<number> {
  const named = listOption(given, 'policy');
  const unknown = named.find((name) => !POLICIES.includes(name));
  if (unknown !== undefined)
    throw usageError(
      `--policy: there is no "${printable(unknown)}" for worlds`,
      `Use some of ${POLICIES.join(', ')}`,
    );
  const count = wholeOption(given, 'seeds', 1) ?? 10;
  if (count > MOST_SEEDS)
    throw usageError(`--seeds is ${count}`, `Give no more than ${MOST_SEEDS}`);
  const seed = textOption(given, 'seed') ?? 'team';
  const world = readWorld(file);
  const compared = await comparePolicies(world, {
    policies: named.length === 0 ? POLICIES : [...new Set(named)],
    seeds: Array.from({ length: count }, (_, i) => `${seed} ${i}`),
    onSeed(done) {
      terminal.signal.throwIfAborted();
      terminal.progress?.(`${done} of ${count} seeds`);
    },
  });
  terminal.progress?.('');
  terminal.out(
    given.values.json === true
      ? `${JSON.stringify(compared, null, 2)}\n`
      : toReportText(worldReport(world, compared)),
  );
  const isKept = compared.standings.every(({ broken }) => broken === 0);
  return isKept && compared.ours !== 'higher' ? 0 : 1;
}

async function judgePolicies(file: string, given: Given, terminal: Terminal): Promise<number> {
  const policies = listOption(given, 'policy');
  if (policies.length === 0)
    throw usageError('it needs --policy', 'Give uniform, given, greedy, only=ACTION, or a file');
  const [clip, shrink] = [weightOption(given, 'clip'), weightOption(given, 'shrink')];
  const isStore = file !== '-' && statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  const strange = isStore ? undefined : FOR_STORES.find((name) => given.values[name] !== undefined);
  if (strange !== undefined)
    throw usageError(`--${strange} goes with the folder of a store`, 'Leave it out');
  const { log, about } = isStore
    ? await openStoreLog(file, given, terminal)
    : { log: await readLog(file, terminal), about: `From ${printable(file)}.` };
  const evaluated = evaluateLog(log, policies, {
    ...(clip !== undefined && { clip }),
    ...(shrink !== undefined && { shrink }),
  });
  terminal.out(
    given.values.json === true
      ? `${JSON.stringify({ rounds: log.rounds.length, actions: log.actions, policies: evaluated }, null, 2)}\n`
      : toReportText(logReport(log, evaluated, about)),
  );
  return evaluated.every(({ doubts }) => doubts.length === 0) ? 0 : 1;
}

async function openStoreLog(
  file: string,
  given: Given,
  terminal: Terminal,
): Promise<{ readonly log: Log; readonly about: string }> {
  const playbook = textOption(given, 'playbook');
  const success = listOption(given, 'success');
  if (playbook === undefined || success.length === 0)
    throw usageError(
      'a store needs --playbook and --success',
      'Give the playbook folder, and the facts that are a success where the buyer did it',
    );
  const situation = textOption(given, 'situation');
  const days = wholeOption(given, 'days', 1) ?? 30;
  const question = { success, windowMs: days * DAY, ...(situation !== undefined && { situation }) };
  const log = await readStoreLog(given, terminal, question, playbook);
  const about = `From the store ${printable(file)}: ${plural(log.rounds.length, 'card')} that ${log.rounds.length === 1 ? 'was' : 'were'} drawn for the last place of three, and whether the buyer did one of these within ${plural(days, 'day')} after a rep acted on it: ${success.map(printable).join(', ')}. What is said here holds for that place and the accounts where cards are drawn. Left out: ${plural(log.waiting, 'drawn card')} whose time is not over, and ${plural(log.notDrawn, 'card')} that ${log.notDrawn === 1 ? 'was' : 'were'} not drawn, of which nothing can be told, since nothing else could have stood there. The policy "given" shows the best of those among which was drawn.`;
  return { log, about };
}

function weightOption(given: Given, name: string): number | undefined {
  const written = textOption(given, name);
  if (written === undefined) return undefined;
  const number = written.trim() === '' ? Number.NaN : Number(written);
  if (number >= 0 && number <= 1e12) return number;
  throw usageError(`--${name} is "${printable(written)}"`, 'Give a number from 0 on');
}
