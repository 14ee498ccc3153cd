import type { App } from './app.js';
import { scriptName } from './built-page.js';
import { signInPage } from './sign-in-page.js';

/** As they were built; `undefined` where they were not. */
export interface PageScripts {
  /** Of the page of findings. */
  readonly insightsScript: string | undefined;
  readonly studioFiles: StudioFiles | undefined;
  readonly dayScripts: DayScripts | undefined;
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

/** Of the page of a rep's day. */
export interface DayScripts {
  readonly page: string;
  readonly worker: string;
  /** Of the solver. */
  readonly wasm: Uint8Array;
}

/** Of a worker that compiles WebAssembly, which it loads from here: what reads pictures, and what plans. */
const COMPILES = "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'";

/** The pages that people open in a browser of their own. */
export function pageRoutes(
  app: App,
  { insightsScript, studioFiles, dayScripts }: PageScripts,
): void {
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
      ...(name === studioFiles?.names.pictureWorker && { policy: COMPILES }),
    })),
    trustedTypes: 'opportune-worker opportune-paste',
  });
  signInPage(app, {
    name: 'day',
    operationId: 'readDayPage',
    title: 'Day',
    about: 'Your day or week as a plan, for reps. Nobody else sees it.',
    ...dayFiles(dayScripts),
    trustedTypes: 'opportune-worker',
  });
}

function dayFiles(
  scripts: DayScripts | undefined,
): Pick<Parameters<typeof signInPage>[1], 'script' | 'parts' | 'files'> {
  if (!scripts) return { script: undefined, files: [] };
  const page = scriptName('page', scripts.page);
  const worker = scriptName('worker', scripts.worker);
  const wasm = `${scriptName('solver', scripts.wasm)}.wasm`;
  return {
    script: page,
    parts: { worker, wasm },
    files: [
      { name: page, bytes: Buffer.from(scripts.page) },
      { name: worker, bytes: Buffer.from(scripts.worker), policy: COMPILES },
      { name: wasm, bytes: scripts.wasm },
    ],
  };
}
