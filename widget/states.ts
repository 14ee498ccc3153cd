import type { PanelView } from '../src/domain/view.js';
import { ENGLISH } from '../src/view/strings.js';
import { createFakeSource } from './fake-source.js';
import { PANEL_VIEWS } from './fixtures.js';
import './opportune-panel-define.js';

/** Every state of the panel on one page. `?theme=dark&width=280&direction=rtl&state=cards` choose. */

type Step = (root: ShadowRoot) => unknown;

const press =
  (selector: string): Step =>
  (root) =>
    root.querySelector<HTMLElement>(selector)?.click();

const STATES: { readonly [state: string]: readonly [view: PanelView, ...steps: Step[]] } = {
  'three actions': [PANEL_VIEWS.cards],
  'all of it unfolded': [
    PANEL_VIEWS.cards,
    (root) => {
      for (const part of root.querySelectorAll('details')) part.open = true;
    },
  ],
  'not relevant': [PANEL_VIEWS.cards, press('.reasons')],
  'another reason': [PANEL_VIEWS.cards, press('.reasons'), press('.choices .button:last-child')],
  snooze: [PANEL_VIEWS.cards, press('.snooze')],
  'a try': [PANEL_VIEWS.tried],
  'to try something': [
    { ...PANEL_VIEWS.tried, cards: PANEL_VIEWS.tried.cards.slice(2) },
    press('button.try'),
  ],
  'a question': [PANEL_VIEWS.question],
  'after acting': [PANEL_VIEWS.acted],
  'after a reason': [PANEL_VIEWS.hidden],
  'withdrawn, and refused': [PANEL_VIEWS.withdrawn],
  nothing: [PANEL_VIEWS.nothing],
  offline: [PANEL_VIEWS.offline],
  error: [PANEL_VIEWS.error],
  loading: [PANEL_VIEWS.loading],
  'no plays': [PANEL_VIEWS.noPlays],
  'no access': [PANEL_VIEWS.noAccess],
  'why not': [PANEL_VIEWS.cards, press('.others')],
  more: [PANEL_VIEWS.cards, press('.more')],
  history: [PANEL_VIEWS.cards, press('.more'), press('.menu li:nth-child(2) .button')],
  tips: [PANEL_VIEWS.cards, press('.tip')],
  tries: [PANEL_VIEWS.cards, press('.more'), press('.menu li:nth-child(4) .button')],
  kinds: [PANEL_VIEWS.cards, press('.more'), press('.menu li:first-child .button')],
  'how numbers are made': [PANEL_VIEWS.cards, press('.more'), press('.menu li:last-child .button')],
};

const query = new URLSearchParams(location.search);
const theme = query.get('theme') ?? 'light';
const width = query.get('width') ?? '360';
const direction = query.get('direction') === 'rtl' ? 'rtl' : 'ltr';
const only = query.get('state');

const root = document.documentElement;
root.className = theme;
root.dir = direction;
if (theme === 'hubspot')
  document.querySelector<HTMLLinkElement>('#hubspot')?.removeAttribute('media');
document.querySelector<HTMLElement>('#states')?.style.setProperty('--width', `${width}px`);

const choices = document.querySelector('#choices');
const offer = (name: string, values: readonly string[], now: string): void => {
  for (const value of values) {
    const link = document.createElement('a');
    const to = new URLSearchParams(query);
    to.set(name, value);
    link.href = `?${to}`;
    link.textContent = value;
    if (value === now) link.ariaCurrent = 'true';
    choices?.append(link);
  }
};
if (!only) {
  offer('theme', ['light', 'dark', 'hubspot', 'slds', 'slds-dark'], theme);
  offer('width', ['280', '360', '480'], width);
  offer('direction', ['ltr', 'rtl'], direction);
}

for (const [name, [view, ...steps]] of Object.entries(STATES)) {
  if (only && only !== name) continue;
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = name;
  const panel = document.createElement('opportune-panel');
  panel.source = createFakeSource(view, { strings: { ...ENGLISH, direction } });
  panel.record = 'demo:account:17';
  panel.asker = 'demo:rep:3';
  figure.append(caption, panel);
  document.querySelector('#states')?.append(figure);
  for (const step of steps) {
    await panel.updateComplete;
    if (panel.shadowRoot) step(panel.shadowRoot);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
(document.activeElement as HTMLElement | null)?.blur();
root.setAttribute('data-ready', '');
