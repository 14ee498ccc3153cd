import { writeFileSync } from 'node:fs';
import {
  type Decision,
  OpportuneError,
  type Playbook,
  type RecordId,
  type Store,
  type SubjectKey,
} from 'opportune';
import { type Command, type Given, JSON_OPTION, type Terminal, textOption } from '../command.js';
import { createLook, openStore, ownerOf, resolveId } from '../look.js';
import { parseMoment } from '../moments.js';
import { loadPlaybook } from '../playbook-folder.js';
import { plural, printable } from '../text.js';
import { toDigestHtml } from './digest-html.js';
import { DIGEST_ENGLISH } from './digest-strings.js';
import { toDigestText } from './digest-text.js';
import { planDigest } from './plan-digest.js';
import { createRecordLink } from './record-link.js';

/** Where the link that stops the mail leads in a preview: nowhere. */
const PREVIEW_STOP = 'https://opportune.invalid/preview';

export const digestCommand: Command = {
  name: 'digest',
  summary: 'The morning mail of one rep, as it would be at one moment. Sends nothing.',
  usage:
    'digest --playbook P --store S --rep ID [--now T] [--zone Z] [--link URL] [--html FILE | --json]',
  options: [
    { name: 'playbook', value: 'P', about: 'the playbook folder', needed: true },
    { name: 'store', value: 'S', about: 'the store that opportune import has made', needed: true },
    { name: 'rep', value: 'ID', about: 'who gets it', needed: true },
    { name: 'now', value: 'T', about: 'a day or a time; default: now' },
    { name: 'zone', value: 'Z', about: "the rep's time zone; default: the playbook's" },
    { name: 'link', value: 'URL', about: 'where a record opens: https://crm.example.com/{id}' },
    { name: 'html', value: 'FILE', about: 'writes the mail as a page' },
    JSON_OPTION,
  ],
  positionals: [],
  run: digest,
};

async function digest(given: Given, terminal: Terminal): Promise<number> {
  const at = textOption(given, 'now');
  const now = at === undefined ? terminal.now() : parseMoment(at, '--now');
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', now);
  const store = openStore(textOption(given, 'store') ?? '');
  try {
    const rep = await findRep(store, textOption(given, 'rep') ?? '');
    const accounts = await accountsOf(store, rep);
    const decisions = await decideAll(store, accounts, { rep, playbook, now }, terminal);
    const template = textOption(given, 'link');
    const planned = planDigest({
      rep,
      decisions,
      playbook,
      strings: DIGEST_ENGLISH,
      now,
      zone: textOption(given, 'zone') ?? playbook.zone,
      link: createRecordLink(template === undefined ? {} : linkAll([rep, ...accounts], template)),
    });
    const file = textOption(given, 'html');
    if (given.values.json === true) terminal.out(`${JSON.stringify(planned, null, 2)}\n`);
    if ('nothing' in planned) {
      if (given.values.json !== true)
        terminal.out(
          `Nothing is worth doing in ${plural(accounts.length, 'account')} of ${printable(rep)}: no mail.\n`,
        );
      return 1;
    }
    if (file !== undefined) writeFileSync(file, toDigestHtml(planned, PREVIEW_STOP));
    if (file === undefined && given.values.json !== true)
      terminal.out(
        `Subject: ${printable(planned.subject)}\n\n${toDigestText(planned, PREVIEW_STOP)
          .split('\n')
          .map(printable)
          .join('\n')}`,
      );
    return 0;
  } finally {
    await store.close();
  }
}

async function findRep(store: Store, wanted: string): Promise<RecordId> {
  const rep = await resolveId(store, 'rep', wanted);
  if (rep !== undefined) return rep;
  throw new OpportuneError('opportune/usage', `--rep: no rep is known as "${printable(wanted)}"`, {
    remedy: 'Write the id: connection:rep:id',
  });
}

/** Those that the rep owns, or owns most of what is open in. */
async function accountsOf(store: Store, rep: RecordId): Promise<readonly SubjectKey[]> {
  const accounts: SubjectKey[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.keys('', after, 1_000);
    for (const key of page)
      if (key.split(':')[1] === 'account' && (await ownerOf(store, key)) === rep)
        accounts.push(key);
    after = page.at(-1);
    if (after === undefined) return accounts;
  }
}

async function decideAll(
  store: Store,
  accounts: readonly SubjectKey[],
  { rep, playbook, now }: { rep: RecordId; playbook: Playbook; now: number },
  terminal: Terminal,
): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  for (const account of accounts) {
    terminal.signal.throwIfAborted();
    terminal.progress?.(`${decisions.length + 1} of ${plural(accounts.length, 'account')}`);
    // A look of its own, as `decide` has it: the roll-out of a playbook counts a rep's cards over all accounts.
    const agent = await createLook({ store, account, asker: rep, playbook, now });
    decisions.push(await agent.decide(account, rep));
  }
  if (accounts.length > 0) terminal.progress?.('');
  return decisions;
}

function linkAll(records: readonly RecordId[], template: string): { [connection: string]: string } {
  return Object.fromEntries(records.map((record) => [record.split(':')[0], template]));
}
