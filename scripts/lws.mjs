/**
 * Runs the panel under Lightning Web Security, the sandbox in which Salesforce runs components, and compares what it draws
 * with what it draws on a plain page: every state, at the gates of Summer '26 (262) and Winter '27 (264), then a click
 * through. Where the sandbox is not there and cannot be fetched, it says so and ends well.
 */
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { browserFlags, findBrowser } from './browser.mjs';
import { bundleScript, lwsHost } from './lws-host.mjs';

function skip(because) {
  console.log(`Lightning Web Security: skipped, ${because}.`);
  process.exit(0);
}

const { script: host, missing } = await lwsHost();
if (missing) skip(missing);

/** Draws every state and works with one panel; tells what came out. */
const panel = await bundleScript(
  `import { define } from './opportune-panel-define.js';
  import { createFakeSource } from './fake-source.js';
  import { PANEL_VIEWS } from './fixtures.js';
  define();
  const markup = (panel) => panel.renderRoot.innerHTML
    .replace(/<!--.*?-->/g, '')
    .replace(/ (data-lwr-[\\w-]+|lskey)="[^"]*"/g, '');
  const mount = document.getElementById('mount');
  const stand = async (view, source = createFakeSource(view)) => {
    const panel = document.createElement('opportune-panel');
    panel.source = source;
    panel.record = 'r';
    panel.asker = 'a';
    mount.appendChild(panel);
    await panel.updateComplete;
    return { panel, source };
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
  const STEPS = {
    reasons: ['.reasons', '.choices .button:last-child'],
    snooze: ['.snooze'],
    'why not': ['.others'],
    more: ['.more'],
    kinds: ['.more', '.menu li:first-child .button'],
    history: ['.more', '.menu li:nth-child(2) .button'],
    tips: ['.tip'],
    numbers: ['.more', '.menu li:last-child .button'],
  };
  (async () => {
    const out = {};
    try {
      for (const [name, view] of Object.entries(PANEL_VIEWS)) {
        const { panel } = await stand(view);
        out[name] = markup(panel);
        panel.remove();
      }
      for (const [name, path] of Object.entries(STEPS)) {
        const { panel } = await stand(PANEL_VIEWS.cards);
        for (const selector of path) {
          panel.renderRoot.querySelector(selector).click();
          await pause();
          await panel.updateComplete;
        }
        out[name] = markup(panel);
        panel.remove();
      }
      const { panel, source } = await stand(PANEL_VIEWS.cards);
      const heard = [];
      mount.addEventListener('actionaccept', (event) => {
        event.preventDefault();
        heard.push(event.type, event.detail.kind, event.detail.href);
      });
      source.answerWith(true, PANEL_VIEWS.acted);
      panel.renderRoot.querySelector('.primary').click();
      await pause();
      out['an accepted action'] = JSON.stringify([heard, source.calls.filter(({ name }) => name === 'answer')]);
      out['after it'] = markup(panel);
      const style = getComputedStyle(panel.renderRoot.querySelector('.receipt'));
      out['its style'] = style.display + ' ' + style.paddingTop;
    } catch (error) {
      out.fault = String(error && error.stack || error);
    }
    report(JSON.stringify(out));
  })();`,
  join(import.meta.dirname, '../widget'),
);

const found = await findBrowser(() => {});
if (!found) skip('there is no browser');
const browser = await launch({ executablePath: found.path, args: browserFlags });

async function run(gate) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.setContent('<!doctype html><body><div id="mount"></div></body>');
  if (gate) await page.addScriptTag({ content: host });
  const reported = page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error('no report after 20 s')), 20_000);
        window.report = resolve;
      }),
  );
  if (gate) {
    await page.evaluate(
      ([script, upTo]) => {
        window.gates(upTo);
        window.inSandbox(script, { report: window.report });
      },
      [panel, gate],
    );
  } else await page.addScriptTag({ content: panel });
  const out = await reported;
  await page.close();
  return JSON.parse(out);
}

let faults = 0;
try {
  const plain = await run();
  if (plain.fault) throw new Error(plain.fault);
  for (const gate of [262, 264]) {
    const locked = await run(gate);
    for (const [name, drawn] of Object.entries(plain)) {
      if (locked[name] === drawn) continue;
      faults++;
      console.error(
        `gate ${gate}, ${name}: differs\n  plain:  ${drawn}\n  locked: ${locked[name]}`,
      );
    }
    if (locked.fault) {
      faults++;
      console.error(`gate ${gate}: ${locked.fault}`);
    }
  }
  const count = Object.keys(plain).length;
  console.log(
    faults
      ? `Lightning Web Security: ${faults} of ${2 * count} drawings differ.`
      : `Lightning Web Security: ${count} drawings are the same with and without it, at gates 262 and 264.`,
  );
} finally {
  await browser.close();
}
process.exitCode = faults ? 1 : 0;
