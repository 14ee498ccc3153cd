import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type Fact, OpportuneError, type Playbook, type SubjectKey } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import type { Answered, LookOptions } from '../../src/insights/ground.js';
import type { Question } from '../../src/insights/question.js';

export interface AnalysisTask {
  readonly question: Question;
  readonly playbook: Playbook;
  readonly files: readonly SourceFile[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly options: LookOptions;
}

type Account = readonly [account: SubjectKey, facts: readonly Fact[]];

/** Accounts, or none when all were handed over. */
export interface ToWorker {
  readonly accounts?: readonly Account[];
}

export type FromWorker =
  | { readonly kind: 'next' }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'answered'; readonly answered: Answered };

export interface AnalysisPorts {
  /** All accounts, in lots, read while others are answered. */
  accounts(): AsyncGenerator<readonly Account[]>;
  progress(share: number): void;
  readonly signal: AbortSignal;
}

/**
 * Answers in a thread of its own, so that whoever waits for a push or a decision does not wait for it.
 *
 * @throws the signal's reason once it is aborted; what the question is at fault for; OpportuneError
 * `opportune/analysis-failed`: the thread ended without an answer
 */
export async function runAnalysis(
  task: AnalysisTask,
  { accounts, progress, signal }: AnalysisPorts,
): Promise<Answered> {
  signal.throwIfAborted();
  const worker = startWorker(task);
  const lots = accounts();
  const send = async (): Promise<void> => {
    const { value, done } = await lots.next();
    worker.postMessage((done ? {} : { accounts: value }) satisfies ToWorker);
  };
  try {
    return await new Promise<Answered>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.on('error', reject);
      worker.on('exit', () =>
        reject(
          new OpportuneError('opportune/analysis-failed', 'the thread ended without an answer', {
            remedy: 'Ask again; a smaller part takes less memory',
          }),
        ),
      );
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'answered') resolve(message.answered);
        else if (message.kind === 'share') progress(message.share);
        else send().catch(reject);
      });
    });
  } finally {
    await Promise.all([worker.terminate(), lots.return(undefined)]);
  }
}

function startWorker(workerData: AnalysisTask): Worker {
  const source = new URL('analysis-worker.ts', import.meta.url);
  // From the sources the thread reads TypeScript as this one does.
  if (import.meta.url.endsWith('.ts'))
    return new Worker(
      `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source.href)}); })`,
      { eval: true, workerData },
    );
  const manifest = createRequire(import.meta.url).resolve('@opportune/gateway/package.json');
  return new Worker(manifest.replace(/package\.json$/, 'dist/analysis-worker.js'), { workerData });
}
