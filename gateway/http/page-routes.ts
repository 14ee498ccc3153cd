import type { App } from './app.js';
import { signInPage } from './sign-in-page.js';

/** As they were built; `undefined` where they were not. */
export interface PageScripts {
  /** Of the page of findings. */
  readonly insightsScript: string | undefined;
  readonly studioScripts: StudioScripts | undefined;
}

export interface StudioScripts {
  readonly page: string;
  readonly worker: string;
}

/** The pages that people open in a browser of their own. */
export function pageRoutes(app: App, { insightsScript, studioScripts }: PageScripts): void {
  signInPage(app, {
    name: 'insights',
    operationId: 'readInsights',
    title: 'Insights',
    about:
      'What the facts of your company add up to, for managers and marketers; and for reps what their own actions achieve.',
    script: insightsScript,
  });
  signInPage(app, {
    name: 'studio',
    operationId: 'readStudioPage',
    title: 'Studio',
    about: 'Where the playbook of your company is written, for marketers.',
    script: studioScripts?.page,
    worker: studioScripts?.worker,
    trustedTypes: 'opportune-worker opportune-paste',
  });
}
