import type { App } from './app.js';
import { scriptName } from './built-page.js';
import { signInPage } from './sign-in-page.js';

/** As they were built; `undefined` where they were not. */
export interface PageScripts {
  /** Of the page of findings. */
  readonly insightsScript: string | undefined;
  readonly studioFiles: StudioFiles | undefined;
}

/** What the studio's page loads: names that change when their bytes do. */
export interface StudioFiles {
  readonly names: {
    readonly page: string;
    readonly worker: string;
    readonly pdfWorker: string;
    readonly pictureWorker: string;
    /** What reads pictures, and what it knows of English. */
    readonly program: string;
    readonly language: string;
  };
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The one place where WebAssembly runs, which it loads from here. */
const PICTURE_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'";

/** The pages that people open in a browser of their own. */
export function pageRoutes(app: App, { insightsScript, studioFiles }: PageScripts): void {
  const insights = insightsScript === undefined ? undefined : scriptName('page', insightsScript);
  const { page, ...parts } = studioFiles?.names ?? {};
  signInPage(app, {
    name: 'insights',
    operationId: 'readInsights',
    title: 'Insights',
    about:
      'What the facts of your company add up to, for managers and marketers; and for reps what their own actions achieve.',
    script: insights,
    files:
      insights === undefined || insightsScript === undefined
        ? []
        : [{ name: insights, bytes: Buffer.from(insightsScript) }],
  });
  signInPage(app, {
    name: 'studio',
    operationId: 'readStudioPage',
    title: 'Studio',
    about: 'Where the playbook of your company is written, for marketers.',
    script: page,
    parts,
    files: [...(studioFiles?.files ?? [])].map(([name, bytes]) => ({
      ...{ name, bytes },
      ...(name === studioFiles?.names.pictureWorker && { policy: PICTURE_POLICY }),
    })),
    trustedTypes: 'opportune-worker opportune-paste',
  });
}
