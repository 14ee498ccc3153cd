import { OpportuneError } from '../../src/core/errors.js';
import hubspotTheme from '../themes/hubspot.css';
import { openHostLink } from './host-link.js';
import { type CrmRecord, type FrameMessage, type Grant, toGrant, toRecord } from './messages.js';
import { type MountedPanel, mountPanel } from './mount-panel.js';

const OVER = 'This panel was open for as long as it may be. Close it, and open it again.';
const LOST = 'The panel could not be opened. Close it, and open it again.';
const ALONE = 'This page belongs beside a record of your CRM.';

/** The page that the gateway serves for a frame in a CRM: by a ticket behind the # of its address, else by messages. */
function start(): void {
  const given = new URLSearchParams(location.hash.slice(1));
  const ticket = given.get('ticket');
  if (ticket !== null) {
    // Neither the history nor a copied address keeps it.
    history.replaceState(null, '', location.pathname);
    const record = toRecord({ object: given.get('object'), id: given.get('id') });
    void openByTicket(ticket, record);
  } else if (parent === window) say(ALONE);
  else openByMessages();
}

function openByMessages(): void {
  const pages = document
    .querySelector<HTMLMetaElement>('meta[name=opportune-pages]')
    ?.content.split(' ');
  let mounting: Promise<MountedPanel> | undefined;
  const link = openHostLink(window, pages ?? [], (message) => {
    if (message.type === 'open') {
      if (mounting) return;
      const { record, grant, look, locale } = message;
      const place = { url: location.origin, record, grant, look, locale };
      mounting = mountPanel(document.body, { ...place, renew: link.renew });
      mounting.then(
        () => link.say({ type: 'opened' }),
        () => say(LOST),
      );
    } else if (message.type === 'record')
      void mounting?.then((panel) => panel.show(message.record));
    else if (message.type === 'look') void mounting?.then((panel) => panel.wear(message.look));
  });
  tellOut((message) => link.say(message));
}

async function openByTicket(ticket: string, record: CrmRecord | undefined): Promise<void> {
  try {
    const grant = record && (await redeem(ticket));
    if (!record || !grant) return say(LOST);
    if (/^\d+-\d+$/.test(record.object)) dress(hubspotTheme);
    const over = async (): Promise<never> => {
      throw new OpportuneError('opportune/signed-out', OVER);
    };
    await mountPanel(document.body, {
      url: location.origin,
      record,
      grant,
      renew: over,
      look: {},
      locale: navigator.language,
    });
  } catch {
    say(LOST);
  }
}

async function redeem(ticket: string): Promise<Grant | undefined> {
  const response = await fetch('/v1/token', {
    method: 'POST',
    headers: { authorization: `Ticket ${ticket}` },
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
  });
  return response.ok ? toGrant(await response.json()) : undefined;
}

function tellOut(say: (message: FrameMessage) => void): void {
  new ResizeObserver(() =>
    say({ type: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) }),
  ).observe(document.body);
  document.addEventListener('actionaccept', ({ detail: { card, record, kind } }) =>
    say({ type: 'action', card, record, kind }),
  );
}

function dress(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** It stands there before there is anything to say: what comes with its region is not said everywhere. */
const line = document.createElement('p');
line.className = 'problem';
line.setAttribute('role', 'status');
document.body.append(line);

function say(text: string): void {
  document.querySelector('opportune-panel')?.remove();
  line.textContent = text;
}

start();
