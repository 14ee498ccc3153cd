/**
 * Runs the panel under Lightning Web Security, the sandbox in which Salesforce runs components, and compares what it draws
 * with what it draws on a plain page: every state, at the gates of Summer '26 (262) and Winter '27 (264), then a click
 * through. The sandbox is Salesforce's own package under its own licence, so it is no dependency: this fetches it into the
 * system's temporary folder, once. Where it may not (OPPORTUNE_NO_INSTALL=1) or cannot, it says so and ends well.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from 'puppeteer-core';
import { browserFlags, findBrowser } from './browser.mjs';

const sandbox = '@locker/sandbox@0.28.4';
const folder = join(tmpdir(), 'opportune-lws');

if (!existsSync(join(folder, 'node_modules/@locker/sandbox'))) {
  if (process.env.OPPORTUNE_NO_INSTALL === '1')
    skip('it is not there, and nothing may be installed');
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', sandbox];
  const { status } = spawnSync('npm', args, { stdio: 'inherit' });
  if (status !== 0) skip(`npm could not install ${sandbox}`);
}

function skip(because) {
  console.log(`Lightning Web Security: skipped, ${because}.`);
  process.exit(0);
}

const bundle = async (contents, resolveDir) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    target: 'es2022',
    conditions: ['production'],
    logLevel: 'error',
  });
  return outputFiles[0].text;
};

const host = await bundle(
  `import { evaluateInSandbox } from '@locker/sandbox';
  import { clearGaterEnabledFeatures, isGaterEnabledFeature, LWS_DEFAULT_GATER_FEATURES, registerGaterEnabledFeatures } from '@locker/shared';
  window.gates = (upTo) => {
    clearGaterEnabledFeatures();
    registerGaterEnabledFeatures(LWS_DEFAULT_GATER_FEATURES.filter((feature) => {
      const since = /changesSince\\.(\\d+)/.exec(feature);
      return !since || Number(since[1]) <= upTo;
    }));
    return isGaterEnabledFeature('changesSince.264');
  };
  window.inSandbox = (script, report) => evaluateInSandbox('c', script, undefined, { report });`,
  folder,
);

/** Draws every state and works with one panel; tells what came out. */
const panel = await bundle(
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
        window.inSandbox(script, window.report);
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
