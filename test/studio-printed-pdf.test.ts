import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { launch } from 'puppeteer-core';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';
import { readFileText } from '../src/studio/file-text.js';

describe('a PDF file that a browser printed', () => {
  it('says in Node what its page said, in the same order', async () => {
    const found = await findBrowser(() => undefined);
    assert.ok(found, 'a browser is needed');
    const browser = await launch({ executablePath: found.path, args: browserFlags });
    try {
      const page = await browser.newPage();
      await page.setContent(`<title>Quiet lines</title><style>body { font: 12pt sans-serif; width: 12cm }</style>
        <h1>Für Molkereien</h1><p>Two machines do the work of three, and nobody who stands beside them has to shout any more at the end of a shift.</p>
        <h2>Who signs</h2><ol><li>finance</li><li>quality</li></ol><ul><li>one</li><li>two</li></ul><p style="break-before: page">Second page.</p>`);
      const bytes = await page.pdf();
      const file = new File([Uint8Array.from(bytes)], 'quiet.pdf');
      assert.deepEqual(await readFileText(file), {
        kind: 'pdf',
        title: 'Quiet lines',
        markdown:
          '# Für Molkereien\n\nTwo machines do the work of three, and nobody who stands beside them has to shout any more at the end of a shift.\n\n## Who signs\n\n1. finance\n2. quality\n\none\\\ntwo\n\nSecond page.\n',
        pages: { read: 2, of: 2 },
      });
    } finally {
      await browser.close();
    }
  });
});
