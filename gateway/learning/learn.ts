import { COMPANY, createAgent, type LearningSettings, type Playbook } from 'opportune';
import { USUAL_LEARNING } from '../../src/domain/trial.js';
import { learnReport } from '../../src/insights/learn-report.js';
import { createLearnBook, type Learned, toLearnedFact } from '../../src/learn-book.js';
import { withCosts } from '../../src/learn-costs.js';
import { tellNewReps } from '../../src/new-reps.js';
import { eachAccount } from '../analysis/each-account.js';
import { knownAttribute, listOption, wholeOption } from '../analysis/read-question.js';
import { toReportText } from '../analysis/report-text.js';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { openStore } from '../look.js';
import { parseMoment } from '../moments.js';
import { loadPlaybook } from '../playbook-folder.js';
import { printable } from '../text.js';
import { createPlanPrices } from './price-plans.js';

export const learnCommand: Command = {
  name: 'learn',
  summary:
    'Learns from what buyers did how likely each play comes off, and lets the cards go by it.',
  usage:
    'learn --playbook P --into STORE [--success TYPE,TYPE] [--situation A] [--days N] [--half-life N] [--explore N] [--costs] [--as-of T] [--dry-run] [--json]',
  options: [
    { name: 'playbook', value: 'P', about: 'the playbook folder', needed: true },
    { name: 'into', value: 'STORE', about: 'the folder of the store', needed: true },
    {
      name: 'success',
      value: 'TYPE,TYPE',
      about:
        'facts that are a success where the buyer did it, verified. Default, as of the others: what the playbook says in learning',
    },
    {
      name: 'situation',
      value: 'A',
      about: 'a choice attribute of the account by which plays differ',
    },
    { name: 'days', value: 'N', about: 'how long a buyer has to act. Default: 30' },
    {
      name: 'half-life',
      value: 'N',
      about: 'days after which something counts half. Default: 180',
    },
    {
      name: 'explore',
      value: 'N',
      about: 'accounts of each rep that may see a card nearly as good as the best. Default: 0',
    },
    {
      name: 'costs',
      about:
        'plans the next day of each rep, and learns from it what minutes and touches bring elsewhere',
    },
    { name: 'as-of', value: 'T', about: 'as things stood then. Default: now' },
    { name: 'dry-run', about: 'tell, and store nothing' },
    JSON_OPTION,
  ],
  positionals: [],
  run: learn,
};

const MOST_EXPLORED = 1_000;

async function learn(given: Given, terminal: Terminal): Promise<number> {
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', terminal.now());
  const settings = readSettings(given, playbook);
  const asOf = textOption(given, 'as-of');
  const now = asOf === undefined ? terminal.now() : parseMoment(asOf, '--as-of');
  const into = textOption(given, 'into') ?? '';
  const book = createLearnBook(playbook, settings, now);
  const prices = settings.costs && (await openPrices(into, playbook, now));
  const from = { ...given, values: { ...given.values, facts: into } };
  await eachAccount(from, terminal, (account, facts) => {
    book.add(account, facts);
    if (prices) prices.add(account, facts);
  });
  const learned = book.finish();
  const { outcomes: found } = learned;
  const judged = learned.judge();
  const parameters = withCosts(learned.parameters, prices && (await prices.finish()));
  const isStored = given.values['dry-run'] !== true;
  if (isStored)
    await store(into, { ...learned, parameters }, { ...playbook, learning: settings }, terminal);
  const acceptance = Object.fromEntries(found.acceptance);
  terminal.out(
    given.values.json === true
      ? `${JSON.stringify({ parameters, acceptance, exposures: found.exposures.length, judged, stored: isStored }, null, 2)}\n`
      : toReportText(
          learnReport(playbook, {
            ...{ parameters, ...found, judged, success: settings.success, isStored },
            pricesPlans: settings.costs === true,
          }),
        ),
  );
  return found.exposures.length > 0 ? 0 : 1;
}

async function openPrices(into: string, playbook: Playbook, now: number) {
  const open = openStore(into);
  try {
    return await createPlanPrices({ store: open, playbook, now });
  } finally {
    await open.close();
  }
}

async function store(
  into: string,
  { parameters, reps }: Learned,
  playbook: Playbook,
  terminal: Terminal,
): Promise<void> {
  const open = openStore(into);
  try {
    const now = terminal.now();
    const agent = await createAgent({ store: open, clock: { now: () => now } });
    const ofReps = await tellNewReps(reps, { playbook, store: open, now });
    await agent.record([toLearnedFact(parameters, now, COMPANY), ...ofReps]);
  } finally {
    await open.close();
  }
}

/** As the options say, and otherwise as the playbook does. */
function readSettings(given: Given, playbook: Playbook): LearningSettings {
  const { learning } = playbook;
  const usual = learning ?? USUAL_LEARNING;
  const success =
    given.values.success === undefined ? (learning?.success ?? []) : listOption(given, 'success');
  if (success.length === 0)
    throw usageError(
      'it needs --success',
      'Name what a buyer does, here or in the playbook’s learning: --success replied,meeting-held',
    );
  const explore = wholeOption(given, 'explore', 0) ?? usual.explore;
  if (explore > MOST_EXPLORED)
    throw usageError(`--explore is ${explore}`, `Give no more than ${MOST_EXPLORED} a rep`);
  const situation = readSituation(given, playbook) ?? learning?.situation;
  return {
    success,
    days: wholeOption(given, 'days', 1) ?? usual.days,
    halfLife: wholeOption(given, 'half-life', 1) ?? usual.halfLife,
    ...(situation !== undefined && { situation }),
    explore,
    ...(learning?.newReps && { newReps: learning.newReps }),
    ...((given.values.costs === true || learning?.costs) && { costs: true }),
  };
}

function readSituation(given: Given, playbook: Playbook): string | undefined {
  const written = textOption(given, 'situation');
  if (written === undefined) return undefined;
  const id = knownAttribute(written, 'situation', playbook);
  const declared = playbook.attributes.find((one) => one.id === id);
  if (declared?.of === 'account' && declared.type === 'choice' && !declared.derive) return id;
  throw usageError(
    `--situation: ${printable(id)} is no choice of the account that records hold`,
    'Name one like account.segment',
  );
}
