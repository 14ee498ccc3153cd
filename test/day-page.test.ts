import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { readSolverBinary } from '../gateway/serve/read-page-script.js';
import { NOW, openTestGateway, type TestGateway } from '../gateway/serve/test-gateway.js';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';
import { bundleHost } from '../scripts/bundle-hosts.mjs';
import type { ToldDay } from '../src/day/told-day.js';
import { freePort } from './free-port.js';
import { tell } from './told-deals.js';

const PLAYBOOK = {
  'playbook.yaml': `name: Days
currency: EUR
zone: UTC
holdout: { rate: 0, salt: none }
propensity: 1
costs: { minute: 0, touch: 0 }
contactPolicy: { limits: [], touches: {} }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
`,
  'plays/call.yaml': `id: call
title: Call {account.name}
about: account
owner: ana@example.com
why: It may help
trigger: { opened: true }
action: { kind: call, touch: call, minutes: 60 }
for: owner
serves: { revenue: { value: 10000 } }
`,
};

const CALENDAR = `BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:team
DTSTART;TZID=Europe/Berlin:20240101T120000
DTEND;TZID=Europe/Berlin:20240101T130000
RRULE:FREQ=DAILY
SUMMARY:Lunch with the team
END:VEVENT
BEGIN:VEVENT
UID:own
DTSTART:20240101T140000Z
DTEND:20240101T143000Z
RRULE:FREQ=DAILY
CLASS:PRIVATE
SUMMARY:Doctor
END:VEVENT
END:VCALENDAR
`;

const called = (account: string, name: string, owner: string, at = NOW): Fact =>
  tell('record-changed', account, at, { values: { name, owner } }, [account]);

describe('the page of the day that the gateway serves', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let address: string;
  let calendars: string;
  const seen = (page: Page, words: string): Promise<unknown> =>
    page.waitForFunction(
      (wanted) =>
        document.querySelector('opportune-day')?.shadowRoot?.textContent?.includes(wanted),
      { timeout: 60_000 },
      words,
    );
  async function signIn(token: string, problems: string[] = []): Promise<Page> {
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(`${address}/day`);
    await page.type('input', token);
    await page.click('button');
    return page;
  }
  const actions = (page: Page): Promise<readonly (string | null)[]> =>
    page.evaluate(() =>
      Array.from(
        document.querySelector('opportune-day')?.shadowRoot?.querySelectorAll('.plan .what') ?? [],
        ({ textContent }) => textContent,
      ),
    );

  before(async () => {
    const found = await findBrowser(() => undefined);
    assert.ok(found, 'a browser is needed');
    calendars = mkdtempSync(join(tmpdir(), 'opportune-calendars-'));
    // The story is on a day of this one's past, and the meeting each week since long before.
    writeFileSync(join(calendars, 'crm-rep-ana.ics'), CALENDAR);
    writeFileSync(join(calendars, 'crm-rep-cem.ics'), '<html>Sign in</html>');
    const port = await freePort();
    address = `http://localhost:${port}`;
    gateway = await openTestGateway({
      settings: `
publicUrl: ${address}
tenants: { acme: { calendars: ${calendars}, connections: { crm: { rules: { records: { account: team } } } } } }
`,
      dayScripts: {
        page: await bundleHost('day'),
        worker: await bundleHost('dayWorker'),
        wasm: readSolverBinary(),
      },
      playbook: Object.entries(PLAYBOOK).map(([path, text]) => ({ path, text })),
    });
    await gateway.settled();
    await gateway.tenants
      .get('acme')
      ?.take([
        called('crm:account:1', 'Firm one', 'crm:rep:ana'),
        called('crm:account:2', 'Firm two', 'crm:rep:ana'),
        called('crm:account:3', 'Hidden firm', 'crm:rep:ben'),
      ]);
    await gateway.settled();
    await gateway.app.listen({ host: 'localhost', port });
    browser = await launch({ executablePath: found.path, args: browserFlags });
  });
  after(async () => {
    await browser?.close();
    await gateway?.close();
    rmSync(calendars, { recursive: true });
  });

  it('plans the own accounts to the end under its own policy, and anew when one has changed', async () => {
    const problems: string[] = [];
    const page = await signIn('Development acme crm:rep:ana rep', problems);
    await seen(page, 'This is the best plan within your limits');
    assert.deepEqual([...(await actions(page))].sort(), ['Call Firm one', 'Call Firm two']);
    await gateway.tenants
      .get('acme')
      ?.take([called('crm:account:2', 'Firm new', 'crm:rep:ana', NOW + 1000)]);
    await seen(page, 'Call Firm new');
    await gateway.tenants
      .get('acme')
      ?.take([called('crm:account:1', 'Firm one', 'crm:rep:ben', NOW + 2000)]);
    await seen(page, 'Call Firm one no longer open');
    assert.deepEqual(
      problems.filter((one) => !one.includes('favicon')),
      [],
    );
    await page.close();
  });

  it('leaves the times of the rep’s calendar free, and keeps private titles to itself', async () => {
    const page = await signIn('Development acme crm:rep:ana rep');
    await seen(page, 'Lunch with the team');
    const rows = await page.evaluate(() =>
      Array.from(
        document.querySelector('opportune-day')?.shadowRoot?.querySelectorAll('.plan .held') ?? [],
        ({ textContent }) => textContent,
      ),
    );
    assert.ok(rows.some((row) => row?.includes('Busy, to ')));
    const told = (who: string) => gateway.call(`acme crm:rep:${who} rep`, 'GET', '/v1/day');
    const ana = (await told('ana')).json() as ToldDay;
    // Two a day, for as many days as are told.
    assert.ok(ana.busy.length >= 2 * ana.days.length);
    assert.doesNotMatch((await told('ana')).text, /Doctor/);
    for (const who of ['ben', 'cem']) assert.doesNotMatch((await told(who)).text, /Lunch|Doctor/);
    assert.equal(((await told('cem')).json() as ToldDay).unread, 'all');
    assert.equal(((await told('ben')).json() as ToldDay).unread, undefined);
    await page.close();
  });

  it('tells each rep the own records alone, and nobody who is no rep', async () => {
    const read = (who: string) => gateway.call(who, 'GET', '/v1/day');
    const ben = (await read('acme crm:rep:ben rep')).text;
    assert.match(ben, /Hidden firm/);
    assert.doesNotMatch(ben, /Firm new/);
    assert.doesNotMatch((await read('acme crm:rep:ana rep')).text, /Hidden/);
    assert.equal((await read('acme crm:rep:boss manager')).status, 403);
    assert.equal((await gateway.call('acme - auditor', 'GET', '/v1/day/events')).status, 403);
    const page = await signIn('Development acme - auditor');
    await seen(page, 'The day cannot be planned now');
    await page.close();
  });
});
