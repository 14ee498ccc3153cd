import { chromeLauncher } from '@web/test-runner-chrome';
import { browserFlags } from './browser.mjs';

/**
 * Chromium for browser tests. Files run side by side, each in a window and with a storage of its own: behind another
 * window a page neither paints nor has the focus, and stores and locks of one name would meet.
 */
export const chromium = (executablePath) =>
  chromeLauncher({
    launchOptions: { executablePath, args: browserFlags },
    createPage: async ({ browser }) => {
      const page = await (await browser.createBrowserContext()).newPage();
      await (await cdp(page)).send('Emulation.setFocusEmulationEnabled', { enabled: true });
      await emulate(page, {});
      return page;
    },
  });

const clients = new WeakMap();

/** Emulation ends with the session that asked for it, so there is one for the page's whole life. */
async function cdp(page) {
  if (!clients.has(page)) clients.set(page, await page.createCDPSession());
  return clients.get(page);
}

/**
 * The `emulate` command of browser tests (test/browser/emulate.ts): the environment of a page, set from outside as a whole.
 * The runner's own emulateMedia knows no forced colours, and runs several test files in one page without a reset.
 */
export const browserCommands = () => ({
  name: 'browser-commands',
  async executeCommand({ command, payload, session }) {
    if (command !== 'emulate') return undefined;
    await emulate(session.browser.getPage(session.id), payload);
    return true;
  },
});

async function emulate(page, environment) {
  const { colors = 'light', forcedColors = false, reducedMotion = true } = environment;
  const { offline = false, width = 800, height = 600 } = environment;
  const client = await cdp(page);
  await client.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: colors },
      { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
      { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
    ],
  });
  await page.setViewport({ width, height });
  // Real offline emulation cuts the runner's own socket too, and with it the way back.
  await client.send('Network.enable');
  await client.send('Network.overrideNetworkState', {
    offline,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await client.send('Network.setBlockedURLs', { urls: offline ? ['http://*', 'https://*'] : [] });
}
