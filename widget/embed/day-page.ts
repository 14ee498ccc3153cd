import type { DayChoices } from '../../src/day/day-choices.js';
import { connectDaySolver, type DaySolver } from '../../src/day/day-solver.js';
import type { DaySource } from '../../src/day/day-source.js';
import { openRemoteDay } from '../../src/day/remote-day.js';
import { define } from '../opportune-day.js';
import { createSignIn } from './sign-in.js';
import { startWorker } from './start-worker.js';

/** The page that the gateway serves for reps: a token opens it, which this tab keeps in memory and nowhere else. */
async function start(): Promise<void> {
  define();
  const signIn = createSignIn(document);
  let authorization = await signIn.first();
  const remote = openRemoteDay({
    url: location.origin,
    authorization: async () => authorization,
    async signInAnew() {
      authorization = await signIn.anew();
      return authorization;
    },
    fetch: (...given) => fetch(...given),
    clock: {
      now: () => Date.now(),
      every(ms, run) {
        const timer = setInterval(run, ms);
        return () => clearInterval(timer);
      },
    },
    random: Math.random,
    async openEvents(path, lastEventId, signal) {
      const answer = await fetch(path, {
        signal,
        headers: {
          authorization,
          accept: 'text/event-stream',
          ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        },
      });
      if (answer.ok && answer.body) return answer.body;
      throw new Error(`the gateway answered ${answer.status}`);
    },
  });
  let rep = '';
  const page = document.createElement('opportune-day');
  page.source = {
    ...remote,
    async open(progress) {
      const { told } = await remote.open(progress);
      rep = told.rep;
      const choices = readChoices(rep);
      return { told, ...(choices && { choices }) };
    },
    ...startSolver(),
    keep: (choices) => keepChoices(rep, choices),
  };
  document.body.append(page);
}

function startSolver(): Pick<DaySource, 'solver'> {
  const { worker, wasm } = document.body.dataset;
  if (worker === undefined || wasm === undefined) return {};
  const url = new URL(`${worker}#${encodeURIComponent(wasm)}`, location.origin);
  const solver: DaySolver = connectDaySolver(startWorker(url));
  return { solver };
}

/** Ids of plays and records, times and amounts; kept by this browser for each rep. */
const nameOf = (rep: string): string => `opportune-day ${rep}`;

function readChoices(rep: string): DayChoices | undefined {
  try {
    return JSON.parse(localStorage.getItem(nameOf(rep)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function keepChoices(rep: string, choices: DayChoices): void {
  try {
    localStorage.setItem(nameOf(rep), JSON.stringify(choices));
  } catch {
    // A browser that keeps nothing forgets them with the tab.
  }
}

void start();
