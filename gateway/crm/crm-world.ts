import { fileURLToPath } from 'node:url';
import type { SourceFile } from 'opportune/plan';
import {
  APP,
  type Emulator,
  emulateSalesforce,
} from '../../test/emulators/salesforce/emulate-salesforce.js';
import { readPlaybookFolder } from '../playbook-folder.js';

/** What tests of a gateway with a CRM share: settings, a map, and a playbook with one play that touches a customer. */
export const SALESFORCE_MAP = `
connection: crm
zone: Europe/Berlin
currency: EUR
objects:
  User:
    facts:
      - record: rep
        set: { name: Name, email: Email }
  Account:
    facts:
      - record: account
        set: { name: Name, owner: { rep: OwnerId } }
  Contact:
    facts:
      - record: contact
        of: AccountId
        set: { name: Name, email: Email }
  Task:
    facts:
      - activity: email-received
        of: AccountId
        when: { TaskSubtype: Call, IsClosed: true }
        at: CompletedDateTime
        by: { contact: WhoId }
        set: { subject: Subject }
      - activity: call-made
        of: AccountId
        when: { TaskSubtype: [Task, Email], IsClosed: true }
        at: CompletedDateTime
        by: { rep: OwnerId }
        set: { subject: Subject }
`;

export const SECRET_NAME = 'CRM_SECRET';
/** Tests of commands work in a folder of their own. */
const PLAYBOOK = fileURLToPath(new URL('../../examples/hello/playbook', import.meta.url));

export const salesforceSettings = (
  { origin }: Pick<Emulator, 'origin'>,
  {
    minutes = 60,
    changeEvents = '[]',
  }: { readonly minutes?: number; readonly changeEvents?: string } = {},
): string => `
publicUrl: http://localhost:8474
tenants:
  acme:
    connections:
      crm:
        rules: { records: { account: everyone, contact: everyone, opportunity: everyone } }
        sync:
          map: map.yaml
          writeTo: OpportuneKey__c
          minutes: ${minutes}
          salesforce: { login: '${origin}', clientId: ${APP.clientId}, clientSecret: env:${SECRET_NAME}, changeEvents: ${changeEvents} }
`;

export const secretsWith =
  (map: string, secret: string) =>
  (kind: 'env' | 'file', name: string): string | undefined =>
    kind === 'file'
      ? name === 'map.yaml'
        ? map
        : undefined
      : name === SECRET_NAME
        ? secret
        : undefined;

/** The play about a buyer who is silent, whose action touches the buyer. */
export function callPlaybook(): readonly SourceFile[] {
  return readPlaybookFolder(PLAYBOOK).map((file) => ({
    ...file,
    text: file.text.replace('kind: call, minutes: 15', 'kind: call, touch: call, minutes: 15'),
  }));
}

/** Each account's buyer wrote long ago. */
export async function startSalesforce(accounts = 4, port = 0): Promise<Emulator> {
  return emulateSalesforce({ accounts, port });
}
