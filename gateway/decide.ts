import type { Agent } from 'opportune';
import {
  type Decision,
  OpportuneError,
  type Playbook,
  type RecordId,
  type Store,
  type SubjectKey,
} from 'opportune';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Option,
  type Terminal,
  textOption,
  usageError,
} from './command.js';
import { toDecisionText } from './decision-text.js';
import { accountOf, createLook, openStore, ownerOf, resolveId } from './look.js';
import { parseMoment } from './moments.js';
import { loadPlaybook } from './playbook-folder.js';
import { printable } from './text.js';

/** What `decide` and `why` ask of. */
export const LOOK_OPTIONS: readonly Option[] = [
  { name: 'playbook', value: 'P', about: 'the playbook folder', needed: true },
  { name: 'store', value: 'S', about: 'the store that opportune import has made', needed: true },
  {
    name: 'account',
    value: 'ID',
    about: 'the account, or an opportunity or contact of one',
    needed: true,
  },
  { name: 'rep', value: 'ID', about: 'who asks; default: the owner' },
  { name: 'now', value: 'T', about: 'a day or a time; default: now' },
];

export const decideCommand: Command = {
  name: 'decide',
  summary: 'The next best actions for one account and one rep, at one moment. Changes nothing.',
  usage:
    'decide --playbook P --store S --account ID [--rep ID] [--now T] [--verdicts all] [--json]',
  options: [
    ...LOOK_OPTIONS,
    { name: 'verdicts', value: 'all', about: 'every play that is not shown, too' },
    JSON_OPTION,
  ],
  positionals: [],
  run: decide,
};

async function decide(given: Given, terminal: Terminal): Promise<number> {
  const verdicts = textOption(given, 'verdicts');
  if (verdicts !== undefined && verdicts !== 'all')
    throw usageError(
      `--verdicts is "${printable(verdicts)}"`,
      'Write --verdicts all, or leave it out',
    );
  return look(given, terminal, async ({ agent, record, asker, playbook }) => {
    const decision = await agent.decide(record, asker, verdicts === 'all' ? { verdicts } : {});
    terminal.out(
      given.values.json === true
        ? `${JSON.stringify(decision, null, 2)}\n`
        : toDecisionText(decision, playbook, verdicts === 'all'),
    );
    return isKnown(decision) ? 0 : 1;
  });
}

export interface Looking {
  readonly agent: Agent;
  readonly record: RecordId;
  readonly account: SubjectKey;
  readonly asker: RecordId;
  readonly playbook: Playbook;
}

/** Opens what the options name, and closes it when the work is done. The exit code is 1 for a record that is not there. */
export async function look(
  given: Given,
  terminal: Terminal,
  work: (looking: Looking) => Promise<number>,
): Promise<number> {
  const at = textOption(given, 'now');
  const now = at === undefined ? terminal.now() : parseMoment(at, '--now');
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', now);
  const store = openStore(textOption(given, 'store') ?? '');
  try {
    const wanted = textOption(given, 'account') ?? '';
    const record = await resolveId(store, 'account', wanted);
    const account = record === undefined ? undefined : await accountOf(store, record);
    if (record === undefined || account === undefined) {
      terminal.problem(
        `opportune: --account: nothing is known of "${printable(wanted)}"; ids read connection:account:id\n`,
      );
      return 1;
    }
    const asker = await findAsker(store, account, textOption(given, 'rep'));
    const agent = await createLook({ store, account, asker, playbook, now });
    return await work({ agent, record, account, asker, playbook });
  } finally {
    await store.close();
  }
}

async function findAsker(
  store: Store,
  account: SubjectKey,
  wanted: string | undefined,
): Promise<RecordId> {
  const found =
    wanted === undefined ? await ownerOf(store, account) : await resolveId(store, 'rep', wanted);
  if (found !== undefined) return found;
  throw wanted === undefined
    ? new OpportuneError('opportune/usage', `${account} has no owner`, {
        remedy: 'Say who asks with --rep ID',
      })
    : new OpportuneError('opportune/usage', `--rep: no rep is known as "${wanted}"`, {
        remedy: 'Write the id: connection:rep:id',
      });
}

function isKnown({ nothing }: Decision): boolean {
  return nothing?.because !== 'no-access';
}
