import { createHmac } from 'node:crypto';
import type { RecordId } from 'opportune';
import { ERASED } from '../../src/domain/value.js';

/** What stands for persons and their addresses once they are erased, by the tenant's secret alone. */
export interface Pseudonyms {
  /** The id under which the skeletons of a contact's facts go on. The same each time, so that erasing may be done twice. */
  of(contact: RecordId): RecordId;
  /** The same for the CRM's own id, as it stands in ids of facts. */
  ofPart(part: string): string;
  hashId(contact: RecordId): string;
  hashAddress(address: string): string;
  /** A name as it is written in what concerns an account: elsewhere somebody else may be called so. */
  hashName(name: string, account: RecordId): string;
  /** That names are looked for in what concerns an account. */
  hashAccount(account: RecordId): string;
}

/** Lower case, NFC, without what surrounds it: `Dana <Dana@Kestrel.example>` is `dana@kestrel.example`. */
export function toAddress(text: string): string {
  const inner = /<([^<>]*@[^<>]*)>/.exec(text)?.[1] ?? text;
  return inner
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/^mailto:/, '');
}

export const isAddress = (text: string): boolean => /^[^\s@<>]+@[^\s@<>]+$/.test(toAddress(text));

const toName = (text: string): string =>
  text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');

export function createPseudonyms(secret: Uint8Array): Pseudonyms {
  const keyed = (kind: string, text: string): string =>
    createHmac('sha256', secret).update(`${kind}\n`).update(text, 'utf8').digest('hex');
  return {
    of: (contact) => `${ERASED}:contact:${keyed('pseudonym', contact).slice(0, 32)}`,
    ofPart: (part) => keyed('part', part).slice(0, 32),
    hashId: (contact) => keyed('id', contact.normalize('NFC')),
    hashAddress: (address) => keyed('address', toAddress(address)),
    hashName: (name, account) => keyed('name', `${account}\n${toName(name)}`),
    hashAccount: (account) => keyed('account', account),
  };
}
