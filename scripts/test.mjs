/**
 * `npm test`: every test there is, or those in the files and folders named: `npm test -- src/core test/x.test.ts`.
 * Browser tests run in Chromium, the rest under `node --test`; the last line counts both.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import { startTestRunner } from '@web/test-runner';
import settings from '../web-test-runner.config.js';
import { findBrowser } from './browser.mjs';
import { root } from './from-sources.mjs';
import { chromium } from './test-commands.mjs';

const inBrowser = /^(src|widget|examples|test\/browser)\//;
const inNode = /^(connectors|extension|gateway|scripts|test)\//;

const wanted = process.argv.slice(2).map((path) => relative(root, path).split(sep).join('/'));
const all = readdirSync(root).flatMap((top) => {
  if (!inBrowser.test(`${top}/`) && !inNode.test(`${top}/`)) return [];
  const below = readdirSync(join(root, top), { recursive: true });
  return below.map((file) => `${top}/${file.split(sep).join('/')}`);
});
const files = all
  .filter((file) => /^(?!.*\/(node_modules|dist)\/).*\.test\.tsx?$/.test(file))
  .filter((file) => !wanted.length || wanted.some((path) => `${file}/`.startsWith(`${path}/`)))
  .sort();

const unmatched = wanted.filter((path) => !files.some((file) => `${file}/`.startsWith(`${path}/`)));
if (unmatched.length) {
  console.error(
    `No test in ${unmatched.join(', ')}: name files *.test.ts, or folders that hold some.`,
  );
  process.exit(2);
}
process.chdir(root);
const counts = { passed: 0, failed: 0, skipped: 0 };
const add = (more) => {
  for (const [name, number] of Object.entries(more)) counts[name] += number;
};
const browserFiles = files.filter((file) => inBrowser.test(file));
const nodeFiles = files.filter((file) => !inBrowser.test(file));
const browser = await findBrowser();
if (browserFiles.length) add(browser ? await testInBrowser(browserFiles) : { failed: 1 });
if (nodeFiles.length) add(await testInNode(nodeFiles));

const { passed, failed, skipped } = counts;
if (passed + failed === 0) console.log('No test ran.');
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed || !passed ? 1 : 0);

async function testInBrowser(files) {
  const runner = await startTestRunner({
    config: { ...settings, files, browsers: [chromium(browser.path)] },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  });
  await new Promise((resolve) => runner.on('stopped', resolve));
  return [...runner.sessions.all()].reduce(countSession, { passed: 0, failed: 0, skipped: 0 });
}

function countSession(sum, session) {
  const before = { ...sum };
  const walk = ({ tests, suites }) => {
    for (const test of tests) sum[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
    suites.forEach(walk);
  };
  if (session.testResults) walk(session.testResults);
  const ran =
    sum.passed + sum.failed + sum.skipped > before.passed + before.failed + before.skipped;
  if (!ran && session.passed) console.log(`\n✗ ${session.testFile}: This file holds no test.`);
  // A file that did not load, an error outside any test, or nothing in it.
  if (!ran || (!session.passed && sum.failed === before.failed)) sum.failed++;
  return sum;
}

/** Files are listed one by one: given a folder, `node --test` finds no TypeScript, runs nothing and is content. */
async function testInNode(files) {
  const before = ['--import', 'tsx', '--import', './scripts/property-seed.mjs'];
  // What waits for ever says so, and does not keep the rest from being told.
  const limits = [`--test-concurrency=${availableParallelism()}`, '--test-timeout=900000'];
  const args = [...before, '--test', ...limits];
  const reporter = '--test-reporter=./scripts/count-reporter.mjs';
  console.log(`\nNode: ${files.length} test files`);
  const child = spawn(process.execPath, [...args, reporter, ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    process.stdout.write(chunk);
    output = (output + chunk).slice(-10_000);
  }
  const status = await new Promise((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    child.on('close', resolve);
  });
  const last = output.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{"passed"')) return { failed: 1 };
  const more = JSON.parse(last);
  if (status !== 0 && more.failed === 0) more.failed = 1;
  return more;
}
