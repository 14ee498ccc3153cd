const pages = new WeakMap();

/**
 * The `emulate` command of browser tests (test/browser/emulate.ts): the environment of a page, set from outside as a whole.
 * The runner's own emulateMedia knows no forced colours, and runs several test files in one page without a reset.
 */
export const browserCommands = () => ({
  name: 'browser-commands',
  async executeCommand({ command, payload, session }) {
    if (command !== 'emulate') return undefined;
    const page = session.browser.getPage(session.id);
    // Emulation ends with the session that asked for it, so there is one for the page's whole life.
    if (!pages.has(page)) pages.set(page, await page.createCDPSession());
    const client = pages.get(page);
    const { colors = 'light', forcedColors, reducedMotion, offline, width, height } = payload;
    await client.send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: colors },
        { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
        { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
      ],
    });
    await page.setViewport({ width: width ?? 800, height: height ?? 600 });
    // Real offline emulation cuts the runner's own socket too, and with it the way back.
    await client.send('Network.enable');
    await client.send('Network.overrideNetworkState', {
      offline: offline ?? false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    await client.send('Network.setBlockedURLs', { urls: offline ? ['http://*', 'https://*'] : [] });
    return true;
  },
});
