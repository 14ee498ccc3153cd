import type { CrmRecord } from './messages.js';

/** The kinds of record that guidance is about, by what the CRM calls them. */
const KINDS: { readonly [object: string]: string } = {
  Account: 'account',
  Contact: 'contact',
  Opportunity: 'opportunity',
  '0-1': 'contact',
  '0-2': 'account',
  '0-3': 'opportunity',
};

/** The record's id here, on the connection that the rep is of; `undefined` for a kind that there is no guidance for. */
export function recordOf(rep: string, { object, id }: CrmRecord): string | undefined {
  const kind = Object.hasOwn(KINDS, object) ? KINDS[object] : undefined;
  return kind && `${rep.slice(0, rep.indexOf(':'))}:${kind}:${id}`;
}
