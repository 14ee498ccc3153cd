import { checkHubspotMap, prepareHubspot } from '../connectors/hubspot/hubspot-connector.js';
import {
  checkSalesforceMap,
  type MapProblem,
  parseFieldMap,
  proposeFieldMap,
} from '../connectors/salesforce/salesforce-connector.js';
import { openCrm, openHubspot, openSalesforce, redirectUri } from './open-crm.js';
import { readPlaybook, readText } from './playbook-address.js';
import {
  forgetCustomers,
  forgetEverything,
  NO_SETTINGS,
  openSettings,
  readPolicy,
  type Settings,
  type SettingsStore,
  type SignedIn,
  tellChanged,
} from './settings.js';
import { signInToHubspot, signInToSalesforce, signOut } from './sign-in.js';
import { CRM_NAMES } from './words.js';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const find = <Kind extends HTMLElement>(id: string): Kind =>
  document.querySelector(`#${id}`) as Kind;
const NAMES = Object.keys(NO_SETTINGS) as (keyof Settings)[];
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

void openSettings().then(start, (error: unknown) => say('saved', textOf(error), true));

async function start(store: SettingsStore): Promise<void> {
  find('callback').textContent = redirectUri();
  const policy = await readPolicy();
  const saved = await store.read();
  for (const name of NAMES) {
    const field = find<Field>(name);
    field.value = saved[name];
    if (name in policy) {
      field.disabled = true;
      field.title = 'Set by your company';
    }
  }
  const crm = find<HTMLSelectElement>('crm');
  const showFields = (): void => {
    for (const part of document.querySelectorAll<HTMLElement>('[data-for]'))
      part.hidden = part.dataset.for !== crm.value;
  };
  crm.addEventListener('change', () => {
    const version = find<HTMLInputElement>('apiVersion');
    if (!version.disabled) version.value = crm.value === 'hubspot' ? '' : NO_SETTINGS.apiVersion;
    showFields();
  });
  showFields();
  await showSignedIn(store);

  onPress('sign-in', 'sign-in-state', 'Signing in…', () => signIn(store));
  onPress('sign-out', 'sign-in-state', 'Signing out…', async () => {
    await signOut(await store.read(), store);
    await forgetCustomers();
    tellChanged();
    await showSignedIn(store);
    return 'Signed out. What was known of your customers is deleted from this browser.';
  });
  onPress('propose', 'map-problems', 'Reading what there is to map…', () => propose(store));
  onPress('check', 'map-problems', 'Checking…', () => check(store));
  onPress('make-field', 'field-state', 'Making it…', () => makeField(store));
  onPress('remove', 'removed', 'Removing…', async () => {
    await signOut(await store.read(), store);
    await store.close();
    await forgetEverything();
    tellChanged();
    return 'Everything is removed. Reload this page to begin anew, or remove the extension.';
  });
  find<HTMLFormElement>('form').addEventListener('submit', (event) => {
    event.preventDefault();
    void carryOut('saved', 'Saving…', () => save(store));
  });
}

function say(id: string, text: string, bad = false): void {
  const state = find(id);
  state.textContent = text;
  state.classList.toggle('bad', bad);
}

/** What goes wrong stands where the person looks. */
async function carryOut(state: string, busy: string, run: () => Promise<string>): Promise<void> {
  say(state, busy);
  try {
    say(state, await run());
  } catch (error) {
    say(state, textOf(error), true);
  }
}

function onPress(id: string, state: string, busy: string, run: () => Promise<string>): void {
  const button = find<HTMLButtonElement>(id);
  let running = false;
  button.addEventListener('click', async () => {
    if (running) return;
    running = true;
    await carryOut(state, busy, run);
    running = false;
  });
}

function readForm(): Settings {
  const values = NAMES.map((name) => [name, find<Field>(name).value.trim()]);
  return { ...NO_SETTINGS, ...Object.fromEntries(values) };
}

async function showSignedIn(store: SettingsStore): Promise<SignedIn | undefined> {
  const signedIn = await store.signedIn();
  find('sign-out').hidden = !signedIn;
  find('sign-in').textContent = signedIn ? 'Sign in again' : 'Sign in';
  if (signedIn) say('sign-in-state', `Signed in as ${signedIn.name}, at ${signedIn.company}.`);
  return signedIn;
}

async function signIn(store: SettingsStore): Promise<string> {
  const settings = readForm();
  const before = await store.signedIn();
  const saved = await store.read();
  const token = find<HTMLInputElement>('token');
  const signedIn =
    settings.crm === 'hubspot'
      ? await signInToHubspot(settings, token.value.trim(), store)
      : await signInToSalesforce(settings, store);
  token.value = '';
  const isSame =
    saved.crm === settings.crm &&
    before?.company === signedIn.company &&
    before.user === signedIn.user;
  // Another rep, or another company: nothing of the one before is left to see.
  if (before && !isSame) await forgetCustomers();
  await store.setSignedIn(signedIn);
  // The rest of the form is looked at when it is saved.
  const { crm, loginUrl, clientId, apiVersion, email } = settings;
  await store.write({ ...saved, crm, loginUrl, clientId, apiVersion, email });
  await showSignedIn(store);
  return `Signed in as ${signedIn.name}, at ${signedIn.company}.`;
}

async function signedInTo(store: SettingsStore): Promise<SignedIn> {
  const signedIn = await store.signedIn();
  if (signedIn) return signedIn;
  throw new Error('Sign in first.');
}

async function propose(store: SettingsStore): Promise<string> {
  const settings = readForm();
  const connector = openCrm({ settings, signedIn: await signedInTo(store), store });
  const objects = (await connector.describe?.()) ?? [];
  const map = find<HTMLTextAreaElement>('map');
  map.value = proposeFieldMap(objects, {
    connection: 'crm',
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: find<HTMLInputElement>('currency').value.trim().toUpperCase(),
  });
  map.focus();
  return 'Look it through: each line says what was found. Then check it, and save.';
}

async function mapText({ mapUrl, map }: Settings): Promise<string> {
  return mapUrl === '' ? map : readText(mapUrl);
}

const lineOf = ({ line, message, remedy }: MapProblem): string =>
  `Line ${line}: ${message}. ${remedy}`;

async function check(store: SettingsStore): Promise<string> {
  const settings = readForm();
  const { map, problems } = parseFieldMap(await mapText(settings), 'map');
  if (!map) throw new Error(problems.map(lineOf).join('\n'));
  const options = { settings, signedIn: await signedInTo(store), store };
  const found =
    settings.crm === 'hubspot'
      ? await checkHubspotMap({ ...openHubspot(settings, options.signedIn), map })
      : await checkSalesforceMap({ ...openSalesforce(options), map });
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(lineOf).join('\n'));
  return `The mapping fits: ${map.objects.length} kinds of record.`;
}

async function makeField(store: SettingsStore): Promise<string> {
  const settings = readForm();
  const name = find<HTMLInputElement>('keyField');
  if (name.value.trim() === '') name.value = 'opportune_key';
  await prepareHubspot(openHubspot(settings, await signedInTo(store)), name.value.trim());
  return `Tasks and notes at HubSpot have "${name.value.trim()}" now. Save to write answers there.`;
}

async function save(store: SettingsStore): Promise<string> {
  const settings = readForm();
  const before = await store.read();
  for (const name of NAMES)
    for (const attribute of ['aria-invalid', 'aria-errormessage'])
      find(name).removeAttribute(attribute);
  const refuse = (name: keyof Settings, what: string): never => {
    find(name).setAttribute('aria-invalid', 'true');
    find(name).setAttribute('aria-errormessage', 'saved');
    find(name).focus();
    throw new Error(what);
  };
  for (const name of ['loginUrl', 'playbookUrl', 'mapUrl'] as const)
    if (settings[name] !== '' && !/^https:\/\/[^/\s]+/.test(settings[name]))
      refuse(name, 'An address begins with https://.');
  if (settings.playbookUrl !== '')
    await readPlaybook(settings.playbookUrl).catch((error) => refuse('playbookUrl', textOf(error)));
  if (settings.mapUrl !== '' || settings.map !== '') {
    const name = settings.mapUrl === '' ? 'map' : 'mapUrl';
    const text = await mapText(settings).catch((error) => refuse(name, textOf(error)));
    const { map, problems } = parseFieldMap(text, 'map');
    if (!map) refuse(name, problems.map(lineOf).join('\n'));
  }
  if (settings.crm !== before.crm) {
    await signOut(before, store);
    await forgetCustomers();
    await showSignedIn(store);
  }
  await store.write(settings);
  const missing = [
    ...((await store.signedIn()) ? [] : [`sign in to ${CRM_NAMES[settings.crm]}`]),
    ...(settings.playbookUrl === '' ? ['name a playbook'] : []),
    ...(settings.mapUrl === '' && settings.map === '' ? ['write a mapping'] : []),
  ];
  return missing.length > 0
    ? `Saved. Still to do: ${missing.join(', ')}.`
    : `Saved. Open a record in ${CRM_NAMES[settings.crm]} and press the Opportune button of the browser.`;
}
