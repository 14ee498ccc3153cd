import { OpportuneError } from '../../src/core/errors.js';
import type { StudioEngine } from '../../src/studio/engine.js';
import { connectEngine } from '../../src/studio/engine-wire.js';
import { createDraftKeeper } from '../../src/studio/keep-draft.js';
import { openRemoteStudio, type RemoteStudio } from '../../src/studio/remote-studio.js';
import type { StudioSample, StudioSource } from '../../src/studio/studio-source.js';
import { define } from '../opportune-studio.js';
import { openLocalDrafts } from './local-drafts.js';
import { createSignIn } from './sign-in.js';
import { startWorker } from './start-worker.js';
import type { WorkerBeginning } from './studio-worker.js';

/** The page that the gateway serves for marketers: a token opens it, which this tab keeps in memory and nowhere else. */
async function start(): Promise<void> {
  define();
  const signIn = createSignIn(document);
  let authorization = await signIn.first();
  const page = document.createElement('opportune-studio');
  document.body.append(page);
  const remote = openRemoteStudio({
    url: location.origin,
    authorization: async () => authorization,
    async signInAnew() {
      authorization = await signIn.anew();
      return authorization;
    },
    fetch: (...given) => fetch(...given),
  });
  page.source = await remote.then(toSource, refused);
}

/** The studio says why it cannot be opened. */
const refused = (error: unknown): StudioSource => ({
  engine: connectEngine(startEngine({ facts: [], now: 0, today: '1970-01-01' })),
  open: () => Promise.reject(error),
  keep: () => Promise.reject(error),
});

function toSource(remote: RemoteStudio): StudioSource {
  const { author, tenant, now, versions, tips } = remote;
  const keeper = createDraftKeeper({
    local: openLocalDrafts(`${tenant} ${author}`),
    remote: remote.drafts,
    tab: crypto.randomUUID(),
    filesOf: (number) => versions.filesOf(number),
    wait: untilOnline,
  });
  const { engine, sample } = createPageEngine(remote);
  return {
    ...{ engine, versions, tips, sample },
    readers: {
      startPdfWorker: () => startWorker(addressOf('pdfWorker')),
      pictures: {
        startWorker: () => startWorker(addressOf('pictureWorker')),
        program: addressOf('program').href,
        language: addressOf('language').href,
      },
    },
    async open() {
      const { live } = await versions.list();
      if (!live)
        throw new OpportuneError('opportune/not-found', 'no playbook is in force', {
          remedy:
            'Let an administrator publish one: PUT /v1/playbook, or opportune serve --playbook',
        });
      const draft = await keeper.open(live.number);
      const at = decodeURIComponent(location.hash.slice(1));
      return {
        ...{ files: live.files, author, now },
        ...(draft && { kept: draft.changes, keptFrom: draft.base }),
        ...(at && { at }),
      };
    },
    keep: (changes, base = 0) => keeper.keep({ changes, base }),
    watchKept: keeper.watch,
  };
}

/** What is written is compiled at once; the accounts that it is tried on come meanwhile. */
function createPageEngine({ now, sample }: RemoteStudio): {
  readonly engine: StudioEngine;
  readonly sample: () => Promise<StudioSample>;
} {
  const today = new Date(now).toISOString().slice(0, 10);
  const written = connectEngine(startEngine({ facts: [], now, today }));
  let begun: Promise<{ readonly engine: StudioEngine; readonly told: StudioSample }> | undefined;
  const tried = () => {
    begun ??= sample().then(({ facts, ...told }) => ({
      engine: connectEngine(startEngine({ facts, now, today })),
      told,
    }));
    begun.catch(() => {
      begun = undefined;
    });
    return begun;
  };
  return {
    engine: {
      ...written,
      preview: async (...given) => (await tried()).engine.preview(...given),
      foresee: async (...given) => (await tried()).engine.foresee(...given),
      coverage: async (...given) => (await tried()).engine.coverage(...given),
      idle: async (...given) => (await tried()).engine.idle(...given),
      effect: async (...given) => (await tried()).engine.effect(...given),
      contentFigures: async (id) => (await tried()).engine.contentFigures(id),
      factsOf: async (account) => (await tried()).engine.factsOf(account),
    },
    sample: async () => (await tried()).told,
  };
}

/** What the gateway calls the files beside this one. */
const addressOf = (part: string): URL =>
  new URL(document.body.dataset[part] ?? '', location.origin);

function startEngine(beginning: WorkerBeginning): Worker {
  const worker = startWorker(addressOf('worker'));
  worker.postMessage(beginning);
  return worker;
}

const untilOnline = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
  });

void start();
