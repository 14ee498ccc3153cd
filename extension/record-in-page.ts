import { salesforceId } from '../connectors/salesforce/salesforce-connector.js';
import type { RecordKind } from '../src/domain/value.js';

/** The record that a page of a CRM shows. */
export interface PageRecord {
  readonly crm: 'salesforce' | 'hubspot';
  /** Whose it is: `acme.my.salesforce.com`, or the number of a HubSpot account. */
  readonly company: string;
  readonly kind: RecordKind;
  /** The CRM's own. */
  readonly id: string;
}

const SALESFORCE_HOST = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.lightning\.force\.com$/;
/** The object is missing in old links; what is below a record (`related/...`) is still that record. */
const SALESFORCE_PATH =
  /^\/lightning\/r\/(?:\w+\/)?([A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)\/(?:view|related)(?:\/|$)/;
/** How ids begin, the same in every company. */
const SALESFORCE_KINDS: { readonly [prefix: string]: RecordKind } = {
  '001': 'account',
  '003': 'contact',
  '006': 'opportunity',
};

const HUBSPOT_HOST = /^app(?:-[a-z]{2}\d)?\.hubspot\.com$/;
const HUBSPOT_PATH =
  /^\/contacts\/(\d+)\/(?:record\/(0-\d+)|(company|contact|deal))\/(\d+)(?:\/|$)/;
const HUBSPOT_KINDS: { readonly [object: string]: RecordKind } = {
  '0-1': 'contact',
  '0-2': 'account',
  '0-3': 'opportunity',
  contact: 'contact',
  company: 'account',
  deal: 'opportunity',
};

/** Reads an address; undefined where it shows no account, contact or opportunity of a CRM that is known. */
export function findRecord(address: string | undefined): PageRecord | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, hostname, pathname } = new URL(address);
  if (protocol !== 'https:') return undefined;
  const [, org] = SALESFORCE_HOST.exec(hostname) ?? [];
  if (org !== undefined) {
    const id = salesforceId(SALESFORCE_PATH.exec(pathname)?.[1] ?? '');
    const kind = SALESFORCE_KINDS[id?.slice(0, 3) ?? ''];
    if (id === undefined || kind === undefined) return undefined;
    return { crm: 'salesforce', company: `${org}.my.salesforce.com`, kind, id };
  }
  if (!HUBSPOT_HOST.test(hostname)) return undefined;
  const [, company, object = '', older = '', id] = HUBSPOT_PATH.exec(pathname) ?? [];
  const kind = HUBSPOT_KINDS[object || older];
  if (company === undefined || id === undefined || kind === undefined) return undefined;
  return { crm: 'hubspot', company, kind, id };
}

/** Whether an address is a page of a CRM, whatever it shows. */
export function isCrmPage(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return SALESFORCE_HOST.test(hostname) || HUBSPOT_HOST.test(hostname);
}
