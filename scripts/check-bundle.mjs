/** What a browser would load: the agent never brings the compiler of playbooks, and the panel never the agent. */
import { build } from 'esbuild';

const bundles = [
  {
    name: 'the agent',
    contents: "export * from './dist/index.js'; export * from './dist/stores/indexed-db.js';",
    never: /node_modules\/(yaml|mdast|micromark|lit)|dist\/plan\.js/,
  },
  {
    name: 'the panel',
    contents: "import './dist/widget/panel/define.js';",
    never: /node_modules\/(yaml|mdast|micromark|idb)|dist\/(plan|index)\.js/,
  },
];

let faults = 0;
for (const { name, contents, never } of bundles) {
  const { metafile } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    conditions: ['production'],
  });
  const [output] = Object.values(metafile.outputs);
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    if (!bytesInOutput || !never.test(file)) continue;
    faults++;
    console.error(`${name}: ${file} is in the bundle (${bytesInOutput} bytes)`);
  }
}
if (!faults) console.log('The bundles hold what they should.');
process.exit(faults ? 1 : 0);
