import { deleteIndexedDbStore, openIndexedDbStore } from 'opportune/stores/indexed-db';

export interface Settings {
  readonly crm: 'salesforce' | 'hubspot';
  /** Where a rep signs in to Salesforce; the company's own address in place of the usual one. */
  readonly loginUrl: string;
  readonly clientId: string;
  /** Of the CRM's API. */
  readonly apiVersion: string;
  /** Of the rep at HubSpot, whose token says only who made it. */
  readonly email: string;
  /** Of the compiled playbook. */
  readonly playbookUrl: string;
  /** Of the mapping file; empty: {@link map} is what was written here. */
  readonly mapUrl: string;
  readonly map: string;
  /** The field of activities that holds our key; empty: answers stay on this device. */
  readonly keyField: string;
}

/** Who is signed in, with what is never shown, logged or sent anywhere but to the CRM. */
export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Of the company at Salesforce. */
  readonly instanceUrl?: string;
  /** The CRM's own id of the rep. */
  readonly user: string;
  readonly name: string;
  /** As in the addresses of its pages: a host of Salesforce, the number of a HubSpot account. */
  readonly company: string;
}

/**
 * Kept in the extension's own IndexedDB, which no page and no content script can open, unlike `chrome.storage.local`.
 */
export interface SettingsStore {
  read(): Promise<Settings>;
  write(settings: Settings): Promise<void>;
  signedIn(): Promise<SignedIn | undefined>;
  setSignedIn(signedIn: SignedIn | undefined): Promise<void>;
  close(): Promise<void>;
}

export const NO_SETTINGS: Settings = {
  crm: 'salesforce',
  loginUrl: 'https://login.salesforce.com',
  clientId: '',
  apiVersion: '62.0',
  email: '',
  playbookUrl: '',
  mapUrl: '',
  map: '',
  keyField: '',
};

const NAME = 'opportune-settings';
/** What the agent keeps. */
export const AGENT_STORE = 'opportune';
const CHANNEL = 'opportune-settings';

export async function openSettings(): Promise<SettingsStore> {
  const store = await openIndexedDbStore(NAME);
  return {
    async read() {
      const own = (await store.get('settings')) as Partial<Settings> | undefined;
      return { ...NO_SETTINGS, ...own, ...(await readPolicy()) };
    },
    async write(settings) {
      await store.put('settings', settings);
      tellChanged();
    },
    signedIn: async () => (await store.get('signed-in')) as SignedIn | undefined,
    async setSignedIn(signedIn) {
      if (signedIn) await store.put('signed-in', signedIn);
      else await store.drop('signed-in');
    },
    close: () => store.close(),
  };
}

/** What the admin of the browser has set, by name: it is not asked for, and holds against what was. */
export async function readPolicy(): Promise<Partial<Settings>> {
  const given = await chrome.storage.managed.get().catch(() => ({}));
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => name in NO_SETTINGS && typeof value === 'string' && value !== '',
    ),
  );
}

/** Every page of the extension begins anew. */
export function tellChanged(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('changed');
  channel.close();
}

export function onChanged(listener: () => void): void {
  new BroadcastChannel(CHANNEL).addEventListener('message', listener);
}

/** What was learned from the CRM, and what was answered and not written there. */
export const forgetCustomers = (): Promise<void> => deleteIndexedDbStore(AGENT_STORE);

/** All that the extension keeps. */
export async function forgetEverything(): Promise<void> {
  await deleteIndexedDbStore(AGENT_STORE);
  await deleteIndexedDbStore(NAME);
}
