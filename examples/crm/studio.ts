import 'opportune/widget/studio/define';
import {
  connectEngine,
  createVersions,
  type PlaybookFiles,
  type StudioSource,
} from 'opportune/studio';
import { startWorker } from '../../widget/embed/start-worker.js';
import { NOW } from './data/calendar.js';
import { openPlaybook } from './open-playbook.js';
import { keepDraft, keepOwn, readDraft } from './own-playbook.js';
import { updateVersions } from './own-versions.js';
import { answerTip, dismissedCards, waitingTips } from './tip-post.js';

const AUTHOR = 'ines.moreau@halden.example';
/** Who kept the playbook before the visitor came. */
const KEEPER = 'sales.operations@halden.example';

function createSource(worker: Worker): StudioSource {
  const engine = connectEngine(worker);
  /** The CRM beside it reads what is live from here. */
  async function goLive(files: PlaybookFiles): Promise<void> {
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
  }
  const versions = createVersions({
    update: (change) =>
      updateVersions(async () => {
        const { files } = await openPlaybook();
        return { files, by: KEEPER, at: NOW };
      }, change),
    goLive,
    author: AUTHOR,
    needsSecond: false,
    now: Date.now,
  });
  return {
    engine,
    readers: {
      startPdfWorker: () => startWorker(embedded('pdf-worker.ts')),
      pictures: {
        startWorker: () => startWorker(embedded('picture-worker.ts')),
        program: installed('tesseract-wasm/dist/tesseract-core.wasm'),
        language: installed('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'),
      },
    },
    tips: {
      waiting: async () => waitingTips(),
      dismissals: async () => dismissedCards(),
      settle: async (id, change) => answerTip(id, change),
    },
    versions,
    async open() {
      const draft = readDraft();
      const live = (await versions.list()).live;
      const files = live?.files ?? (await openPlaybook()).files;
      const at = decodeURIComponent(location.hash.slice(1));
      return {
        files,
        author: AUTHOR,
        now: NOW,
        ...(draft?.kept && { kept: draft.kept }),
        ...(draft?.keptFrom !== undefined && { keptFrom: draft.keptFrom }),
        ...(at && { at }),
      };
    },
    async keep(kept, keptFrom) {
      keepDraft({ kept, keptFrom });
    },
  };
}

const embedded = (name: string): URL => new URL(`../../widget/embed/${name}`, import.meta.url);
const installed = (path: string): string =>
  new URL(`../../node_modules/${path}`, import.meta.url).href;

const studio = document.querySelector('opportune-studio');
if (studio) studio.source = createSource(startWorker(new URL('studio-worker.ts', import.meta.url)));
