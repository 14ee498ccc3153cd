import { createAgent, type Playbook } from 'opportune';
import { attributesOf } from '../../src/core/condition.js';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { openStore } from '../look.js';
import { loadPlaybook } from '../playbook-folder.js';
import { printable } from '../text.js';
import { assign } from './assign.js';
import { check } from './check.js';

/** The attribute by which the accounts of a trial differ, and what hangs on it. */
export interface TrialAttribute {
  /** Qualified. */
  readonly arm: string;
  /** The first is what the others are compared with. */
  readonly arms: readonly string[];
  readonly plays: ReadonlySet<string>;
}

export const trialCommand: Command = {
  name: 'trial',
  summary:
    'A small trial of two versions of a play: deals out accounts, looks as often as you like, and ends by itself.',
  usage:
    'trial (assign | check) --playbook P --into STORE --arm A [--only A=V] [--strata A,B] [--success TYPE,TYPE] [--guardrail TYPE,TYPE] [--days N] [--matters R] [--alpha R] [--entry seen|assigned] [--json]',
  options: [
    { name: 'playbook', value: 'P', about: 'the playbook folder', needed: true },
    { name: 'into', value: 'STORE', about: 'the folder of the store', needed: true },
    {
      name: 'arm',
      value: 'A',
      about:
        'the choice attribute of the account whose values are the arms; the first is the control',
      needed: true,
    },
    { name: 'only', value: 'A=V', about: 'assign: only accounts of which this is true' },
    { name: 'strata', value: 'A,B', about: 'assign: each combination is dealt out evenly' },
    {
      name: 'success',
      value: 'TYPE,TYPE',
      about: 'check: facts that are a success where the buyer did it, verified',
    },
    { name: 'guardrail', value: 'TYPE,TYPE', about: 'check: facts that must not be more frequent' },
    { name: 'days', value: 'N', about: 'check: how long an account has to act. Default: 30' },
    {
      name: 'matters',
      value: 'R',
      about: 'check: a difference of the rate that matters. Default: 0.1',
    },
    { name: 'alpha', value: 'R', about: 'check: how often a winner may be false. Default: 0.05' },
    {
      name: 'entry',
      value: 'WHEN',
      about: 'check: an account enters when a card is seen, or assigned. Default: seen',
    },
    JSON_OPTION,
  ],
  positionals: ['ACTION'],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [action = ''] = given.positionals;
  if (action !== 'assign' && action !== 'check')
    throw usageError(`there is no trial "${printable(action)}"`, 'Use assign or check');
  const own = action === 'assign' ? ['only', 'strata'] : CHECK_OPTIONS;
  for (const { name } of trialCommand.options)
    if (given.values[name] !== undefined && ![...SHARED, ...own].includes(name))
      throw usageError(`--${name} has no meaning for trial ${action}`, 'Leave it out');
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', terminal.now());
  const trial = readTrial(textOption(given, 'arm') ?? '', playbook);
  const store = openStore(textOption(given, 'into') ?? '');
  try {
    const agent = await createAgent({ store, clock: { now: () => terminal.now() } });
    const context = { given, terminal, playbook, trial, agent };
    return await (action === 'assign' ? assign(context) : check(context));
  } finally {
    await store.close();
  }
}

const SHARED = ['playbook', 'into', 'arm', 'json'];
const CHECK_OPTIONS = ['success', 'guardrail', 'days', 'matters', 'alpha', 'entry'];

function readTrial(arm: string, { attributes, plays }: Playbook): TrialAttribute {
  const declared = attributes.find(({ id }) => id === arm);
  const arms = declared?.values?.map(({ id }) => id) ?? [];
  if (
    declared?.of !== 'account' ||
    declared.type !== 'choice' ||
    declared.derive ||
    arms.length < 2
  )
    throw usageError(
      `--arm ${printable(arm)} is no choice of the account with two values or more`,
      'Declare it in attributes.yaml: { id: trial, label: Trial, type: choice, of: account, values: [plain, other] }',
    );
  const own = plays.filter((play) =>
    [play.eligibility, play.applicability, play.suitability].some(
      (condition) => condition && attributesOf(condition).has(arm),
    ),
  );
  if (own.length === 0)
    throw usageError(
      `no play asks for ${printable(arm)}`,
      `Give each version of the card its arm: eligibility: { ${arm}: ${arms[0]} }`,
    );
  return { arm, arms, plays: new Set(own.map(({ id }) => id)) };
}
