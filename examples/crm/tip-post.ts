import type { Agent } from 'opportune';
import { COMPANY } from '../../src/domain/value.js';
import type { Dismissal } from '../../src/studio/dismissals.js';
import type { Guidance } from './agent-setup.js';

type Tip = Awaited<ReturnType<Agent['candidates']>>[number];
type Settling = Omit<Parameters<Agent['settleTip']>[1], 'by'>;

interface Answer extends Settling {
  readonly id: string;
}

/** Between the CRM's tabs, which have the agent, and the studio's: what waits there, and what was answered here. */
const WAITING = 'opportune-demo-tips';
const ANSWERS = 'opportune-demo-tip-answers';
/** Why cards were not relevant to the visitor. */
const DISMISSED = 'opportune-demo-dismissals';
/** Who answers in the demo's studio. */
const MARKETER = 'demo:rep:ines';

/** The CRM's side: tells the studio which tips wait, and the agent what the studio answered. */
export async function connectTips(
  {
    agent,
    dismissals,
    settleDismissal,
    onAnswer,
  }: Pick<Guidance, 'agent' | 'dismissals' | 'settleDismissal' | 'onAnswer'>,
  signal?: AbortSignal,
): Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const pass = (): Promise<void> => {
    last = last.then(ignore, ignore).then(async () => {
      const answers = read<Answer>(ANSWERS);
      for (const { id, ...given } of answers) {
        const change = { ...given, by: MARKETER };
        if (!(await settleDismissal(id, change))) await agent.settleTip(id, change);
      }
      // One that came meanwhile stays for the next time.
      const rest = read<Answer>(ANSWERS).slice(answers.length);
      write(ANSWERS, rest);
      write(WAITING, await agent.candidates());
      write(DISMISSED, await dismissals());
    });
    return last;
  };
  const follow = (event: StorageEvent): void => {
    if (event.key === ANSWERS && read(ANSWERS).length > 0) pass().catch(ignore);
  };
  addEventListener('storage', follow, signal ? { signal } : {});
  onAnswer(() => pass().catch(ignore));
  const stop = agent.watch(COMPANY, () => pass().catch(ignore));
  signal?.addEventListener('abort', stop);
  await pass();
}

/** What was not told, as when the store was closed, is told with the next change, or when the page is opened again. */
const ignore = (): void => undefined;

/** The studio's side: tips that wait, with what was answered since taken into account. */
export const waitingTips = (): readonly Tip[] => unanswered(read<Tip>(WAITING));

export const dismissedCards = (): readonly Dismissal[] => unanswered(read<Dismissal>(DISMISSED));

function unanswered<One extends { readonly id: string; readonly text?: string }>(
  list: readonly One[],
): readonly One[] {
  const answers = read<Answer>(ANSWERS);
  return list.flatMap((one) => {
    const own = answers.filter(({ id }) => id === one.id);
    if (own.some(({ status }) => status === 'published' || status === 'not-used')) return [];
    const text = own.findLast((answer) => answer.text !== undefined)?.text;
    return [text === undefined ? one : { ...one, text }];
  });
}

/** @throws when this browser keeps nothing, or no more. */
export function answerTip(id: string, change: Settling): void {
  localStorage.setItem(ANSWERS, JSON.stringify([...read<Answer>(ANSWERS), { ...change, id }]));
}

function read<Kept>(key: string): readonly Kept[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Kept[];
  } catch {
    return [];
  }
}

/** A browser that keeps nothing tells the studio of no tips. */
function write(key: string, list: readonly unknown[]): void {
  try {
    if (list.length > 0) localStorage.setItem(key, JSON.stringify(list));
    else localStorage.removeItem(key);
  } catch {
    // The tips are in the agent's store all the same.
  }
}
