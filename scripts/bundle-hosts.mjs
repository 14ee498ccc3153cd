/**
 * What CRMs load of Opportune, each in one file: the page that the gateway serves for a frame, the script of the
 * component in Lightning, and the card of HubSpot. `npm run build` writes them; tests take them as they are.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const hosts = {
  frame: { entry: 'widget/embed/embed-page.ts', file: 'gateway/dist/embed.js', format: 'esm' },
  insights: {
    entry: 'widget/embed/insights-page.ts',
    file: 'gateway/dist/insights.js',
    format: 'esm',
  },
  day: { entry: 'widget/embed/day-page.ts', file: 'gateway/dist/day.js', format: 'esm' },
  dayWorker: {
    entry: 'widget/embed/day-worker.ts',
    file: 'gateway/dist/day-worker.js',
    format: 'esm',
    // Asked for under Node.js alone.
    external: ['node:*'],
  },
  lightning: {
    entry: 'widget/embed/in-page.ts',
    file: 'connectors/salesforce/lightning/force-app/main/default/staticresources/opportunePanel.js',
    format: 'iife',
  },
  hubspot: {
    entry: 'connectors/hubspot/card/extension.tsx',
    file: 'connectors/hubspot/card/project/src/app/cards/OpportuneCard.jsx',
    format: 'esm',
    // HubSpot builds what is uploaded, and installs these two by itself.
    external: ['react', 'react/jsx-runtime', '@hubspot/ui-extensions'],
  },
};

const STUDIO_FOLDER = 'gateway/dist/studio';
const COMMON = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  minify: true,
  target: 'es2022',
  tsconfig: join(root, 'tsconfig.json'),
  jsx: 'automatic',
  loader: { '.css': 'text' },
  // What registers an element is no side effect to a reader of package.json, which knows the built files.
  ignoreAnnotations: true,
  logLevel: 'error',
};

/** The text of one of them: `frame`, `insights`, `day`, `dayWorker`, `lightning` or `hubspot`. */
export async function bundleHost(name) {
  const { entry, format, external = [] } = hosts[name];
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [join(root, entry)],
    format,
    external,
    conditions: ['production'],
  });
  return outputFiles[0].text;
}

/**
 * The studio of the gateway, in files that lie in one folder and change their names when they change: what they are called
 * by what they are, and their bytes by name. What reads PDF files and pictures is loaded when somebody opens one.
 */
export async function bundleStudio() {
  const files = new Map();
  const bundle = async (entry, more) => {
    const { metafile, outputFiles } = await build({
      ...COMMON,
      entryPoints: [join(root, entry)],
      outdir: join(root, STUDIO_FOLDER),
      entryNames: '[name]-[hash]',
      chunkNames: 'part-[hash]',
      format: 'esm',
      // Markdown is read without a document, which a worker does not have.
      conditions: ['production', 'worker'],
      metafile: true,
      ...more,
    });
    for (const { path, contents } of outputFiles) files.set(basename(path), contents);
    const [own] = Object.entries(metafile.outputs).find(
      ([, { entryPoint }]) => entryPoint === entry,
    );
    return basename(own);
  };
  const keep = (path) => {
    const bytes = readFileSync(join(root, 'node_modules', path));
    const [name, ...ending] = basename(path).split('.');
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
    const own = [`${name}-${hash}`, ...ending].join('.');
    files.set(own, bytes);
    return own;
  };
  const names = {
    page: await bundle('widget/embed/studio-page.ts', {
      splitting: true,
      // The page has a worker for it.
      external: ['pdfjs-dist/legacy/build/pdf.worker.mjs'],
    }),
    worker: await bundle('widget/embed/studio-worker.ts', { external: ['pdfjs-dist/*'] }),
    // A module, also for those who judge by what stands in it.
    pdfWorker: await bundle('widget/embed/pdf-worker.ts', { footer: { js: 'export {};' } }),
    pictureWorker: await bundle('widget/embed/picture-worker.ts'),
    program: keep('tesseract-wasm/dist/tesseract-core.wasm'),
    language: keep('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'),
  };
  files.set('LICENSES.txt', Buffer.from(LICENSED.map(licenceOf).join('\n\n')));
  return { names, files };
}

/** What the studio's files were made of beside our own, and what has to go with them. */
const LICENSED = [
  'pdfjs-dist/LICENSE',
  'tesseract-wasm/LICENSE.md',
  'lit/LICENSE',
  'fflate/LICENSE',
];

function licenceOf(path) {
  return `${dirname(path)}\n\n${readFileSync(join(root, 'node_modules', path), 'utf8')}`;
}

function say(file, { length }) {
  console.log(`${file}: ${Math.round(length / 1000)} kB`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, { file }] of Object.entries(hosts)) {
    const text = await bundleHost(name);
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    say(file, text);
  }
  const { names, files } = await bundleStudio();
  rmSync(join(root, STUDIO_FOLDER), { recursive: true, force: true });
  mkdirSync(join(root, STUDIO_FOLDER), { recursive: true });
  for (const [name, bytes] of files) {
    writeFileSync(join(root, STUDIO_FOLDER, name), bytes);
    say(join(STUDIO_FOLDER, name), bytes);
  }
  writeFileSync(join(root, STUDIO_FOLDER, 'names.json'), JSON.stringify(names));
}
