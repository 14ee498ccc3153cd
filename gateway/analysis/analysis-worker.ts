/** What computes an answer beside the thread that answers requests; accounts are handed in as they are read. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Fact, SubjectKey } from 'opportune';
import { loadHighsSolver } from '../../src/day/highs-solver.js';
import { answer } from '../../src/insights/answer.js';
import type { AnalysisTask, FromWorker, ToWorker } from './run-analysis.js';

type Take = (account: SubjectKey, facts: readonly Fact[]) => void;

const port = parentPort as MessagePort;
const tell = (message: FromWorker): void => port.postMessage(message);
const { question, options, ...ground } = workerData as AnalysisTask;

/** Asks for all accounts, and is done when the last one was taken. */
function eachAccount(take: Take): Promise<void> {
  return new Promise((resolve) => {
    const listen = ({ accounts }: ToWorker): void => {
      if (!accounts) {
        port.off('message', listen);
        resolve();
        return;
      }
      for (const [account, facts] of accounts) take(account, facts);
      tell({ kind: 'next' });
    };
    port.on('message', listen);
    tell({ kind: 'next' });
  });
}

/** Told so often at most: more nobody can see. */
const TOLD_MS = 250;
let toldAt = 0;

const answered = await answer(
  question,
  {
    ...ground,
    eachAccount,
    solver: loadHighsSolver,
    pause: () => Promise.resolve(),
    progress(share) {
      if (performance.now() - toldAt < TOLD_MS) return;
      toldAt = performance.now();
      tell({ kind: 'share', share });
    },
  },
  options,
);
tell({ kind: 'answered', answered });
port.close();
