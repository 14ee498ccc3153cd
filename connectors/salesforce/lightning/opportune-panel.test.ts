import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../../../gateway/serve/test-gateway.js';
import { type Org, openOrg, type RecordPage } from './open-org.js';

const CARD = /Call Company 001/;

describe('the panel on a record page of Lightning', () => {
  let org: Org;
  before(async () => {
    org = await openOrg();
  });
  after(() => org.close());

  const done = (page: RecordPage): Promise<void> => page.page.browserContext().close();

  it('says that the gateway cannot be reached and since when, leaves the page alone, and comes by itself', async () => {
    const opened = await org.openPage({ haste: 100 });
    await opened.reads(/No guidance since \d\d:\d\d.*Your CRM works as usual/);
    const since = /since (\d\d:\d\d)/.exec(await opened.text())?.[1];
    assert.equal(await opened.page.$eval('h1', (head) => head.textContent), 'Account');
    // It has tried again meanwhile; since when has not moved.
    const source = (): Promise<string | undefined> =>
      opened.page.evaluate(
        () => document.querySelector('c-opportune-panel')?.shadowRoot?.querySelector('iframe')?.src,
      );
    const tried = await source();
    await until(async () => (await source()) !== tried);
    assert.match(await opened.text(), new RegExp(`since ${since}`));
    await org.listen();
    await opened.page.evaluate('haste = 3');
    await opened.reads(CARD);
    assert.doesNotMatch(await opened.text(), /No guidance since/);
    await done(opened);
  });

  it('shows the cards of the record in a frame, for the user who is signed in, in the look of the page', async () => {
    const opened = await org.openPage();
    await opened.reads(CARD);
    const look = await opened.frame()?.evaluate(() => {
      const panel = document.querySelector('opportune-panel') as HTMLElement;
      const style = getComputedStyle(panel);
      return [style.getPropertyValue('--slds-g-color-surface-container-1'), style.colorScheme];
    });
    assert.deepEqual(look, ['rgb(36, 36, 36)', 'dark']);
    assert.deepEqual(opened.troubles, []);
    await done(opened);
  });
  it('is as high as what it shows', async () => {
    const opened = await org.openPage();
    await opened.reads(CARD);
    const heights = async (): Promise<readonly (number | undefined)[]> => [
      await opened.page.evaluate(
        () =>
          document.querySelector('c-opportune-panel')?.shadowRoot?.querySelector('iframe')
            ?.clientHeight,
      ),
      await opened.frame()?.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height)),
    ];
    await until(async () => {
      const [frame, panel = 0] = await heights();
      return panel > 150 && frame === panel;
    });
    await done(opened);
  });

  it('tells other components of the page what was done, and the gateway keeps it', async () => {
    const opened = await org.openPage();
    await opened.reads(CARD);
    await opened.page.evaluate(() =>
      document.addEventListener('actionaccept', (event) => {
        document.title = JSON.stringify((event as CustomEvent).detail);
      }),
    );
    await opened.frame()?.evaluate(() => {
      const panel = document.querySelector('opportune-panel');
      panel?.shadowRoot?.querySelector<HTMLElement>('.primary')?.click();
    });
    await until(async () => (await opened.page.title()).startsWith('{'));
    const { record, kind } = JSON.parse(await opened.page.title());
    assert.deepEqual([record, kind], ['crm:account:001', 'call']);
    const { json } = await org.gateway.call('acme crm:rep:ana rep', 'POST', '/v1/decide', {
      record: 'crm:account:001',
    });
    assert.deepEqual((json() as { shown: unknown[] }).shown, []);
    await done(opened);
  });

  it('follows the record that the console shows', async () => {
    const opened = await org.openPage({ record: '002' });
    await opened.reads(/Nothing|nothing/);
    await opened.page.evaluate(() => {
      (document.querySelector('c-opportune-panel') as Element & { recordId: string }).recordId =
        'none';
    });
    await opened.reads(/No guidance for this record/);
    await done(opened);
  });

  it('shows one and the same to a rep without access, whether the record is there or not', async () => {
    const texts: string[] = [];
    for (const record of ['002', 'not-there']) {
      const opened = await org.openPage({ user: 'ben', record });
      await opened.reads(/No guidance for this record/);
      texts.push((await opened.text()).replaceAll(/\d\d:\d\d/g, ''));
      await done(opened);
    }
    assert.equal(texts[0], texts[1]);
    assert.doesNotMatch(texts[0] ?? '', /Company/);
  });

  it('asks Apex for another token when the one it has is over, and shows on', async () => {
    const opened = await org.openPage({ record: '002' });
    await opened.reads(/Nothing|nothing/);
    const before = opened.asked();
    org.gateway.clock.set(org.gateway.clock.now() + 6 * 60_000);
    await opened.frame()?.evaluate(() => {
      const panel = document.querySelector('opportune-panel');
      panel?.shadowRoot?.querySelector<HTMLElement>('.others, .more')?.click();
    });
    await opened.page.evaluate(() => {
      (document.querySelector('c-opportune-panel') as Element & { recordId: string }).recordId =
        '001';
    });
    await until(() => opened.asked() > before);
    await until(async () => !/Reading the record/.test(await opened.text()));
    assert.doesNotMatch(await opened.text(), /No guidance since/);
    await done(opened);
  });

  it('leaves the token out of addresses, of the pages, of what is kept and of the log', async () => {
    const opened = await org.openPage({ record: '002' });
    let token = '';
    const { apex } = opened;
    opened.apex = async (user, recordId) => {
      const grant = await apex(user, recordId);
      token = JSON.parse(grant).token;
      return grant;
    };
    await opened.page.reload();
    await opened.reads(/Nothing|nothing/);
    assert.ok(token.length > 100);
    const marks = await Promise.all(
      [opened.page.mainFrame(), opened.frame()].map((frame) =>
        frame?.evaluate(async () => {
          const open = (root: Document | ShadowRoot): string =>
            [...root.querySelectorAll('*')]
              .map((one) => one.outerHTML + (one.shadowRoot ? open(one.shadowRoot) : ''))
              .join('');
          return [
            open(document),
            location.href,
            JSON.stringify({ ...localStorage }),
            document.cookie,
          ].join();
        }),
      ),
    );
    const everything = [...marks, ...opened.addresses, JSON.stringify(org.gateway.logged)].join();
    const [, , signature = ''] = token.split('.');
    assert.ok(signature.length > 20 && !everything.includes(signature));
    assert.equal(
      (await opened.page.browserContext().cookies()).length,
      0,
      'and there is no cookie to block',
    );
    await done(opened);
  });

  it('says who gives the permission where Apex is refused', async () => {
    const opened = await org.openPage();
    opened.apex = async () => {
      throw new Error('refused');
    };
    await opened.page.reload();
    await opened.reads(/permission set Opportune/);
    await done(opened);
  });

  it('shows the same as a web component in the page', async () => {
    const opened = await org.openPage({ mode: 'component', record: '002' });
    await opened.reads(/Nothing|nothing/);
    assert.equal(opened.frame(), undefined);
    assert.deepEqual(opened.troubles, []);
    await done(opened);
  });

  it('is shown in no page that the settings do not name', async () => {
    const evil = org.crm.replace('127.0.0.1', 'localhost');
    const opened = await org.openPage({
      html: `<iframe src="${org.address}/embed/panel"></iframe>`,
    });
    await opened.page.goto(evil);
    await until(() => opened.troubles.some((trouble) => trouble.includes('frame-ancestors')));
    await done(opened);
  });

  it('gives no token to another frame of the page, and takes no order from one', async () => {
    const opened = await org.openPage({ record: '002' });
    await opened.reads(/Nothing|nothing/);
    const asked = opened.asked();
    const before = await opened.text();
    // A frame of the page's own origin can do most.
    await opened.page.evaluate(() => {
      const panel = document
        .querySelector('c-opportune-panel')
        ?.shadowRoot?.querySelector('iframe')?.contentWindow;
      const attack = document.createElement('iframe');
      Object.assign(window, { panel, heard: [] });
      attack.srcdoc = `<script>
        onmessage = ({ data }) => parent.heard.push(JSON.stringify(data));
        const say = (to, message) => to.postMessage({ opportune: 1, ...message }, '*');
        for (const type of ['ready', 'grant-needed', 'opened']) say(parent, { type });
        const record = { object: 'Account', id: '001' };
        const grant = { token: 'x', expiresAt: '2030-01-01T00:00:00Z', rep: 'crm:rep:eve' };
        say(parent.panel, { type: 'open', record, grant, look: {} });
        say(parent.panel, { type: 'record', record });
        setTimeout(() => parent.document.title = 'said', 300);
      </script>`;
      document.body.append(attack);
    });
    await until(async () => (await opened.page.title()) === 'said');
    assert.equal(opened.asked(), asked);
    assert.deepEqual(await opened.page.evaluate('heard'), []);
    assert.equal(await opened.text(), before);
    await done(opened);
  });
});
