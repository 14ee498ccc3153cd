import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createInsightsEngine } from '../src/insights/engine.js';
import { createPanelSource } from '../src/view/source.js';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { buyer, createKestrel, DANA, DEAL, KESTREL, MAYA, TOM } from '../test/kestrel.js';
import type { Scenario } from '../test/scenario.js';
import { START } from '../test/told-deals.js';
import { TRIAL_PLAYBOOK, tellTrial } from '../test/trial-world.js';
import { define, OpportuneInsights } from './opportune-insights.js';
import type { OpportunePanel } from './opportune-panel.js';
import { all, one, press, text } from './panel-fixture.js';

interface Seen {
  readonly root: ShadowRoot;
  titles(): readonly string[];
  /** All that stands there. */
  words(): string;
  click(name: RegExp): Promise<void>;
}

/** Maya before the panel of Kestrel Foods. */
async function sit({ agent, clock, store }: Scenario): Promise<Seen> {
  let ids = 0;
  const source = createPanelSource(agent, {
    clock: { now: () => clock.at },
    store,
    newId: () => `answer-${++ids}`,
  });
  const panel = await fixture<OpportunePanel>(
    html`<opportune-panel .source=${source} .record=${KESTREL} .asker=${MAYA}></opportune-panel>`,
  );
  const root = panel.shadowRoot as ShadowRoot;
  const words = (): string => text(root.querySelector('.body') ?? root.firstElementChild);
  await waitUntil(() => all(root, 'button').length > 1, 'the panel has something to say');
  return {
    root,
    words: () =>
      `${words()} ${all(root, 'section, article, main, aside, p, li').map(text).join(' ')}`,
    titles: () => all(root, '.title').map(text),
    async click(name) {
      const found = all(root, 'button, summary').find((button) => name.test(text(button)));
      if (!found) throw new Error(`${name} is not among ${all(root, 'button').map(text)}`);
      await press(panel, found);
    },
  };
}

describe('S4 in the panel: several goals', () => {
  it('has the follow-up first, says which goal decided and what was deferred, and lets the up-sell lead once satisfaction stands above its target', async () => {
    const scenario = await createKestrel();
    const { agent, values } = scenario;
    await agent.record([
      values(KESTREL, KESTREL, { industry: 'Food', openCases: 1, satisfaction: 5 }),
    ]);
    const seen = await sit(scenario);
    expect(seen.titles()).to.deep.equal(['Visit Kestrel Foods about the case']);
    expect(seen.words()).to.match(
      /Goal ?Satisfaction ?Comes first: 5 points, below our floor of 6 points/,
    );
    expect(seen.words()).to.match(
      /Puts off ?Offer the big machine to Kestrel Foods ?\$40,000 for Revenue/,
    );
    await agent.record([values(KESTREL, KESTREL, { satisfaction: 9 })]);
    await waitUntil(
      () => seen.titles()[0] === 'Offer the big machine to Kestrel Foods',
      'it leads',
    );
  });
});

describe('S6 in the panel: one attention budget over all reps', () => {
  /** Tom called and wrote, marketing mailed: three touches of Dana in seven days. */
  async function createSpent(): Promise<Scenario> {
    const scenario = await createKestrel();
    const { agent, fact } = scenario;
    await agent.record([fact('email-received', [KESTREL, DANA, DEAL], {}, buyer(DANA))]);
    await scenario.pass({ days: 12 });
    await agent.record([
      fact('call-made', [KESTREL, DANA], {}, { by: TOM }),
      fact('newsletter-sent', [KESTREL, DANA], {}, { by: 'crm:rep:marketing' }),
    ]);
    await scenario.pass({ hours: 1 });
    await agent.record([fact('email-sent', [KESTREL, DANA], {}, { by: TOM })]);
    await scenario.pass({ days: 2 });
    return scenario;
  }

  it('holds Maya’s card, shows who used the budget and when it frees, and shows the card when the limit is lifted and hides it when it is back', async () => {
    const scenario = await createSpent();
    const seen = await sit(scenario);
    expect(seen.titles()).to.deep.equal([]);
    await seen.click(/why not/i);
    await waitUntil(() => /Tom/.test(seen.words()), 'who used it is named');
    expect(seen.words()).to.match(/Touches in 7 days: 3, at most 3/);
    expect(seen.words()).to.match(
      /call by Tom 14 Nov; mailing by a colleague 14 Nov; email by Tom/,
    );
    expect(seen.words()).to.match(/Shows on Sat 21 Nov/);
    await press(seen.root.host as OpportunePanel, one(seen.root, '.back button'));
    // Nothing moves while somebody is at it.
    (seen.root.activeElement as HTMLElement | null)?.blur();
    const lifted = acceptancePlaybook({
      settings: (settings) => settings.replace('touches: 3, days: 7', 'touches: 9, days: 7'),
    });
    await scenario.agent.publish(lifted);
    await waitUntil(() => /Call Dana Ruiz/.test(seen.titles().join()), 'the card is there');
    await scenario.agent.publish(acceptancePlaybook());
    await waitUntil(() => !/Call Dana Ruiz/.test(seen.titles().join()), 'the card is held again');
  });

  it('lets a contract notice and a callback that the buyer asked for pass', async () => {
    const scenario = await createSpent();
    const { agent, fact } = scenario;
    await agent.record([
      fact('notice-due', [KESTREL]),
      fact('callback-requested', [KESTREL, DANA], {}, buyer(DANA)),
    ]);
    const { titles } = await sit(scenario);
    await waitUntil(() => titles().length === 2, 'both are there');
  });
});

describe('S8 before a manager: a small experiment', () => {
  define();

  /** The page on which a manager asks how the trial stands. */
  async function ask(books: readonly [number, number], complaints = 0): Promise<Element> {
    const now = START + 500 * 86_400_000;
    const engine = createInsightsEngine({
      facts: [...tellTrial(now, books, complaints)].sort((a, b) => a.occurredAt - b.occurredAt),
      ...{ now, today: '2020-05-20' },
      pause: () => new Promise((resolve) => setTimeout(resolve)),
    });
    const files = Object.entries(TRIAL_PLAYBOOK).map(([path, own]) => ({ path, text: own }));
    const page = new OpportuneInsights();
    page.source = {
      open: () => engine.open(files, []),
      ask: (question, progress, signal) => engine.ask(question, progress, signal),
    };
    document.body.replaceChildren(page);
    const root = page.shadowRoot as ShadowRoot;
    const topic = (): HTMLElement | undefined =>
      all(root, '.topic').find((button) => text(button) === 'Trial: The case study on the card');
    await waitUntil(topic, 'the trial is in the menu');
    topic()?.click();
    const answer = (): Element | undefined =>
      all(root, '.answer:not(.old)').find((one) => /How the trial of/.test(text(one)));
    await waitUntil(answer, 'it is answered', { timeout: 20_000 });
    return answer() as Element;
  }

  it('says "not enough yet" and how many more it takes, while reps’ "done" decides nothing', async () => {
    const told = text(await ask([12, 14]));
    expect(told).to.match(
      /withCase against plain: not enough yet, about [\d,]+ more accounts beside the 60/,
    );
    expect(told).to.match(/What reps accept or call helpful decides nothing/);
  });

  it('names the better arm in a sentence and draws by how much', async () => {
    const answer = await ask([3, 27]);
    expect(text(answer)).to.match(/withCase is better than plain/);
    const picture = answer.querySelector('svg[role=img]');
    expect(text(picture)).to.match(/How many more of a hundred buying groups succeed/);
    expect(text(picture)).to.match(/withCase against plain: \+\d+/);
  });

  it('says that a guardrail has ended it', async () => {
    expect(text(await ask([12, 14], 25))).to.match(
      /It has ended.*complaint has become more frequent in withCase, and not by chance/,
    );
  });
});
