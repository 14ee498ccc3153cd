import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { CONNECTOR, NOW, sent, until } from '../gateway/serve/test-gateway.js';
import { type GatewayPages, openGatewayPages, sees, textOn } from './gateway-pages.js';

const DAY = 86_400_000;
const MIA = 'acme crm:rep:mia rep,marketer';
const NAMES = { ana: 'Ana Berg', ben: 'Ben Olsen', clara: 'Clara Voss' };
/** What each rep's accounts are called, and their industries. */
const ACCOUNTS = { '1': 'ana', '2': 'ben', '3': 'clara', '4': 'ana', '5': 'ben', '7': 'clara' };
const TIP = 'They buy from Kova, the night shift decides';
const TUESDAY = Date.parse('2026-11-24T09:00:00Z');

const PLAYBOOK = [
  {
    path: 'playbook.yaml',
    text: `name: Halden
currency: EUR
zone: Europe/Berlin
contactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { call-made: call } }
goals:
  - { id: revenue, label: Revenue, measure: account.sales, weight: 1, scale: 10000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
  - { id: elsewhere, label: Already bought elsewhere, scope: record, sets: { account.elsewhere: true } }
`,
  },
  {
    path: 'attributes.yaml',
    text: `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: sales, label: Sales this year, type: number, unit: money, of: account }
  - { id: industry, label: Industry, type: choice, of: account, values: [Food, Metal] }
  - { id: elsewhere, label: Bought elsewhere, type: boolean, of: account }
  - { id: name, label: Name, type: text, of: rep }
  - id: daysSilent
    label: Days since the buyer wrote
    type: number
    unit: days
    of: account
    says: No word for {value}
    derive: { daysSince: { types: [email-received], by: buyer } }
`,
  },
  ...[
    ['silent-buyer', 'Call', 14, 'kind: call, touch: call', 2000],
    ['refill', 'Offer a refill to', 10, 'kind: propose', 1000],
  ].map(([id, verb, days, action, worth]) => ({
    path: `plays/${id}.yaml`,
    text: `id: ${id}
about: account
title: ${verb} {account.name}
why: They wrote last {daysSilent} ago.
trigger: { becomes: { daysSilent: { gte: ${days} } } }
eligibility: { any: [{ elsewhere: false }, { elsewhere: { missing: true } }] }
action: { ${action}, minutes: 15 }
for: owner
serves: { revenue: { value: ${worth} } }
content: { topic: [rivals] }
expires: 60 days
owner: mia@halden.example
`,
  })),
];

/** A feedback and what came of it, by what can be seen in the panels of three reps and in the studio. */
describe('what reps answer and know, in their panels and in the studio', () => {
  let pages: GatewayPages;
  const panel = { tag: 'opportune-panel' };
  const press = (page: Page, selector: string, words: string, tag = 'opportune-panel') =>
    sees(page, selector, words, { press: true, tag });
  const write = async (page: Page, selector: string, text: string): Promise<void> => {
    const field = await page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('*')].flatMap((one) => [
          ...(one.shadowRoot?.querySelectorAll<HTMLTextAreaElement>(wanted) ?? []),
        ])[0],
      { timeout: 60_000 },
      selector,
    );
    await (field.asElement() as unknown as { focus(): Promise<void> }).focus();
    await page.keyboard.type(text);
  };
  /** As the gateway keeps it, whoever asks. */
  async function told(): Promise<
    readonly {
      type: string;
      by?: string;
      about: string[];
      data: { executed?: boolean; response?: { kind: string } };
    }[]
  > {
    await pages.gateway.settled();
    const answer = await pages.gateway.call(MIA, 'GET', '/v1/studio/sample');
    return (answer.json() as { facts: Awaited<ReturnType<typeof told>> }).facts;
  }
  const answersOn = async (account: string) =>
    (await told()).filter(
      ({ type, about }) => type === 'response' && about.includes(`crm:account:${account}`),
    );
  async function shownOn(rep: string, account: string): Promise<readonly string[]> {
    await pages.gateway.settled();
    const who = `acme crm:rep:${rep} rep`;
    const record = `crm:account:${account}`;
    const answer = await pages.gateway.call(who, 'POST', '/v1/decide', { record });
    return (answer.json() as { shown: { play: string }[] }).shown.map(({ play }) => play).sort();
  }
  const happens = async (facts: readonly object[]): Promise<void> => {
    await pages.gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts });
    await pages.gateway.settled();
  };
  const wrote = (account: string, at: number): object =>
    sent(`${account}/wrote/${at}`, {
      ...{ type: 'email-received', at, account, by: `crm:contact:${account}` },
    });
  async function comesTo(moment: number): Promise<void> {
    pages.gateway.clock.set(moment);
    const page = await pages.openPanel('ana', '1');
    await page.evaluate((now) => localStorage.setItem('now', `${now}`), moment);
    await page.close();
  }

  before(async () => {
    pages = await openGatewayPages({
      company: '{ connections: { crm: { rules: { records: { account: everyone } } } } }',
      playbook: PLAYBOOK,
    });
    const reps = Object.entries(NAMES).map(([id, name]) => ({
      ...sent(`rep/${id}`, { type: 'record-changed', at: NOW - 200 * DAY, account: '0' }),
      subjects: ['opportune:company:self', `crm:rep:${id}`],
      about: [`crm:rep:${id}`],
      data: { values: { name } },
    }));
    const accounts = Object.entries(ACCOUNTS).flatMap(([account, rep]) => [
      sent(`${account}/made`, {
        ...{ type: 'record-changed', at: NOW - 100 * DAY, account },
        data: {
          values: {
            ...{ name: `Company ${account}`, owner: `crm:rep:${rep}` },
            industry: Number(account) % 2 ? 'Food' : 'Metal',
          },
        },
      }),
      wrote(account, NOW - 20 * DAY),
    ]);
    await happens([...reps, ...accounts]);
    await comesTo(NOW);
  });
  after(() => pages?.close());

  it('two clicks say that it was bought elsewhere, and this account alone is left in peace', async () => {
    const page = await pages.openPanel('ana', '1');
    await sees(page, '.card', 'Call Company 1', panel);
    await press(page, '.reasons', 'Not relevant');
    await press(page, '.choose button', 'Already bought elsewhere');
    await sees(page, '.receipt', 'Nobody on your team sees it on Company 1', panel);
    await until(async () => (await answersOn('1')).length === 1);
    assert.deepEqual(await shownOn('ana', '1'), []);
    for (const [account, rep] of Object.entries(ACCOUNTS).slice(1))
      assert.deepEqual(await shownOn(rep, account), ['refill', 'silent-buyer'], account);

    await press(page, 'footer .tip', 'Add a tip');
    await write(page, 'form.say textarea', TIP);
    await press(page, '.option', 'Industry: Food');
    await press(page, '.option', 'Anonymous');
    await press(page, 'form.say .primary', 'Send tip');
    await sees(page, 'form.say', 'You will see here what becomes of it', panel);
    await sees(page, '.tips li', 'You sent it', panel);
    await page.close();
  });

  it('an answer that was given by mistake is taken back', async () => {
    const page = await pages.openPanel('ana', '4');
    await press(page, '.primary', 'Call');
    await sees(page, '.receipt', 'Call', panel);
    await pages.gateway.settled();
    await press(page, '.undo', 'Undo');
    await sees(page, '.card', 'Call Company 4', panel);
    // It is said before the gateway has it.
    await until(async () =>
      (await answersOn('4')).some(({ data }) => data.response?.kind === 'undo'),
    );
    assert.deepEqual(await shownOn('ana', '4'), ['refill', 'silent-buyer']);
    await page.close();
  });

  it('what a rep does without a connection is recorded and not carried out, when the buyer wrote meanwhile', async () => {
    const page = await pages.openPanel('clara', '3');
    await sees(page, '.card', 'Call Company 3', panel);
    await page.setOfflineMode(true);
    await press(page, '.primary', 'Call');
    await sees(page, '.waiting li', 'Call Company 3: done', panel);
    await happens([wrote('3', NOW - 1000)]);
    await page.setOfflineMode(false);
    await sees(page, '*', 'Recorded, not carried out:', panel);
    await sees(page, '*', 'Look before you act.', panel);
    const [answer] = await answersOn('3');
    assert.equal(answer?.data.executed, false);
    await page.close();
  });

  it('what was snoozed to next Tuesday comes back that day, and only where it still holds', async () => {
    for (const account of ['2', '5']) {
      const page = await pages.openPanel('ben', account);
      await sees(page, '.card', `Call Company ${account}`, panel);
      await press(page, '.snooze', 'Snooze');
      await press(page, '.days button', 'Tuesday 24 November');
      await sees(page, '.receipt', 'Snoozed until', panel);
      await page.close();
    }
    await happens([wrote('5', NOW + DAY)]);
    await comesTo(TUESDAY - DAY);
    assert.deepEqual(await shownOn('ben', '2'), ['refill']);
    await comesTo(TUESDAY);
    const page = await pages.openPanel('ben', '2');
    await sees(page, '.card', 'Call Company 2', panel);
    await page.close();
    assert.deepEqual(await shownOn('ben', '5'), []);
  });

  it('the tip reaches the marketer without a name, is edited, tagged and published, and its author alone is told', async () => {
    const page = await pages.openStudio(MIA);
    await press(page, '.places button', 'Tips', 'opportune-studio');
    await sees(page, '.tip', TIP);
    await sees(page, '.dismissal', 'Not relevant: Already bought elsewhere');
    const queue = await textOn(page, 'opportune-studio');
    assert.doesNotMatch(queue, /Ana|Berg|\bana\b|Company 1/);
    assert.match(queue, /Where: Industry: Food/);

    await press(page, '.tip:not(.dismissal) button', 'Change the words', 'opportune-studio');
    await write(page, '.own textarea', 'Ask who decides on the night shift');
    await press(page, '.own button', 'Keep these words', 'opportune-studio');
    await sees(page, '.tip', 'Ask who decides on the night shift');
    await press(page, '.tip:not(.dismissal) button', 'Make content of it', 'opportune-studio');
    await sees(page, '.chip', 'Industry is Food');
    await press(page, '.where button', 'Add a tag', 'opportune-studio');
    await write(page, '.pop input', 'rivals');
    await page.keyboard.press('Enter');
    await sees(page, '.chip', 'Topic is rivals');
    await press(page, '.actions button', 'Review and publish', 'opportune-studio');
    await press(page, '.actions button', 'Publish', 'opportune-studio');
    await sees(page, '.live', 'Version 2 is live');

    await press(page, '.places button', 'Tips', 'opportune-studio');
    await press(page, '.actions button', 'Look again', 'opportune-studio');
    await sees(page, '.note', 'No tip waits.');
    await press(page, '.dismissal button', 'Decline', 'opportune-studio');
    await write(page, '.own textarea', 'Thank you, we ask nobody twice now');
    await press(page, '.own button', 'Decline with this answer', 'opportune-studio');
    await page.waitForFunction(
      () => !document.querySelector('opportune-studio')?.shadowRoot?.querySelector('.dismissal'),
    );
    await page.close();

    const hers = await pages.openPanel('ana', '4');
    await press(hers, 'footer .tip', 'Add a tip');
    await sees(hers, '.tips li', 'Live', panel);
    await sees(hers, '.tips li', 'Ask who decides on the night shift', panel);
    await sees(hers, '.tips li', 'Thank you, we ask nobody twice now', panel);
    await hers.close();
    // The rep of another such account has it on the card.
    const other = await pages.openPanel('clara', '7');
    await sees(other, '.card .lines li', 'Ask who decides on the night shift', panel);
    await other.close();
    const his = await pages.openPanel('ben', '2');
    await press(his, 'footer .tip', 'Add a tip');
    await sees(his, '*', 'You have sent no tips yet.', panel);
    await his.close();
    const files = (await pages.gateway.call(MIA, 'GET', '/v1/studio/versions/2')).text;
    assert.match(files, /night shift/);
    assert.doesNotMatch(files, /\bana\b|Berg/);
  });
});
