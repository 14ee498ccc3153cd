/**
 * What CRMs load of Opportune, each in one file: the page that the gateway serves for a frame, the script of the
 * component in Lightning, and the card of HubSpot. `npm run build` writes them; tests take them as they are.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Markdown is read without a document, which a worker does not have; what reads PDF files is loaded where it is there. */
const STUDIO = { conditions: ['production', 'worker'], external: ['pdfjs-dist/*'] };

const hosts = {
  frame: { entry: 'widget/embed/embed-page.ts', file: 'gateway/dist/embed.js', format: 'esm' },
  insights: {
    entry: 'widget/embed/insights-page.ts',
    file: 'gateway/dist/insights.js',
    format: 'esm',
  },
  studio: {
    entry: 'widget/embed/studio-page.ts',
    file: 'gateway/dist/studio.js',
    format: 'esm',
    ...STUDIO,
  },
  studioWorker: {
    entry: 'widget/embed/studio-worker.ts',
    file: 'gateway/dist/studio-worker.js',
    format: 'esm',
    ...STUDIO,
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

/** The text of one of them: `frame`, `insights`, `studio`, `studioWorker`, `lightning` or `hubspot`. */
export async function bundleHost(name) {
  const { entry, format, external = [], conditions = ['production'] } = hosts[name];
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    format,
    external,
    minify: true,
    target: 'es2022',
    conditions,
    tsconfig: join(root, 'tsconfig.json'),
    jsx: 'automatic',
    loader: { '.css': 'text' },
    // What registers an element is no side effect to a reader of package.json, which knows the built files.
    ignoreAnnotations: true,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, { file }] of Object.entries(hosts)) {
    const text = await bundleHost(name);
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    console.log(`${file}: ${Math.round(text.length / 1000)} kB`);
  }
}
