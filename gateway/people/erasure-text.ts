import { count, moment, plural, table } from '../text.js';
import type { ErasureReport, OutOfReach } from './erase-person.js';

/** The report as an admin reads it, and may hand on to the person. */
export function toErasureText({ at, erased, outOfReach, pseudonyms }: ErasureReport): string {
  const { accounts, facts, keys, mentions, timelines } = erased;
  const rows = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  const keysText = keys > 0 ? `, and ${plural(keys, 'key')} destroyed` : '';
  return [
    `Erased on ${moment(at)}. What is left goes by ${pseudonyms.join(', ')}.\n\n`,
    `Gone from ${plural(timelines, 'timeline')}, ${plural(accounts.length, 'account')} among them${keysText}.\n`,
    'Of these facts the time, the type and the account are left, so that counts and sums stay:\n\n',
    table(['fact', 'number'], rows),
    mentions > 0
      ? `\nTaken out of ${plural(mentions, 'fact')} of others that gave the name.\n`
      : '',
    '\nOut of reach:\n',
    ...outOfReach.map((one) => `  ${outOfReachText(one)}\n`),
  ].join('');
}

function outOfReachText(one: OutOfReach): string {
  switch (one.kind) {
    case 'sent':
      return `${plural(one.count, 'message')} that were sent lie with who received them.`;
    case 'crm':
      return `The record in the CRM (${one.connections.join(', ')}): erase it there. Imports leave the person out from now on.`;
    case 'panels':
      return 'Panels without a line forget the person when they are back; what they keep lives 24 hours at most.';
    case 'backups':
      return 'Backups made before: whoever was erased is erased again when one is restored with the list of today.';
    case 'shared-addresses':
      return `${count(one.count)} of the addresses belong to other contacts too: nobody is recognised by them.`;
  }
}
