import { createAgent, type Playbook, type TrialSettings } from 'opportune';
import { armsOf, playsOfTrial, USUAL_TRIAL } from '../../src/domain/trial.js';
import { listOption, rateOption, wholeOption } from '../analysis/read-question.js';
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

export const trialCommand: Command = {
  name: 'trial',
  summary:
    'A small trial of two versions of a play: deals out accounts, looks as often as you like, and ends by itself.',
  usage:
    'trial (assign | check) --playbook P --into STORE [--arm A] [--only A=V] [--strata A,B] [--success TYPE,TYPE] [--guardrail TYPE,TYPE] [--days N] [--matters R] [--alpha R] [--entry seen|assigned] [--json]',
  options: [
    { name: 'playbook', value: 'P', about: 'the playbook folder', needed: true },
    { name: 'into', value: 'STORE', about: 'the folder of the store', needed: true },
    {
      name: 'arm',
      value: 'A',
      about:
        'the choice attribute of the account whose values are the arms; the first is the control. Default: that of the playbook’s only trial',
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
  const trial = readTrial(given, playbook);
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

/** As the options say, and otherwise as the playbook does of the same arm. */
function readTrial(given: Given, playbook: Playbook): TrialSettings {
  const { attributes, trials = [] } = playbook;
  const [only, ...others] = trials;
  const arm = textOption(given, 'arm') ?? (others.length === 0 ? only?.arm : undefined);
  if (arm === undefined)
    throw usageError('it needs --arm', 'Name the choice of the account that holds the arms');
  const declared = attributes.find(({ id }) => id === arm);
  if (
    declared?.of !== 'account' ||
    declared.type !== 'choice' ||
    declared.derive ||
    armsOf(playbook, arm).length < 2
  )
    throw usageError(
      `--arm ${printable(arm)} is no choice of the account with two values or more`,
      'Declare it in attributes.yaml: { id: trial, label: Trial, type: choice, of: account, values: [plain, other] }',
    );
  if (playsOfTrial(arm, playbook).size === 0)
    throw usageError(
      `no play and no content asks for ${printable(arm)}`,
      `Give each version of the card its arm: eligibility: { ${arm}: ${armsOf(playbook, arm)[0]} }`,
    );
  const written = trials.find((one) => one.arm === arm);
  const usual = written ?? USUAL_TRIAL;
  const listed = (option: string, other: readonly string[] = []): readonly string[] =>
    given.values[option] === undefined ? other : listOption(given, option);
  const entry = textOption(given, 'entry') ?? usual.entry;
  if (entry !== 'seen' && entry !== 'assigned')
    throw usageError('--entry is neither seen nor assigned', 'Write --entry seen');
  return {
    arm,
    success: listed('success', written?.success),
    guardrails: listed('guardrail', written?.guardrails),
    strata: listed('strata', written?.strata),
    days: wholeOption(given, 'days', 1) ?? usual.days,
    matters: rateOption(given, 'matters', usual.matters),
    alpha: rateOption(given, 'alpha', usual.alpha),
    entry,
    ...(written?.weights && { weights: written.weights }),
  };
}
