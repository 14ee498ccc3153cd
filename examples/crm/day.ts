import 'opportune/widget/day/define';
import type { Fact, Playbook, Store } from 'opportune';
import { connectDaySolver, type DayChoices, type DaySource, type ToldDay } from 'opportune/day';
import { openIndexedDbStore } from 'opportune/stores/indexed-db';
import { createMemoryStore } from 'opportune/stores/memory';
import { kindOf } from '../../src/domain/value.js';
import { connectCalls } from '../../src/port-calls.js';
import { startWorker } from '../../widget/embed/start-worker.js';
import { readAsker } from './asker.js';
import { REPS } from './data/reps.js';
import type { Visited } from './day-book-worker.js';
import { openTabs } from './open-tabs.js';
import { readOwn } from './own-playbook.js';
import { STORE_NAME } from './store-name.js';
import { createVisits } from './visits.js';

const MOST_ACCOUNTS = 5_000;
const WASM = '/node_modules/highs/build/highs.wasm';

const rep =
  REPS.find(({ id }) => id === decodeURIComponent(location.hash.slice(1)) || id === readAsker())
    ?.id ??
  REPS[0]?.id ??
  '';
const CHOICES = `opportune-demo-day ${rep}`;

/** What was done in the CRM's tabs: simulated acts, and answers to cards. */
async function readVisit(store: Store): Promise<{ facts: readonly Fact[]; now?: number }> {
  const visit = await createVisits(store).read();
  const facts: Fact[] = [...(visit?.facts ?? [])];
  for (const key of await store.keys('', undefined, MOST_ACCOUNTS))
    if (kindOf(key) === 'account')
      for (const fact of await store.facts(key)) if (fact.type === 'response') facts.push(fact);
  return { facts, ...(visit && { now: visit.now }) };
}

async function readPlaybook(): Promise<Playbook> {
  const own = readOwn()?.playbook;
  return (
    own ?? ((await (await fetch(new URL('playbook.json', import.meta.url))).json()) as Playbook)
  );
}

function createSource(): DaySource {
  const ask = connectCalls(startWorker(new URL('day-book-worker.ts', import.meta.url)));
  const solver = new URL(`day-solver.ts#${encodeURIComponent(WASM)}`, import.meta.url);
  const store = openIndexedDbStore(STORE_NAME).catch(() => createMemoryStore());
  return {
    async open() {
      const [visit, playbook] = await Promise.all([store.then(readVisit), readPlaybook()]);
      const told = await ask<ToldDay>('tell', [{ ...visit, rep, playbook } satisfies Visited]);
      const kept = localStorage.getItem(CHOICES);
      return { told, ...(kept !== null && { choices: JSON.parse(kept) as DayChoices }) };
    },
    solver: connectDaySolver(startWorker(solver)),
    watch(happened) {
      const tabs = openTabs();
      const stop = tabs.listen(() => happened());
      return () => {
        stop();
        tabs.close();
      };
    },
    keep: (choices) => localStorage.setItem(CHOICES, JSON.stringify(choices)),
    openRecord: ({ account }) => {
      open(`./#/accounts/${encodeURIComponent(account.slice('demo:account:'.length))}`, '_blank');
    },
  };
}

const page = document.querySelector('opportune-day');
if (page) page.source = createSource();
