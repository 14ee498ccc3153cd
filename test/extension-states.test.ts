import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { type Extension, startExtension, WITHOUT_EXTENSIONS } from './extension/extension.js';
import { fill, press, shownIn, textOf, until } from './extension/pages.js';
import { FILES, LIGHTNING } from './extension/two-crms.js';

describe('the browser extension where something is wrong', { skip: WITHOUT_EXTENSIONS }, () => {
  let extension: Extension;
  let options: Page;
  let panel: Page;

  before(async () => {
    extension = await startExtension();
    options = await extension.open('options.html');
  });
  after(() => extension?.close());

  const says = (page: Page, selector: string, words: RegExp): Promise<void> =>
    until(
      async () => words.test(await textOf(page, selector)),
      async () => `${words}, not: ${await textOf(page, selector)}`,
    );
  const shows = (words: RegExp): Promise<void> =>
    until(
      async () => words.test(await shownIn(panel)),
      async () => `${words}, not: ${await shownIn(panel)}`,
    );

  it('asks in the panel for what is missing, each by its name', async () => {
    panel = await extension.open('panel.html');
    await shows(/not set up yet/);
    for (const words of [/Sign in to your CRM/, /which fields/, /playbook/]) await shows(words);
  });

  it('gives every control of the settings a name, and all are reached by Tab in order', async () => {
    await options.bringToFront();
    const wanted = await options.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('input, select, textarea, button')]
        .filter((control) => control.checkVisibility())
        .map(({ id }) => id || 'save'),
    );
    const reached: string[] = [];
    await options.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (const _ of wanted) {
      await options.keyboard.press('Tab');
      reached.push(await options.evaluate(() => document.activeElement?.id || 'save'));
    }
    assert.deepEqual(reached, wanted);
    const nameless = await options.evaluate(() =>
      [...document.querySelectorAll<HTMLInputElement>('input, select, textarea, button')]
        .filter(({ labels, textContent }) => !labels?.length && !textContent?.trim())
        .map(({ id }) => id),
    );
    assert.deepEqual(nameless, []);
  });

  it('says which address is wrong, and goes there', async () => {
    await fill(options, 'playbookUrl', 'http://files.test/playbook.json');
    await press(options, '[type=submit]');
    await says(options, '#saved', /An address begins with https/);
    assert.equal(await options.evaluate(() => document.activeElement?.id), 'playbookUrl');
    await fill(options, 'playbookUrl', `${FILES}/nothing.json`);
    await press(options, '[type=submit]');
    await says(options, '#saved', /files\.test\/nothing\.json: nothing can be read there/);
    extension.crms.files.set('/other.json', '{"format":7}');
    await fill(options, 'playbookUrl', `${FILES}/other.json`);
    await press(options, '[type=submit]');
    await says(options, '#saved', /no compiled playbook/);
  });

  it('says what is wrong with a mapping, by its line', async () => {
    await fill(options, 'playbookUrl', `${FILES}/playbook.json`);
    await fill(options, 'map', 'connection: crm\nzone: Nowhere/Land\nobjects: {}');
    await press(options, '[type=submit]');
    await says(options, '#saved', /Line 2: .*Nowhere/);
    assert.equal(await options.evaluate(() => document.activeElement?.id), 'map');
  });

  it('says that Salesforce did not let the rep in', async () => {
    extension.crms.down.add('login.salesforce.com');
    await fill(options, 'clientId', '3MVG9.extension');
    await press(options, '#sign-in');
    await says(options, '#sign-in-state', /did not let you in/);
    extension.crms.down.delete('login.salesforce.com');
  });

  it('shows nothing of a record of another company', async () => {
    await press(options, '#sign-in');
    await says(options, '#sign-in-state', /^Signed in as Ada Admin/);
    await fill(options, 'map', '');
    await fill(options, 'mapUrl', `${FILES}/salesforce.yaml`);
    await press(options, '[type=submit]');
    await says(options, '#saved', /^Saved/);
    await shows(/Bring your accounts in/);
    await press(panel, '#go');
    await shows(/No record is open/);
    const other = LIGHTNING.replace('acme', 'rival');
    const crm = await extension.open(`${other}/lightning/r/Account/${extension.mine[0]}/view`);
    await shows(/in another Salesforce.*signed in at acme\.my\.salesforce\.com as Ada Admin/);
    await crm.goto(`${LIGHTNING}/lightning/r/Account/${extension.mine[0]}/view`);
    await shows(/Nobody has called yet/);
  });

  it('keeps answers on this device where nothing is written back, and says so', async () => {
    await panel.evaluate(() =>
      document
        .querySelector('opportune-panel')
        ?.shadowRoot?.querySelector<HTMLElement>('.primary')
        ?.click(),
    );
    await says(panel, 'footer', /1 on this device only.*On this device only: the settings name/);
    await shows(/On this device only: the settings name no field/);
  });

  it('shows nothing any more once Salesforce has ended the rep’s access', async () => {
    const { oauth } = extension.crms.salesforce;
    oauth.expire();
    oauth.revokeAll();
    await press(panel, '#refresh');
    await shows(/^Your sign-in to Salesforce has ended/);
    await says(panel, '#troubles', /has ended, since \d\d:\d\d/);
    await until(async () => !/Call /.test(await textOf(panel, 'body')));
  });

  it('says since when it does not work, and the CRM’s page goes on', async () => {
    const broken = await extension.browser.newPage();
    await broken.evaluateOnNewDocument(() => {
      indexedDB.open = () => {
        throw new DOMException('the disk is full', 'QuotaExceededError');
      };
    });
    await broken.goto(panel.url());
    await until(async () => /Opportune does not work, since \d\d:\d\d/.test(await shownIn(broken)));
    assert.match(await shownIn(broken), /Your CRM works as before/);
  });

  it('fits a side panel of 280 pixels, in either direction', async () => {
    for (const page of [panel, options])
      for (const direction of ['ltr', 'rtl']) {
        await page.setViewport({ width: 280, height: 640 });
        const wide = await page.evaluate((direction) => {
          document.documentElement.dir = direction;
          return document.documentElement.scrollWidth;
        }, direction);
        assert.equal(wide, 280);
      }
  });
});
