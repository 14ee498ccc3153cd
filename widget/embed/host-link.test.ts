import { expect } from '@open-wc/testing';
import { openHostLink } from './host-link.js';
import { type HostMessage, parseHostMessage } from './messages.js';
import { recordOf } from './record-of.js';

const CRM = 'https://acme.lightning.force.com';
const HUBSPOT = 'https://app.hubspot.com';
const record = { object: 'Account', id: '001B000001' };
const grant = { token: 'secret', expiresAt: '2026-11-20T09:05:00Z', rep: 'crm:rep:ana' };
const open = { opportune: 1, type: 'open', record, grant, look: {} };

interface Surroundings {
  readonly link: ReturnType<typeof openHostLink>;
  readonly heard: HostMessage[];
  /** What the frame said, and to which origin. */
  readonly said: (readonly [message: { readonly type: string }, to: string])[];
  hear(data: unknown, origin?: string, source?: MessagePort): void;
}

/** A frame whose page around it is a port, as a window cannot be made. */
function surround(pages: readonly string[]): Surroundings {
  const parent = new MessageChannel().port1;
  const heard: HostMessage[] = [];
  const said: [{ type: string }, string][] = [];
  const postMessage = (message: { type: string }, to: string): void => {
    said.push([message, to]);
  };
  const frame = Object.assign(new EventTarget(), {
    parent: Object.assign(parent, { postMessage }),
  });
  const link = openHostLink(frame as never, pages, (message) => heard.push(message));
  return {
    link,
    heard,
    said,
    hear: (data, origin = CRM, source = parent) =>
      frame.dispatchEvent(new MessageEvent('message', { data, origin, source })),
  };
}

describe('the frame’s end of the line to the CRM’s page', () => {
  it('tells nothing but that it is there, until the page has shown who it is', () => {
    const { link, said } = surround([CRM]);
    link.say({ type: 'height', height: 300 });
    expect(said).to.deep.equal([[{ opportune: 1, type: 'ready' }, '*']]);
  });

  it('hears the page around it at an origin that the settings name, and speaks to that origin alone', () => {
    const { link, said, heard, hear } = surround([CRM, HUBSPOT]);
    hear(open);
    expect(heard.map(({ type }) => type)).to.deep.equal(['open']);
    link.say({ type: 'opened' });
    expect(said.at(-1)).to.deep.equal([{ opportune: 1, type: 'opened' }, CRM]);
  });

  for (const [who, origin] of [
    ['another origin', 'https://evil.example'],
    ['an origin whose name begins like it', `${CRM}.evil.example`],
    ['the same without encryption', 'http://acme.lightning.force.com'],
    ['a page without an origin', 'null'],
  ] as const)
    it(`does not hear ${who}`, () => {
      const { heard, hear } = surround([CRM]);
      hear(open, origin);
      expect(heard).to.deep.equal([]);
    });

  it('does not hear another window of a good origin', () => {
    const { heard, hear } = surround([CRM]);
    hear(open, CRM, new MessageChannel().port1);
    expect(heard).to.deep.equal([]);
  });

  it('keeps to the first origin that opened it', () => {
    const { heard, hear } = surround([CRM, HUBSPOT]);
    hear(open);
    hear({ opportune: 1, type: 'record', record }, HUBSPOT);
    expect(heard).to.have.length(1);
  });

  it('asks for another token once at a time, and takes a refusal for what it is', async () => {
    const { link, said, hear } = surround([CRM]);
    hear(open);
    const both = Promise.all([link.renew(), link.renew()]);
    expect(said.filter(([{ type }]) => type === 'grant-needed')).to.have.length(1);
    hear({ opportune: 1, type: 'grant', grant });
    expect(await both).to.deep.equal([grant, grant]);
    const refused = link.renew().then(
      () => '',
      (error) => error.code,
    );
    hear({ opportune: 1, type: 'no-grant', signedOut: true });
    expect(await refused).to.equal('opportune/signed-out');
  });
});

describe('a message of the CRM’s page', () => {
  for (const [what, data] of [
    ['text', 'open'],
    ['nothing', null],
    ['one of another library', { type: 'open', record, grant }],
    ['one without a token', { ...open, grant: { rep: 'crm:rep:ana' } }],
    ['one whose record is no text', { ...open, record: { object: 'Account', id: 7 } }],
    ['one of an unknown kind', { opportune: 1, type: 'erase' }],
  ] as const)
    it(`is left alone when it is ${what}`, () => {
      expect(parseHostMessage(data)).to.equal(undefined);
    });

  it('brings colours and lengths of a theme, and nothing that loads or has another name', () => {
    const hooks = {
      '--slds-g-color-accent-1': '#066afe',
      '--opportune-radius': '4px',
      '--slds-g-color-surface-1': 'url(https://evil.example/pixel)',
      '--other': 'red',
      color: 'red',
    };
    const read = parseHostMessage({ opportune: 1, type: 'look', look: { hooks, scheme: 'night' } });
    expect(read).to.deep.equal({
      type: 'look',
      look: { hooks: { '--slds-g-color-accent-1': '#066afe', '--opportune-radius': '4px' } },
    });
  });
});

describe('a record of a CRM', () => {
  it('has the id that it has here, on the connection of the rep', () => {
    const rep = 'crm:rep:ana';
    expect(recordOf(rep, record)).to.equal('crm:account:001B000001');
    expect(recordOf(rep, { object: '0-3', id: '9' })).to.equal('crm:opportunity:9');
    expect(recordOf(rep, { object: 'constructor', id: '9' })).to.equal(undefined);
  });
});
