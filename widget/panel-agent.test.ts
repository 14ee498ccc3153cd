import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createPanelSource } from '../src/view/source.js';
import { buyer, createKestrel, DANA, DEAL, KESTREL, MAYA, seller, TOM } from '../test/kestrel.js';
import type { Scenario } from '../test/scenario.js';
import type { OpportunePanel } from './opportune-panel.js';
import { all, focused, one, press, text } from './panel-fixture.js';

interface Rep {
  readonly scenario: Scenario;
  readonly panel: OpportunePanel;
  readonly root: ShadowRoot;
  said(): string;
  setOnline(online: boolean): void;
}

/** Fourteen days of silence on the renewal, and a rep before the panel. */
async function sit(asker = MAYA): Promise<Rep> {
  const scenario = await createKestrel();
  const { agent, clock, store } = scenario;
  await agent.record([scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA))]);
  await scenario.pass({ days: 14 });
  let heard: (() => void) | undefined;
  const line = {
    online: true,
    listen(changed: () => void): () => void {
      heard = changed;
      return () => {};
    },
  };
  let ids = 0;
  const source = createPanelSource(agent, {
    clock: { now: () => clock.at },
    store,
    connection: line,
    newId: () => `answer-${++ids}`,
  });
  const panel = await fixture<OpportunePanel>(
    html`<opportune-panel .source=${source} .record=${KESTREL} .asker=${asker}></opportune-panel>`,
  );
  panel.addEventListener('actionaccept', (event) => event.preventDefault());
  const root = panel.shadowRoot as ShadowRoot;
  await waitUntil(() => all(root, '.title').length, 'a card is there');
  return {
    scenario,
    panel,
    root,
    said: () => text(root.querySelector('[role=status]')),
    setOnline(online) {
      line.online = online;
      heard?.();
    },
  };
}

const silent = 'Call Dana Ruiz about Renewal';
const titles = (root: ShadowRoot): string[] => all(root, '.title').map(text);

describe('the panel over an agent', () => {
  it('shows the silence at day 14 once, and withdraws it when the buyer writes, with the reason', async () => {
    const { scenario, root, said } = await sit();
    const { agent } = scenario;
    expect(titles(root)).to.include(silent);
    expect(said()).to.contain(`call Dana Ruiz about Renewal`);
    const reply = scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA));
    await agent.record([reply]);
    await agent.record([reply]);
    await waitUntil(() => !titles(root).includes(silent), 'the card is gone');
    expect(said()).to.match(/^Withdrawn: Call Dana Ruiz about Renewal\./);
    const receipt = all(root, '.receipt').map(text).join();
    expect(receipt).to.contain('Withdrawn: Call Dana Ruiz about Renewal');
  });

  it('records a call at once, and takes it back', async () => {
    const { scenario, panel, root, said } = await sit();
    await press(panel, one(root, '.primary'));
    expect(said()).to.equal('Call with Dana Ruiz logged. Undo is available.');
    await waitUntil(() => focused(root) === 'Undo', 'the focus is on the way back');
    expect((await scenario.decide(KESTREL, MAYA)).shown.map(({ play }) => play)).to.not.include(
      'silent-buyer',
    );
    await press(panel, one(root, '.undo'));
    await waitUntil(() => focused(root) === silent, 'the card is back');
    expect((await scenario.decide(KESTREL, MAYA)).shown.map(({ play }) => play)).to.include(
      'silent-buyer',
    );
  });

  it('hides with two clicks and a reason, for this rep alone', async () => {
    const { scenario, panel, root } = await sit();
    await press(panel, one(root, '.reasons'));
    const moment = all(root, '.choices .button').find((button) => text(button) === 'Wrong moment');
    await press(panel, moment as HTMLElement);
    await waitUntil(() => focused(root) === 'Undo', 'the focus is on the way back');
    expect(text(one(root, '.receipt'))).to.contain('Hidden for Kestrel Foods: Wrong moment');
    const shown = async (asker: string): Promise<string[]> =>
      (await scenario.decide(KESTREL, asker)).shown.map(({ play }) => play);
    expect(await shown(MAYA)).to.not.include('silent-buyer');
  });

  it('does not carry out an answer given offline to a card that closed meanwhile, and says so', async () => {
    const { scenario, panel, root, said, setOnline } = await sit();
    setOnline(false);
    await press(panel, one(root, '.primary'));
    await waitUntil(() => root.querySelector('.waiting'), 'the answer waits');
    expect(text(one(root, '.waiting'))).to.contain(`${silent}: done`);
    await scenario.agent.record([
      scenario.fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA)),
    ]);
    await scenario.pass({ hours: 2 });
    setOnline(true);
    await waitUntil(() => root.querySelector('.receipt.caution'), 'the rep is told');
    expect(text(one(root, '.receipt.caution'))).to.contain(
      'Recorded, not carried out: Call Dana Ruiz about Renewal.',
    );
    expect(said()).to.contain('Recorded, not carried out');
    expect(all(root, '.waiting')).to.have.length(0);
    const touches = (await scenario.store.read(DANA))?.subject.ledger.touches ?? [];
    expect(touches).to.deep.equal([]);
  });

  it('holds the call when the buyer was contacted enough, and says who used the touches', async () => {
    const { scenario, panel, root } = await sit();
    const touch = (type: string, by: string) =>
      scenario.fact(type, [KESTREL, DANA, DEAL], {}, seller(by));
    await scenario.agent.record([
      touch('call-made', TOM),
      touch('email-sent', TOM),
      touch('newsletter-sent', TOM),
    ]);
    await waitUntil(() => !titles(root).includes(silent), 'the card is held');
    await press(panel, one(root, '.others'));
    await waitUntil(() => root.querySelector('.stage'), 'the reasons are there');
    const group = all(root, '.stage').find((stage) => text(stage).startsWith('Buyer contacted'));
    expect(text(group)).to.contain('Touches in 7 days: 3, at most 3');
    expect(text(group)).to.contain('call by Tom today');
    expect(text(group)).to.contain('7 days after the call of today.');
  });

  it('changes nothing in the store by twenty looks at "Why not?"', async () => {
    const { scenario, panel, root } = await sit();
    const before = JSON.stringify(await scenario.store.read(KESTREL));
    for (let look = 0; look < 20; look++) {
      await press(panel, one(root, '.others'));
      await waitUntil(() => root.querySelector('.stage'), 'the reasons are there');
      await press(panel, one(root, '.back .button'));
    }
    expect(JSON.stringify(await scenario.store.read(KESTREL))).to.equal(before);
  });
});
