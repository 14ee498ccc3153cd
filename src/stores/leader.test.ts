import { createTabs, type Leading, type Tabs } from './leader.js';
import { rejects, rejectsAs, same } from './store-contract-samples.js';

const schedule = (run: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs));

describe('the tabs of an origin', () => {
  let count = 0;
  let name = '';
  let tabs: Tabs[] = [];
  beforeEach(() => {
    name = `tabs ${count++}`;
  });
  afterEach(() => {
    for (const tab of tabs) tab.close();
    tabs = [];
  });

  const createTab = (patienceMs = 2000): Tabs => {
    const tab = createTabs({
      name,
      locks: navigator.locks,
      createChannel: (channel) => new BroadcastChannel(channel),
      schedule,
      patienceMs,
    });
    tabs.push(tab);
    return tab;
  };
  /** Queues for the lead; resolves when the tab has it. */
  const lead = (tab: Tabs, answer: Leading['answer'], stop = (): void => {}): Promise<void> =>
    new Promise((resolve, reject) => {
      tab
        .lead(() => {
          resolve();
          return { answer, stop };
        })
        .catch(reject);
    });
  const hears = (tab: Tabs): Promise<readonly string[]> =>
    new Promise((resolve) => {
      const stop = tab.listen((keys) => {
        stop();
        resolve(keys);
      });
    });

  it('answers "3" from the leading tab to it and to the others', async () => {
    const [first, second, third] = [createTab(), createTab(), createTab()];
    await lead(first, async (id, request) => `first: ${id} ${request}`);
    void lead(second, async () => 'second');
    void lead(third, async () => 'third');
    const answers = [first.ask('1', 3), second.ask('2', 3), third.ask('3', 3)];
    same(await Promise.all(answers), ['first: 1 3', 'first: 2 3', 'first: 3 3'], 'answers');
  });

  it('carries out the same id once while it is under way, whoever asks', async () => {
    const [first, second] = [createTab(), createTab()];
    const carriedOut: string[] = [];
    await lead(first, async (id) => {
      carriedOut.push(id);
      await pause(50);
      // News of it comes to the others before the answer does.
      first.tell([]);
      return 'done';
    });
    const asking = [first, second, second, first].map((tab) => tab.ask('same', 1));
    same(await Promise.all(asking), ['done', 'done', 'done', 'done'], 'answers');
    same(carriedOut, ['same'], 'carried out');
  });

  it('hands a refusal over with its code, and says what cannot be sent', async () => {
    const [first, second] = [createTab(), createTab()];
    await lead(first, async (_, request) => {
      if (request === 'function') return () => {};
      throw Object.assign(new Error('no room'), { code: 'opportune/store-full' });
    });
    await rejectsAs('opportune/store-full', first.ask('1', ''), 'in the leading tab');
    await rejectsAs('opportune/store-full', second.ask('2', ''), 'in another tab');
    same(String(await rejects(second.ask('3', ''), 'message')), 'Error: no room', 'message');
    await rejects(second.ask('4', 'function'), 'an answer that cannot be sent');
    await rejects(
      second.ask('5', () => {}),
      'a request that cannot be sent',
    );
  });

  it('tells the other tabs which subjects changed, and not itself', async () => {
    const [first, second, third] = [createTab(), createTab(), createTab()];
    const own: unknown[] = [];
    first.listen((keys) => own.push(keys));
    const heard = [hears(second), hears(third)];
    first.tell(['a', 'b']);
    same(
      await Promise.all(heard),
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      'heard',
    );
    const more = hears(second);
    first.tell([]);
    same(await more, [], 'no names');
    same(own, [], 'heard by itself');
  });

  it('lets no listener keep the news from the others, and lets its error be seen', async () => {
    const later: (() => void)[] = [];
    const first = createTab();
    const second = createTabs({
      name,
      locks: navigator.locks,
      createChannel: (channel) => new BroadcastChannel(channel),
      schedule: (run) => {
        later.push(run);
        return () => {};
      },
      patienceMs: 1,
    });
    tabs.push(second);
    second.listen(() => {
      throw new Error('broken listener');
    });
    const heard = hears(second);
    first.tell(['a']);
    same(await heard, ['a'], 'heard');
    const thrown = await rejects(
      (async () => {
        for (const run of later) run();
      })(),
      'later',
    );
    same(String(thrown), 'Error: broken listener', 'thrown later');
  });

  it('passes the lead on when the leading tab closes, after its requests are answered, and tells everybody', async () => {
    const [first, second, third] = [createTab(), createTab(), createTab()];
    const order: string[] = [];
    await lead(
      first,
      async () => {
        order.push('begun');
        await pause(50);
        order.push('answered');
        return 'first';
      },
      () => void order.push('stopped'),
    );
    const next = lead(second, async () => 'second').then(() => order.push('second leads'));
    const answer = third.ask('1', '');
    while (!order.length) await pause(1);
    const heard = [hears(second), hears(third)];
    first.close();
    await pause(5);
    first.close();
    const asked = third.ask('while it closes', '');
    same(await answer, 'first', 'answer of the closing tab');
    same(await Promise.all(heard), [[], []], 'heard');
    same(await asked, 'second', 'asked while it closed');
    await next;
    same(order, ['begun', 'answered', 'stopped', 'second leads'], 'order');
    same(await third.ask('2', ''), 'second', 'answer of the next tab');
  });

  it('lets the next tab lead when one cannot start', async () => {
    const [first, second] = [createTab(), createTab()];
    const failing = first.lead(() => Promise.reject(new Error('cannot start')));
    const leading = lead(second, async () => 'second');
    same(String(await rejects(failing, 'lead')), 'Error: cannot start', 'error');
    await leading;
    same(await first.ask('1', ''), 'second', 'answer');
  });

  it('keeps a request until somebody leads, and then has it carried out', async () => {
    const [first, second] = [createTab(), createTab()];
    const asking = [first.ask('1', ''), second.ask('2', '')];
    await pause(20);
    await lead(second, async (id) => id);
    same(await Promise.all(asking), ['1', '2'], 'answers');
  });

  it('says so when no tab takes a request in hand in time, and waits for work that takes longer', async () => {
    const [first, second] = [createTab(30), createTab()];
    await rejectsAs('opportune/no-answer', first.ask('1', ''), 'nobody leads');
    await lead(second, async () => {
      await pause(100);
      return 'slow';
    });
    same(await first.ask('1', ''), 'slow', 'the same request again');
  });

  it('rejects what it waits for when it closes, and whatever is asked after', async () => {
    const first = createTab();
    const asking = first.ask('1', '');
    const leading = first.lead(() => ({ answer: async () => '', stop: () => {} }));
    first.close();
    first.close();
    await rejectsAs('opportune/no-answer', asking, 'before');
    const after = String(await rejects(first.ask('2', ''), 'after'));
    same(after.includes('This tab has left'), true, after);
    first.tell(['a']);
    await leading;
  });

  it('stops what it started when it closes in the midst of starting', async () => {
    const first = createTab();
    const stopped: boolean[] = [];
    let leading: Promise<void> | undefined;
    const start = await new Promise<(leading: Leading) => void>((starting) => {
      leading = first.lead(() => new Promise(starting));
    });
    first.close();
    start({ answer: async () => '', stop: () => void stopped.push(true) });
    await leading;
    same(stopped, [true], 'stopped');
  });

  it('leaves the queue for the lead when it closes', async () => {
    const [first, second] = [createTab(), createTab()];
    await lead(first, async () => '');
    let started = false;
    const waiting = second.lead(() => {
      started = true;
      return { answer: async () => '', stop: () => {} };
    });
    second.close();
    await waiting;
    first.close();
    await pause(20);
    same(started, false, 'started');
  });
});
