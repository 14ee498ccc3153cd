/**
 * What the gateway counts once a day: what each rep did towards buyers in a year, what buyers did after it, and the months
 * of groups. `npm run bench -- actions 200 20000` is 200 reps with 20,000 accounts. The facts are made while they are read,
 * which is told apart; a gateway reads them from its database instead.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createActions } from '../gateway/numbers/actions.js';
import { readAccounts } from '../gateway/serve/read-accounts.js';
import { createRandom } from '../src/core/random.js';
import type { Fact } from '../src/domain/fact.js';
import { createBenchPlaybook } from './open-record-world.js';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-19T09:00:00Z');
const [, , , reps = 200, accounts = 20_000] = process.argv.map(Number);
/** Actions of a rep in a working day; each third one has an answer. */
const ACTIONS_A_DAY = 12;
const WORKING_DAYS = 230;
const TOUCHES = ['call-made', 'email-sent', 'meeting-held'];
const PAGE_OF_KEYS = 500;

const playbook = {
  ...createBenchPlaybook(10),
  contactPolicy: {
    ...createBenchPlaybook(10).contactPolicy,
    touches: { 'call-made': 'call', 'email-sent': 'email', 'meeting-held': 'meeting' } as const,
  },
};
const keys = Array.from(
  { length: accounts },
  (_, number) => `crm:account:${String(number).padStart(7, '0')}`,
);
let made = 0;

/** A year of one account: what its rep did, what buyers did after it, and other things that happened. */
function factsOf(account: string): readonly Fact[] {
  const number = Number(account.slice('crm:account:'.length));
  const random = createRandom(account);
  const facts: Fact[] = [];
  const add = (type: string, by: string, at: number, more: Partial<Fact>): void => {
    facts.push({
      ...{ id: `${account}/${facts.length}`, type, by, subjects: [account], about: [account] },
      ...{ occurredAt: at, learnedAt: at, grade: 'observed', data: {}, ...more },
    });
  };
  const actions = Math.round((reps * ACTIONS_A_DAY * WORKING_DAYS) / accounts);
  for (let i = 0; i < actions; i++) {
    const contact = `${account.replace('account', 'contact')}-${Math.floor(random() * 3)}`;
    const at = NOW - Math.floor(random() * 365 * DAY);
    const about = [account, contact];
    const type = TOUCHES[Math.floor(random() * TOUCHES.length)] as string;
    add(type, `crm:rep:${number % reps}`, at, { about });
    if (random() < 1 / 3) {
      const answer = at + random() * 10 * DAY;
      add('email-received', contact, answer, { about, grade: 'buyer-verified' });
    }
    add('record-changed', 'crm:rep:0', at, { data: { values: { note: i } } });
  }
  made += facts.length;
  return facts.sort((one, other) => one.occurredAt - other.occurredAt);
}

const store = {
  keys: async (_: string, after: string | undefined): Promise<string[]> => {
    const from = after === undefined ? 0 : Number(after.slice('crm:account:'.length)) + 1;
    return keys.slice(from, from + PAGE_OF_KEYS);
  },
  // As a database, it lets others be answered in between.
  facts: (key: string): Promise<readonly Fact[]> =>
    new Promise((resolve) =>
      setImmediate(() => resolve(key.includes('account') ? factsOf(key) : [])),
    ),
};

interface Run {
  readonly cpu: number;
  readonly stall: number;
}

async function time(run: () => Promise<void>): Promise<Run> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.cpuUsage();
  delay.enable();
  await run();
  delay.disable();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1e6, stall: delay.max / 1e6 };
}

async function count(): Promise<void> {
  const ended = new AbortController();
  let looked = 0;
  const months = new Map<string, unknown>();
  const actions = createActions({
    log: {
      replace: async (counted) => {
        if (counted.length !== reps) throw new Error(`${counted.length} reps are counted`);
      },
      find: async () => undefined,
      countedAt: async () => undefined,
      reps: async () => [],
      critic: async () => undefined,
      sharing: async () => [],
      share: async () => {},
      unshare: async () => {},
    },
    accounts: () => readAccounts(store),
    playbook: async () => {
      // It looks again once the day is counted.
      if (++looked > 1) ended.abort();
      return playbook;
    },
    teamsOf: async (rep) => [`team-${Number(rep.slice('crm:rep:'.length)) % 20}`],
    months: {
      get: async (month) => months.get(month),
      putOnce: async (month, settled) => void months.set(month, settled),
      list: async () => [...months.keys()],
      drop: async (month) => void months.delete(month),
    },
    clock: { now: () => NOW },
    leads: async () => true,
    failed: (error) => {
      throw error;
    },
  });
  await actions.run(ended.signal);
}

const reading = await time(async () => {
  for await (const _ of readAccounts(store));
});
const facts = made;
const rss = process.memoryUsage().rss;
const all = await time(count);
const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
console.log(
  `\nWhat ${reps} reps did in a year with ${accounts.toLocaleString('en')} accounts, ${facts.toLocaleString('en')} facts`,
);
console.log(`  making and reading them   ${reading.cpu.toFixed(1)} s CPU`);
console.log(
  `  counting, beyond that     ${(all.cpu - reading.cpu).toFixed(1)} s CPU, longest wait of others ${Math.round(all.stall)} ms`,
);
console.log(
  `  peak memory               ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, before counting ${megabytes(rss)} MB`,
);
