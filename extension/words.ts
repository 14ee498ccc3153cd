import type { Missing } from './engine.js';
import type { Settings } from './settings.js';
import type { Trouble } from './trouble.js';

/** Names of CRMs as they write themselves. */
export const CRM_NAMES: { readonly [crm in Settings['crm']]: string } = {
  salesforce: 'Salesforce',
  hubspot: 'HubSpot',
};

/** What is missing, as the panel asks for it. */
export const MISSING: { readonly [missing in Missing]: string } = {
  'sign-in': 'Sign in to your CRM.',
  map: 'Say which fields of the CRM mean what.',
  playbook: 'Name the address of your company’s playbook.',
};

export const WORDS = {
  setUpTitle: 'Opportune is not set up yet',
  setUpButton: 'Open the settings',
  failedTitle: 'Opportune does not work, since {time}',
  failedText: '{detail}\nYour CRM works as before.',
  tryAgain: 'Try again',
  firstTitle: 'Bring your accounts in',
  firstText:
    'Your accounts in {crm}, with their contacts, opportunities and activities, are read into this browser. They stay here.',
  firstButton: 'Bring them in',
  goOnButton: 'Go on',
  loadingTitle: 'Bringing your accounts in',
  loadingText: '{done} of {total} accounts',
  stop: 'Stop',
  stoppedTitle: 'Stopped at {done} of {total} accounts',
  stoppedText: 'What is here stays here. Nothing is read twice.',
  nothingOpenTitle: 'No record is open',
  nothingOpen: 'Open an account, a contact or an opportunity in {crm}.',
  otherTitle: 'This page shows no account, contact or opportunity',
  otherCompanyTitle: 'This record is in another {crm}',
  otherCompany:
    'You are signed in at {company} as {name}. Sign in at the other one in the settings.',
  lookingTitle: 'Looking this account up in {crm}…',
  hiddenTitle: 'No guidance for this record',
  hidden: 'Guidance shows on records that you can open in the CRM.',
  unreachableTitle: 'This account is not on this device',
  unreachable: '{crm} cannot be asked for it now. Opportune tries again.',
  state: '{crm}, as of {time}',
  stateNever: '{crm}',
  since: 'since {time}',
  signIn: 'Your sign-in to {crm} has ended',
  busy: '{crm} takes no more requests for now',
  crmDown: '{crm} does not answer',
  offline: 'You are offline',
  staysText: 'What you do here is kept, and told to {crm} later. Your CRM works as before.',
  signInText: 'Sign in again in the settings. Until then nothing is shown.',
  mapDown: 'The mapping does not fit {crm}',
  refused: '{crm} says no',
  playbookDown: 'The playbook cannot be read',
  playbookText: 'The one that was read last stays in force.',
  waits: '{count} waiting for {crm}',
  written: '{count} written to {crm}',
  kept: '{count} on this device only',
  answers: 'Your answers: {parts}',
  statusWaits: 'Waits for {crm}',
  statusWritten: 'Written to {crm}',
  statusKept: 'On this device only',
} as const;

export function fill(text: string, holes: { readonly [hole: string]: string | number }): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(holes[name] ?? hole));
}

/** What a trouble is called, and what it means for the rep. */
export function troubleWords(
  { what, code, text }: Trouble,
  crm: string,
  online: boolean,
): { readonly title: string; readonly text: string } {
  const holes = { crm };
  if (what === 'playbook')
    return { title: WORDS.playbookDown, text: `${text} ${WORDS.playbookText}` };
  if (code === 'opportune/sign-in')
    return { title: fill(WORDS.signIn, holes), text: WORDS.signInText };
  if (!online) return { title: WORDS.offline, text: fill(WORDS.staysText, holes) };
  if (code === 'opportune/map') return { title: fill(WORDS.mapDown, holes), text };
  if (code === 'opportune/crm-refused') return { title: fill(WORDS.refused, holes), text };
  const title = code === 'opportune/crm-busy' ? WORDS.busy : WORDS.crmDown;
  return { title: fill(title, holes), text: fill(WORDS.staysText, holes) };
}

/** `10:24`, with the day where it is not today. */
export function clockTime(at: number, now: number): string {
  const day = new Date(at).toDateString() === new Date(now).toDateString() ? undefined : 'short';
  return new Intl.DateTimeFormat(undefined, {
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...(day && { weekday: day, day: 'numeric', month: day }),
  }).format(at);
}
