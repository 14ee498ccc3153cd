import { expect, waitUntil } from '@open-wc/testing';
import { type Guidance, startGuidance } from './agent-setup.js';
import type { App } from './app.js';
import { startDemo } from './demo.js';
import { forgetOwn, keepOwn, OWN } from './own-playbook.js';

let root: HTMLElement;
let app: App;
let end: AbortController;

const panel = (): ShadowRoot => root.querySelector('opportune-panel')?.shadowRoot as ShadowRoot;
const panelText = (): string => panel()?.textContent?.replace(/\s+/g, ' ') ?? '';
const heading = (): string => root.querySelector('h1')?.textContent ?? '';
const newest = (): string =>
  root.querySelector('.timeline li')?.textContent?.replace(/\s+/g, ' ') ?? '';
const until = (holds: () => unknown, what: string): Promise<void> =>
  waitUntil(() => Boolean(holds()), what, { timeout: 8000, interval: 20 });
const choose = (menu: string, words: string): void => {
  const found = [...root.querySelectorAll<HTMLElement>(`#${menu} button`)].find((button) =>
    button.textContent?.includes(words),
  );
  if (!found) throw new Error(`nothing in #${menu} says "${words}"`);
  found.click();
};

async function open(hash: string): Promise<void> {
  location.hash = hash;
  await start();
}

async function start(): Promise<void> {
  end?.abort();
  root?.remove();
  root = document.createElement('div');
  document.body.append(root);
  end = new AbortController();
  app = await startDemo(root, end.signal);
  await until(() => !panel() || panel().querySelector('.cards > li, .say'), 'the panel answers');
}

describe('the demo page', () => {
  beforeEach(async () => {
    if (app) await app.guidance.forget();
    await open('#/accounts/kestrel-foods');
  });
  after(async () => {
    end.abort();
    root.remove();
    await app.guidance.forget();
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('opens on Kestrel Foods, with a call to Dana Ruiz about the renewal first', () => {
    expect(heading()).to.equal('Kestrel Foods');
    expect(panel().querySelector('.cards > li')?.textContent).to.contain(
      'Call Dana Ruiz about the renewal',
    );
    expect(root.querySelector('.figures')?.textContent).to.contain('$312,400');
  });

  it('offers each reason against a card once', async () => {
    panel().querySelector<HTMLElement>('.cards .reasons')?.click();
    await until(
      () => panel().querySelector('.choices button, .cards [role="group"] button'),
      'reasons',
    );
    const reasons = [...panel().querySelectorAll('.cards [role="group"] button')].map(
      ({ textContent }) => textContent?.trim(),
    );
    expect(reasons).to.include('Already done');
    expect(reasons).to.have.length(new Set(reasons).size);
  });

  it('shows the reply in the timeline and withdraws the call when Dana Ruiz replies', async () => {
    choose('reply', 'Dana Ruiz');
    await until(() => newest().includes('Dana Ruiz wrote'), 'the reply is in the timeline');
    await until(() => panelText().includes('Withdrawn'), 'the call is withdrawn');
  });

  it('writes an accepted call down once, in the timeline and in the ledger', async () => {
    panel().querySelector<HTMLElement>('.primary')?.click();
    await until(() => newest().includes('You called Dana Ruiz'), 'the call is in the timeline');
    const used = async (): Promise<number | undefined> => {
      const { verdicts } = await app.guidance.agent.decide(
        'demo:account:kestrel-foods',
        app.state.asker,
        { verdicts: 'all' },
      );
      return verdicts.find(({ ledger }) => ledger?.contact?.endsWith('kestrel-foods-1'))?.ledger
        ?.used;
    };
    await app.wait(0);
    expect((await used()) ?? 2).to.equal(2);
  });

  it('finds an account by the keyboard: /, "brightw", Enter', async () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
    const input = root.querySelector('crm-search input') as HTMLInputElement;
    expect(document.activeElement).to.equal(input);
    input.value = 'brightw';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await until(
      () => root.querySelectorAll('#found [role=option]').length > 0,
      'something is found',
    );
    expect(root.querySelector('#found [role=option]')?.textContent).to.contain('Brightwater Dairy');
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await until(() => heading() === 'Brightwater Dairy', 'the account is open');
    await until(() => panelText().includes('Nothing worth doing'), 'the panel has its answer');
  });

  it('keeps over a reload what a visitor did, and forgets it at "Start over"', async () => {
    choose('log-call', 'Lena Brandt');
    await until(() => newest().includes('You called Lena Brandt'), 'the call is there');
    await app.wait(1);
    await start();
    expect(newest()).to.contain('You called Lena Brandt');
    expect(root.querySelector('.simulate time')?.textContent).to.contain('Fri 20 Nov 2026');
    await app.guidance.forget();
    await start();
    expect(newest()).to.contain('Priya Nair opened the proposal');
  });

  it('carries out no answer given offline to a card that the buyer closed meanwhile', async () => {
    root.querySelector<HTMLElement>('.simulate [aria-pressed]')?.click();
    await until(() => panelText().includes('Offline since'), 'the panel knows');
    choose('reply', 'Dana Ruiz');
    panel().querySelector<HTMLElement>('.primary')?.click();
    await until(() => panelText().includes('waits to be sent'), 'the answer waits');
    expect(root.querySelector('.timeline')?.textContent).not.to.contain(
      'Dana Ruiz wrote to you Thank you, that helps',
    );
    root.querySelector<HTMLElement>('.simulate [aria-pressed]')?.click();
    await until(() => !panelText().includes('waits to be sent'), 'the answer was sent');
    expect(panelText()).to.contain('Recorded, not carried out: Call Dana Ruiz about the renewal');
    expect(newest()).to.contain('Dana Ruiz');
  });

  it('shows in another tab what is done in this one, and the other way round, and works on when this one is closed', async () => {
    const other = document.createElement('div');
    document.body.append(other);
    const otherEnd = new AbortController();
    try {
      const inOther = await startDemo(other, otherEnd.signal);
      const otherNewest = (): string => other.querySelector('.timeline li')?.textContent ?? '';
      choose('log-call', 'Lena Brandt');
      await until(() => otherNewest().includes('You called'), 'the other tab shows the call');
      await inOther.wait(1);
      const clock = (): string => root.querySelector('.simulate time')?.textContent ?? '';
      await until(() => clock().includes('Fri 20 Nov'), 'a day has passed in this tab too');
      end.abort();
      root.remove();
      const [dana] = inOther.crm.contactsOf('demo:account:kestrel-foods');
      const by = dana?.id ?? '';
      const { now } = inOther.state;
      const reply = { id: 'reply', type: 'email-received', occurredAt: now, learnedAt: now };
      const subjects = ['demo:account:kestrel-foods', by];
      const grade = 'buyer-verified';
      await inOther.happen([{ ...reply, subjects, about: subjects, grade, by, data: {} }], '');
      const otherPanel = other.querySelector('opportune-panel')?.shadowRoot;
      await until(
        () => otherPanel?.textContent?.includes('Withdrawn'),
        'the tab that is left writes for itself',
      );
    } finally {
      otherEnd.abort();
      other.remove();
    }
  });

  it('keeps from another tab what happened offline, until this one is online again', async () => {
    const other = document.createElement('div');
    document.body.append(other);
    const otherEnd = new AbortController();
    try {
      const inOther = await startDemo(other, otherEnd.signal);
      const timeline = (): string => other.querySelector('.timeline')?.textContent ?? '';
      app.update({ online: false });
      choose('log-call', 'Lena Brandt');
      await until(() => newest().includes('You called Lena Brandt'), 'this tab shows the call');
      for (let n = 0; n < 3; n++) await inOther.wait(0);
      expect(timeline()).not.to.contain('You called Lena Brandt');
      app.update({ online: true });
      await until(() => timeline().includes('You called Lena Brandt'), 'the other tab shows it');
    } finally {
      otherEnd.abort();
      other.remove();
    }
  });

  it('shows what the studio published, at once and after a reload, until it starts over', async () => {
    const live = await app.guidance.agent.playbook();
    if (!live) throw new Error('no playbook');
    const plays = live.plays.map((play) => ({ ...play, why: ['Said otherwise.'] }));
    keepOwn({ playbook: { ...live, plays, version: 'own' }, files: [], gone: [] });
    dispatchEvent(new StorageEvent('storage', { key: OWN }));
    await until(() => panelText().includes('Said otherwise.'), 'the panel says it');
    await start();
    expect(panelText()).to.contain('Said otherwise.');
    forgetOwn();
  });

  it('tells another tab when this one starts over', async () => {
    const playbook = await app.guidance.agent.playbook();
    if (!playbook) throw new Error('no playbook');
    let told = 0;
    const join = (): Promise<Guidance> =>
      startGuidance({
        facts: [],
        playbook,
        startsAt: app.state.now,
        clock: { now: () => app.state.now },
        shared: { follow: () => undefined, forgotten: () => told++ },
      });
    end.abort();
    await app.guidance.forget();
    const [first, second] = [await join(), await join()];
    await first.forget();
    await until(() => told === 1, 'the second tab is told');
    await second.close();
    await (await join()).forget();
    expect(told).to.equal(1);
  });

  it('shows markup in names as text', async () => {
    await open('#/accounts/markup');
    expect(heading()).to.equal('<img src=x onerror=alert(1)>');
    for (const place of [root, panel()]) {
      expect(place.querySelector('img, script, iframe')).to.equal(null);
      for (const link of place.querySelectorAll('a')) expect(link.href).not.to.match(/^javascript/);
    }
  });

  it('is accessible on the record in every look, and on the list', async () => {
    for (const look of ['neutral', 'lightning', 'hubspot'] as const)
      for (const shade of ['light', 'dark'] as const) {
        app.update({ look, shade });
        await expect(root, `${look} ${shade}`).to.be.accessible();
      }
    app.update({ look: 'neutral', shade: 'system' });
    location.hash = '#/accounts';
    await until(() => heading() === 'Accounts', 'the list is open');
    await expect(root).to.be.accessible();
  });
});
