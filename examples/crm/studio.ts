import 'opportune/widget/studio/define';
import { type Changes, connectEngine, type StudioSource } from 'opportune/studio';
import { NOW } from './data/calendar.js';
import { openPlaybook } from './open-playbook.js';
import { keepDraft, keepOwn, readDraft } from './own-playbook.js';
import { startWorker } from './start-worker.js';
import { answerTip, waitingTips } from './tip-post.js';

const AUTHOR = 'ines.moreau@halden.example';

function createSource(worker: Worker): StudioSource {
  const engine = connectEngine(worker);
  return {
    engine,
    tips: {
      waiting: async () => waitingTips(),
      settle: async (id, change) => answerTip(id, change),
    },
    async open() {
      const kept = readDraft<Changes>();
      const { files } = await openPlaybook();
      const at = decodeURIComponent(location.hash.slice(1));
      return { files, author: AUTHOR, now: NOW, ...(kept && { kept }), ...(at && { at }) };
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

const studio = document.querySelector('opportune-studio');
if (studio) studio.source = createSource(startWorker(new URL('studio-worker.ts', import.meta.url)));
