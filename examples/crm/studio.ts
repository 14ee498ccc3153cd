import 'opportune/widget/studio/define';
import {
  type Changes,
  connectEngine,
  type PlaybookFiles,
  type StudioSource,
} from 'opportune/studio';
import { NOW } from './data/calendar.js';
import { keepDraft, keepOwn, readDraft, readOwn } from './own-playbook.js';

const AUTHOR = 'ines.moreau@halden.example';

/** The demo's playbook with what the visitor made of it. */
async function openPlaybook(): Promise<{
  readonly first: PlaybookFiles;
  readonly files: PlaybookFiles;
}> {
  const answer = await fetch(new URL('playbook-files.json', import.meta.url));
  if (!answer.ok) throw new Error(await answer.text());
  const first = (await answer.json()) as PlaybookFiles;
  const { files: own = [], gone = [] } = readOwn() ?? {};
  const left = new Map(own.map((file) => [file.path, file]));
  const files = first.flatMap((file) => {
    const now = left.get(file.path) ?? file;
    left.delete(file.path);
    return gone.includes(file.path) ? [] : [now];
  });
  return { first, files: [...files, ...left.values()] };
}

function createSource(worker: Worker): StudioSource {
  const engine = connectEngine(worker);
  return {
    engine,
    async open() {
      const kept = readDraft<Changes>();
      const { files } = await openPlaybook();
      return { files, author: AUTHOR, now: NOW, ...(kept && { kept }) };
    },
    async keep(changes) {
      keepDraft(changes);
    },
    async publish(files) {
      const { playbook, problems } = await engine.check(files);
      if (!playbook) throw new Error(problems[0]?.message);
      const { first } = await openPlaybook();
      const texts = new Map(first.map(({ path, text }) => [path, text]));
      const paths = new Set(files.map(({ path }) => path));
      keepOwn({
        playbook,
        files: files.filter(({ path, text }) => texts.get(path) !== text),
        gone: first.map(({ path }) => path).filter((path) => !paths.has(path)),
      });
    },
  };
}

/** The page's policy lets no other text become the address of a script. */
function startWorker(): Worker {
  const { trustedTypes } = globalThis as {
    trustedTypes?: {
      createPolicy(name: string, rules: object): { createScriptURL(url: string): string };
    };
  };
  const policy = trustedTypes?.createPolicy('opportune-worker', {
    createScriptURL: (url: string) => url,
  });
  const { href } = new URL('studio-worker.ts', import.meta.url);
  return new Worker(policy?.createScriptURL(href) ?? href, { type: 'module' });
}

const studio = document.querySelector('opportune-studio');
if (studio) studio.source = createSource(startWorker());
