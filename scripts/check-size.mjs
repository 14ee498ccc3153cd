/**
 * What a page loads, bundled and minified: how large it is against its budget, and that the agent never brings the
 * compiler of playbooks, nor the panel the agent.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** kB are 1,000 bytes, after gzip. */
const bundles = [
  {
    name: 'agent library with IndexedDB store',
    contents: "export * from './dist/index.js'; export * from './dist/stores/indexed-db.js';",
    budgetKb: 20,
    never: /node_modules\/(yaml|mdast|micromark|@?lit)|dist\/plan\.js/,
  },
  {
    name: 'panel with Lit, dist/panel.js',
    contents: "import './dist/widget/panel/define.js';",
    file: 'dist/panel.js',
    budgetKb: 16,
    never: /node_modules\/(yaml|mdast|micromark|idb)|dist\/(plan|index|view)\.js/,
  },
  {
    name: 'view model, between the two',
    contents: "export * from './dist/view.js';",
    budgetKb: 20,
    never: /node_modules\/|dist\/(plan|index)\.js/,
  },
];

const problems = [];
for (const { name, contents, file, budgetKb, never } of bundles) {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    conditions: ['production'],
    logLevel: 'error',
  });
  for (const [input, { bytesInOutput }] of Object.entries(
    Object.values(metafile.outputs)[0].inputs,
  ))
    if (bytesInOutput && never.test(input)) problems.push(`${name}: holds ${input}`);
  const kb = gzipSync(file ? readFileSync(file) : outputFiles[0].contents).length / 1000;
  console.log(`${kb.toFixed(2).padStart(6)} kB of ${budgetKb}  ${name}`);
  if (kb > budgetKb) problems.push(`${name}: ${kb.toFixed(2)} kB, over the budget of ${budgetKb}`);
}
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
