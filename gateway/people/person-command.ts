import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { openStore } from '../look.js';
import { plural, printable } from '../text.js';
import { erasePerson, resumeErasures } from './erase-person.js';
import { toErasureText } from './erasure-text.js';
import { exportPerson } from './export-person.js';
import { findPerson, type Wanted } from './find-person.js';
import { type FolderPeople, openFolderPeople } from './folder-people.js';

export const personCommand: Command = {
  name: 'person',
  summary:
    "Erases one person, or exports all that is held on one, over all accounts. Erasing can't be undone.",
  usage:
    'person erase|export --store S (--id ID | --email A) [--yes] [--master-key PLACE] [--json]',
  options: [
    { name: 'store', value: 'S', about: 'the store that opportune import has made', needed: true },
    { name: 'id', value: 'ID', about: 'the contact: connection:contact:id' },
    { name: 'email', value: 'A', about: 'an email address that the contact has' },
    { name: 'yes', about: 'erase; without it you are told what would be erased' },
    {
      name: 'master-key',
      value: 'PLACE',
      about: 'env:NAME or file:PATH, where the texts in the store are sealed',
    },
    JSON_OPTION,
  ],
  positionals: ['erase|export'],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [verb = ''] = given.positionals;
  if (verb !== 'erase' && verb !== 'export')
    throw usageError(
      `"${printable(verb)}" is nothing to do with a person`,
      'Write erase or export',
    );
  const wanted = toWanted(given);
  const folder = textOption(given, 'store') ?? '';
  const store = openStore(folder);
  try {
    const people = openFolderPeople(folder, store, {
      clock: { now: terminal.now },
      masterKey: textOption(given, 'master-key'),
    });
    try {
      const known =
        verb === 'export'
          ? await tellAll(people, wanted, terminal)
          : given.values.yes === true
            ? await erase(people, wanted, given, terminal)
            : await tellWhat(people, wanted, terminal);
      if (verb === 'erase' && given.values.yes === true) await store.scrub();
      return known ? 0 : 1;
    } finally {
      people.close();
    }
  } finally {
    await store.close();
  }
}

function toWanted(given: Given): Wanted {
  const [id, address] = [textOption(given, 'id'), textOption(given, 'email')];
  if ((id === undefined) === (address === undefined))
    throw usageError('it is not clear who is meant', 'Give one of --id and --email');
  if (id === undefined) return { address: address ?? '' };
  if (!/^[^:|\s]+:contact:[^|]+$/.test(id))
    throw usageError(
      `--id: "${printable(id)}" is no contact`,
      'Write the id: connection:contact:id',
    );
  return { id };
}

function unknown(terminal: Terminal): false {
  terminal.problem('opportune: nobody is known by that; erased persons are not known either\n');
  return false;
}

async function tellAll(
  { store, clock, pseudonyms }: FolderPeople,
  wanted: Wanted,
  terminal: Terminal,
): Promise<boolean> {
  const pieces = await exportPerson(store, wanted, { pseudonyms, now: clock.now() });
  if (!pieces) return unknown(terminal);
  for await (const piece of pieces) terminal.out(piece);
  return true;
}

async function tellWhat(
  { store }: FolderPeople,
  wanted: Wanted,
  terminal: Terminal,
): Promise<boolean> {
  const person = await findPerson(store, wanted);
  if (!person) return unknown(terminal);
  const { ids, accounts } = person;
  terminal.problem(
    `opportune: ${ids.map(printable).join(', ')} of ${plural(accounts.length, 'account')} would be erased; this cannot be undone. Add --yes to do it\n`,
  );
  return false;
}

async function erase(
  people: FolderPeople,
  wanted: Wanted,
  given: Given,
  terminal: Terminal,
): Promise<boolean> {
  // Who was stopped halfway may be known by nothing but the note of it.
  const resumed = await resumeErasures(people);
  const report = await erasePerson(people, wanted);
  const reports = [...resumed, ...(report ? [report] : [])];
  if (reports.length === 0) return unknown(terminal);
  for (const one of reports)
    terminal.out(
      given.values.json === true ? `${JSON.stringify(one, null, 2)}\n` : toErasureText(one),
    );
  return true;
}
