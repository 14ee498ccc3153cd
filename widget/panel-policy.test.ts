import { expect } from '@open-wc/testing';
import { HOSTILE } from './fixtures-hostile.js';
import type { PolicyReport } from './policy-page.js';

/** The page's own scripts and style sheets and nothing else; markup from strings by Lit's templates alone. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

describe('a page with a strict policy', () => {
  it('shows hostile text in the panel as text, and reports no violation', async () => {
    const frame = document.createElement('iframe');
    const script = new URL('./policy-page.ts', import.meta.url).pathname;
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><body><script type="module" src="${script}"></script>`;
    const reported = new Promise<PolicyReport>((resolve) => {
      addEventListener('message', function hear({ source, data }) {
        if (source !== frame.contentWindow) return;
        removeEventListener('message', hear);
        resolve(data);
      });
    });
    document.body.append(frame);
    const report = await reported;
    frame.remove();
    expect(report.violations).to.deep.equal([]);
    expect(report.text).to.equal(HOSTILE);
    // Its style sheet is at work.
    expect(report.padding).to.equal('16px');
    // The policy was in force all along.
    expect(report.stopped).to.include.members(['require-trusted-types-for', 'style-src-attr']);
  });
});
