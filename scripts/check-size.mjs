/**
 * What a page loads, bundled and minified: how large it is against its budget, and that the agent never brings the
 * compiler of playbooks, nor the panel the agent. What is imported only when asked for is listed and not counted.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

/** kB are 1,000 bytes, after gzip. */
const bundles = [
  {
    name: 'agent library with the IndexedDB store',
    contents: "export * from './dist/index.js'; export * from './dist/stores/indexed-db.js';",
    budgetKb: 20,
    never: /node_modules\/(yaml|mdast|micromark|@?lit)|dist\/plan\.js/,
  },
  {
    name: 'panel with Lit, dist/panel.js',
    contents: "import './dist/widget/panel/define.js';",
    file: 'dist/panel.js',
    budgetKb: 16.6,
    never: /node_modules\/(yaml|mdast|micromark|idb)|dist\/(plan|index|view)\.js/,
  },
  {
    name: 'view model, between the two',
    contents: "export * from './dist/view.js';",
    budgetKb: 23.2,
    never: /node_modules\/|dist\/(plan|index)\.js/,
  },
  {
    name: 'agent behind a gateway, for a panel',
    contents: "export * from './dist/remote.js';",
    budgetKb: 4.4,
    never: /node_modules\/|dist\/(plan|index|view)\.js/,
  },
  {
    name: 'fast matcher',
    contents: "export * from './dist/matcher.js';",
    budgetKb: 7,
    never: /node_modules\/|dist\/(plan|index)\.js/,
  },
];

/** Leaves what is imported only when asked for outside. */
const onlyNow = {
  name: 'only-now',
  setup: ({ onResolve }) =>
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    ),
};

const problems = [];
for (const { name, contents, file, budgetKb, never } of bundles) {
  const bundle = (more) =>
    build({
      stdin: { contents, resolveDir: '.' },
      outdir: '.',
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      format: 'esm',
      target: 'es2022',
      conditions: ['production'],
      logLevel: 'error',
      ...more,
    });
  const { metafile, outputFiles } = await bundle({ plugins: [onlyNow] });
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [input, { bytesInOutput }] of Object.entries(inputs))
      if (bytesInOutput && never.test(input)) problems.push(`${name}: holds ${input}`);
  const kb = file ? gzipKb(readFileSync(file)) : await shippedKb(outputFiles[0].text);
  const everything = await bundle();
  const later = file ? 0 : (await shippedKb(everything.outputFiles[0].text)) - kb;
  const rest = later > 0.05 ? `, and ${later.toFixed(1)} when asked for` : '';
  console.log(`${kb.toFixed(2).padStart(6)} kB of ${budgetKb}  ${name}${rest}`);
  if (kb > budgetKb) problems.push(`${name}: ${kb.toFixed(2)} kB, over the budget of ${budgetKb}`);
}

// Loaded from the disk of whoever installed it, once: it is told, and has no budget.
const extension = readdirSync('extension/dist').filter((name) => name.endsWith('.js'));
const worker = gzipKb(readFileSync('extension/dist/worker.js'));
const pages = extension.reduce(
  (sum, name) => sum + gzipKb(readFileSync(`extension/dist/${name}`)),
  -worker,
);
console.log(
  `${(pages + worker).toFixed(2).padStart(6)} kB         browser extension: its pages ${pages.toFixed(1)}, its worker ${worker.toFixed(1)}`,
);

async function shippedKb(code) {
  const { code: short } = await minify(code, { module: true, ecma: 2022, compress: { passes: 3 } });
  return gzipKb(short);
}

function gzipKb(content) {
  return gzipSync(content, { level: 9 }).length / 1000;
}

for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
