import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createPanelSource } from '../src/view/source.js';
import { ENGLISH } from '../src/view/strings.js';
import { accountOf, createTryWorld, REP, type TryWorld } from '../test/try-world.js';
import { PANEL_VIEWS } from './fixtures.js';
import type { OpportunePanel } from './opportune-panel.js';
import { all, asked, focused, one, press, show, text } from './panel-fixture.js';

/** What a page loads only when it is asked for may take its time. */
const until = (is: () => unknown, what: string): Promise<void> =>
  waitUntil(is as () => boolean, what, { timeout: 20_000 });

interface Sat {
  readonly panel: OpportunePanel;
  readonly root: ShadowRoot;
  at(account: string): Promise<void>;
}

/** A rep before the panel of an account, over an agent in the page. */
async function sit(world: TryWorld, line?: { online: boolean }): Promise<Sat> {
  let ids = 0;
  let heard: (() => void) | undefined;
  const source = createPanelSource(world.agent, {
    clock: { now: () => world.clock.at },
    store: world.store,
    newId: () => `id-${++ids}`,
    ...(line && {
      connection: {
        get online() {
          return line.online;
        },
        listen(changed) {
          heard = changed;
          Object.assign(line, { heard });
          return () => {};
        },
      },
    }),
  });
  const panel = await fixture<OpportunePanel>(
    html`<opportune-panel .source=${source} .record=${accountOf(0)} .asker=${REP}></opportune-panel>`,
  );
  const root = panel.shadowRoot as ShadowRoot;
  const ready = (): Promise<void> => until(() => all(root, '.card').length > 0, 'cards');
  await ready();
  return {
    panel,
    root,
    async at(account) {
      panel.record = account;
      await panel.updateComplete;
      await ready();
    },
  };
}

/** Unfolds the card and fills in the form. */
async function begin({ panel, root }: Sat, how: string): Promise<void> {
  const title = all(root, '.card').find((card) => text(card).includes('audit for'));
  const head = title?.querySelector('.title') as HTMLElement;
  if (head.ariaExpanded === 'false') await press(panel, head);
  await press(panel, one(root, 'button.try'));
  (one(root, '.attempt textarea') as HTMLTextAreaElement).value = how;
  await press(panel, one(root, '.attempt form .button'));
}

describe('a try in the panel', () => {
  it('is begun on a card in the rep’s own words, told on the cards of its accounts, and ended', async () => {
    const world = await createTryWorld();
    const sat = await sit(world);
    const { panel, root } = sat;
    await begin(sat, 'open with the <b>audit</b> date');
    await until(async () => (await world.tries()).length === 1, 'it has begun');
    const [own] = Object.values((await world.store.read(REP))?.subject.tries ?? {});
    const at = (arm: string): string =>
      own?.accounts.find((account) => account.arm === arm)?.account ?? '';
    await sat.at(at('new'));
    await until(() => root.querySelector('p.try'), 'the new way is told');
    expect(text(one(root, 'p.try'))).to.equal('Your try: open with the <b>audit</b> date');
    await sat.at(at('usual'));
    await until(() => text(root.querySelector('p.try')) === ENGLISH.tryUsual, 'as usual');
    await press(panel, one(root, '.more'));
    const entry = all(root, '.menu .button').find((item) => text(item) === ENGLISH.myTries);
    await press(panel, entry as HTMLElement);
    await until(() => root.querySelector('.tips li'), 'the try is listed');
    expect(text(one(root, '.tips h3'))).to.equal('“open with the <b>audit</b> date”');
    expect(text(one(root, '.tips li'))).to.contain('Not enough yet');
    await press(panel, one(root, '.tips .button'));
    await until(() => root.querySelector('.said'), 'it has ended');
    await until(
      () => focused(root) === ENGLISH.tryStopped.rep,
      'the focus is on what became of it',
    );
    expect((await world.tries())[0]?.isRunning).to.equal(false);
    await press(panel, one(root, '.back .button'));
    expect(root.querySelector('p.try')).to.equal(null);
  });

  it('says in its place why none began', async () => {
    const world = await createTryWorld(4);
    const sat = await sit(world);
    await begin(sat, 'open with the audit date');
    await until(() => sat.root.querySelector('.begun'), 'it is told');
    expect(text(one(sat.root, '.begun'))).to.equal(ENGLISH.noTry['too-few']);
    expect(await world.tries()).to.deep.equal([]);
  });

  it('waits on the device without a connection, can be taken back there, and begins when there is one', async () => {
    const world = await createTryWorld();
    const line: { online: boolean; heard?: () => void } = { online: true };
    const sat = await sit(world, line);
    line.online = false;
    line.heard?.();
    await begin(sat, 'open with the audit date');
    await until(() => sat.root.querySelector('.waiting li'), 'it waits');
    expect(text(one(sat.root, '.waiting p'))).to.contain('Your try: open with the audit date');
    expect(await world.tries()).to.deep.equal([]);
    line.online = true;
    line.heard?.();
    await until(async () => (await world.tries()).length === 1, 'it has begun');
  });

  it('that waited and did not begin is told of when it was sent', async () => {
    const world = await createTryWorld(4);
    const line: { online: boolean; heard?: () => void } = { online: true };
    const sat = await sit(world, line);
    line.online = false;
    line.heard?.();
    await begin(sat, 'open with the audit date');
    line.online = true;
    line.heard?.();
    const noticed = (): string => text(sat.root.querySelector('.notice'));
    await until(() => noticed().includes(ENGLISH.noTryTitle), 'it is told');
    expect(noticed()).to.contain(ENGLISH.noTry['too-few']);
  });
});

describe('what the panel draws of tries', () => {
  const view = { ...PANEL_VIEWS.tried, cards: PANEL_VIEWS.tried.cards.slice(2) };

  it('asks with a form that a keyboard reaches, sends what was chosen, and closes with Escape', async () => {
    const { panel, root, source } = await show(view);
    await press(panel, one(root, 'button.try'));
    expect(one(root, 'button.try').ariaExpanded).to.equal('true');
    await press(panel, one(root, '.attempt form .button'));
    expect(asked(source), 'an empty one is not sent').to.deep.equal([]);
    expect(root.activeElement?.localName).to.equal('textarea');
    one(root, '.attempt form').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
    );
    await panel.updateComplete;
    expect(root.querySelector('.attempt form')).to.equal(null);
    await press(panel, one(root, 'button.try'));
    (one(root, '.attempt textarea') as HTMLTextAreaElement).value = ' ask the plant first ';
    const role = one(root, '.attempt select') as HTMLSelectElement;
    expect(all(root, '.attempt select').map((field) => (field as HTMLSelectElement).value)).to.eql([
      '',
      '4',
      '40',
    ]);
    role.value = 'plantManager';
    await press(panel, one(root, '.attempt form .button'));
    const plan = { how: 'ask the plant first', role: 'plantManager', weeks: 4, accounts: 40 };
    expect(asked(source)).to.deep.equal([{ name: 'beginTry', card: view.cards[0]?.id, plan }]);
    expect(text(one(root, '.begun'))).to.equal(ENGLISH.tryStarted);
    await expect(panel).to.be.accessible();
  });

  it('lists tries with what came of them, ends one, and offers one that came off as a tip', async () => {
    const { panel, root, source } = await show(view);
    await press(panel, one(root, '.more'));
    const entry = all(root, '.menu .button').find((item) => text(item) === ENGLISH.myTries);
    await press(panel, entry as HTMLElement);
    await expect(panel).to.be.accessible();
    expect(all(root, '.tips b').map(text)).to.deep.equal([
      'Not enough yet, about 42 more accounts',
      'Better than as usual',
    ]);
    const buttons = all(root, '.tips .button');
    expect(buttons.map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
      'End it: “Open with the audit date”',
      'Offer it as a tip: “Ask the plant manager, not purchasing”',
    ]);
    await press(panel, buttons[0] as HTMLElement);
    await press(panel, all(root, '.tips .button')[1] as HTMLElement);
    expect(asked(source)).to.deep.equal([
      { name: 'endTry', id: 'a1' },
      {
        name: 'sendTip',
        text: 'Ask for a reference: Ask the plant manager, not purchasing',
        goesWith: [],
        signed: true,
      },
    ]);
    expect(focused(root)).to.equal(ENGLISH.tipSent);
  });
});
