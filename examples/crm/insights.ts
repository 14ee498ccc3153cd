import 'opportune/widget/insights/define';
import {
  connectInsights,
  draftChanges,
  type InsightsSource,
  type Look,
  ownActions,
} from 'opportune/insights';
import { startWorker } from '../../widget/embed/start-worker.js';
import { readAsker } from './asker.js';
import { keepCritic, readCritic } from './critic.js';
import { REPS } from './data/reps.js';
import { openPlaybook } from './open-playbook.js';
import { keepDraft, readDraft } from './own-playbook.js';

/** What was looked at is kept by this browser: a reload does not make it unseen. */
const LOOKS = 'opportune-demo-looks';

function readLooks(): readonly Look[] {
  try {
    return JSON.parse(localStorage.getItem(LOOKS) ?? '[]') as readonly Look[];
  } catch {
    return [];
  }
}

function createSource(): InsightsSource {
  const engine = connectInsights(startWorker(new URL('insights-worker.ts', import.meta.url)));
  return {
    async open() {
      const opened = await engine.open((await openPlaybook()).files, readLooks());
      const { id = '', team } = REPS.find((one) => one.id === readAsker()) ?? REPS[0] ?? {};
      const colleagues = REPS.filter((one) => one.team === team && one.id !== id).map(
        ({ id: rep, name }) => ({ rep, name }),
      );
      const critic = colleagues.find(({ rep }) => rep === readCritic());
      return {
        ...opened,
        presets: [...opened.presets, ownActions(id)],
        sharing: { colleagues, ...(critic && { critic }) },
      };
    },
    share: async (critic) => keepCritic(critic),
    async ask(question, progress, signal) {
      const found = await engine.ask(question, progress, signal);
      try {
        localStorage.setItem(LOOKS, JSON.stringify(found.looks));
      } catch {
        // A browser that keeps nothing counts until it is closed.
      }
      return found;
    },
    openRecord: ({ account }) => {
      open(`./#/accounts/${encodeURIComponent(account.slice('demo:account:'.length))}`, '_blank');
    },
    openDraft(draft) {
      const held = readDraft();
      keepDraft({ ...held, kept: { ...held?.kept, ...draftChanges(draft) } });
      open(`studio.html#${encodeURIComponent(draft.path)}`, '_blank');
    },
  };
}

const page = document.querySelector('opportune-insights');
if (page) page.source = createSource();
