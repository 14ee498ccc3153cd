import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bundleHost } from '../../../scripts/bundle-hosts.mjs';
import { bundleScript, lwsHost } from '../../../scripts/lws-host.mjs';
import { type Org, openOrg, type RecordPage } from './open-org.js';

/** Summer '26, and Winter '27, whose gate lets bound attributes of Lit through. */
const GATES = [262, 264];
const CARD = /Call Company 001/;
const MODULES = new URL('force-app/main/default/lwc/opportunePanel/', import.meta.url);

const host = await lwsHost();

describe('the panel under Lightning Web Security', {
  skip: 'script' in host ? false : host.missing,
}, () => {
  let org: Org;
  let frameHost: string;
  let component: string;
  before(async () => {
    org = await openOrg();
    await org.listen();
    frameHost = await bundleScript(FRAME_HOST, MODULES.pathname);
    component = (await bundleHost('lightning')) + IN_PAGE;
  });
  after(() => org.close());

  /** A page that runs a script in the sandbox, at a gate. */
  async function openAt(gate: number, script: string): Promise<RecordPage> {
    const opened = await org.openPage({ html: PAGE });
    await opened.page.addScriptTag({ content: 'script' in host ? host.script : '' });
    const isWinter = await opened.page.evaluate(
      ({ gate, script, gateway }) => {
        const page = globalThis as unknown as {
          gates(upTo: number): boolean;
          inSandbox(script: string, given: object): void;
          apex(given: { recordId: string }): Promise<string>;
          told?: string;
        };
        const winter = page.gates(gate);
        const tell = (text: string): void => {
          page.told = text;
        };
        page.inSandbox(script, { gateway, getGrant: page.apex, tell });
        return winter;
      },
      { gate, script, gateway: org.address },
    );
    assert.equal(isWinter, gate >= 264);
    return opened;
  }
  const done = (page: RecordPage): Promise<void> => page.page.browserContext().close();

  for (const gate of GATES) {
    it(`shows the cards in a frame that the sandbox talks to, and hears what was done: gate ${gate}`, async () => {
      const opened = await openAt(gate, frameHost);
      await opened.reads(CARD);
      await opened.frame()?.evaluate(() => {
        const panel = document.querySelector('opportune-panel');
        panel?.shadowRoot?.querySelector<HTMLElement>('.title')?.click();
      });
      await opened.page.waitForFunction('Number(globalThis.told) > 100');
      await done(opened);
    });

    it(`shows the cards as a component inside the sandbox: gate ${gate}`, async () => {
      const opened = await openAt(gate, component);
      await opened.page.waitForFunction(
        () => /Call Company 001/.test((globalThis as unknown as { told?: string }).told ?? ''),
        { timeout: 20_000 },
      );
      // The sandbox makes a frame of its own, of which the browser warns.
      const troubles = opened.troubles.filter((one) => !one.includes('escape its sandboxing'));
      assert.deepEqual(troubles, []);
      await done(opened);
    });
  }
});

const PAGE =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><div id="place"></div>';

/** The component's own ends of the line, as they are, inside the sandbox. */
const FRAME_HOST = `
import { openFrameLink } from './frameLink.js';
import { readLook } from './hostLook.js';
const place = document.getElementById('place');
const frame = document.createElement('iframe');
frame.src = gateway + '/embed/panel';
const link = openFrameLink(gateway, {
  frameWindow: () => frame.contentWindow,
  async hear(message) {
    if (message.type === 'ready') {
      const { token, expiresAt, rep } = JSON.parse(await getGrant({ recordId: '001' }));
      link.say({
        type: 'open',
        record: { object: 'Account', id: '001' },
        grant: { token, expiresAt, rep },
        look: readLook(place),
      });
    }
    if (message.type === 'height') tell(String(message.height));
  },
});
place.appendChild(frame);
`;

const IN_PAGE = `
(async () => {
  try {
    const place = document.getElementById('place');
    await globalThis.opportunePanel.mountPanel(place, {
      url: gateway,
      record: { object: 'Account', id: '001' },
      grant: JSON.parse(await getGrant({ recordId: '001' })),
      renew: async () => JSON.parse(await getGrant({ recordId: '001' })),
      look: {},
    });
    setInterval(() => tell(place.querySelector('opportune-panel').renderRoot.textContent), 50);
  } catch (error) {
    tell(String((error && error.stack) || error));
  }
})();
`;
