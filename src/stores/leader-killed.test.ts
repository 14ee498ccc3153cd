import { createRandom } from '../core/random.js';
import { deleteIndexedDbStore, openIndexedDbStore } from './indexed-db.js';
import { createTabs } from './leader.js';
import { same } from './store-contract-samples.js';

const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs));

interface Page extends Window {
  /** Where the writing of the leading page stops for good. */
  stopAt?: string;
  readonly ready?: boolean;
  readonly leads?: boolean;
  ask(id: string): Promise<unknown>;
}

/** A tab as a page of its own: its leader writes one fact a request, and can be stopped at a place of the writing. */
const PAGE = `<script type="module">
  import { createTabs } from '/src/stores/leader.ts';
  import { openIndexedDbStore } from '/src/stores/indexed-db.ts';
  import { sampleCommit, sampleFact } from '/src/stores/store-contract-samples.ts';
  const store = await openIndexedDbStore(window.name);
  const reached = (place) => {
    if (window.stopAt !== place) return;
    parent.postMessage({ stoppedAt: place });
    return new Promise(() => {});
  };
  const answer = async (id) => {
    for (;;) {
      if ((await store.known('a', [id])).has(id)) return 'written before';
      const version = (await store.read('a'))?.version ?? 0;
      const facts = [sampleFact(id, version)];
      const outbox = [{ id, to: 'b', fact: facts[0] }];
      await reached('before the commit');
      const going = store.commit('a', version, sampleCommit('a', facts, { outbox }));
      await reached('in the midst of the commit');
      const won = await going;
      await reached('after the commit');
      if (won) return 'written';
    }
  };
  const tabs = createTabs({
    name: window.name,
    locks: navigator.locks,
    createChannel: (channel) => new BroadcastChannel(channel),
    schedule: (run, delayMs) => clearTimeout.bind(window, setTimeout(run, delayMs)),
    patienceMs: 10000,
  });
  void tabs.lead(() => {
    window.leads = true;
    return { answer, stop() {} };
  });
  window.ask = (id) => tabs.ask(id, null);
  window.ready = true;
</script>`;

describe('pages of an origin, killed', () => {
  const name = 'killed pages';
  const frames = new Map<Page, HTMLIFrameElement>();
  const until = async (holds: () => unknown): Promise<void> => {
    while (!holds()) await pause(2);
  };
  const open = async (): Promise<Page> => {
    const frame = document.createElement('iframe');
    frame.name = name;
    frame.srcdoc = PAGE;
    document.body.append(frame);
    await until(() => (frame.contentWindow as Page | null)?.ready);
    const page = frame.contentWindow as Page;
    frames.set(page, frame);
    return page;
  };
  const kill = (page: Page): void => {
    frames.get(page)?.remove();
    frames.delete(page);
  };
  const leader = async (): Promise<Page> => {
    const find = (): Page | undefined => [...frames.keys()].find((page) => page.leads);
    await until(find);
    return find() as Page;
  };
  const nextStop = (): Promise<unknown> =>
    new Promise((resolve) => {
      const hear = ({ data }: MessageEvent): void => {
        if (!data?.stoppedAt) return;
        removeEventListener('message', hear);
        resolve(data.stoppedAt);
      };
      addEventListener('message', hear);
    });

  beforeEach(() => deleteIndexedDbStore(name));
  afterEach(async () => {
    for (const page of [...frames.keys()]) kill(page);
    await deleteIndexedDbStore(name);
  });

  /** The store holds each of the facts once, and nothing else. */
  const holds = async (ids: readonly string[]): Promise<void> => {
    const store = await openIndexedDbStore(name);
    const facts = (await store.facts('a')).map(({ id }) => id);
    same(facts.toSorted(), ids.toSorted(), 'facts');
    same((await store.read('a'))?.version, ids.length, 'version');
    same((await store.outbox(1000)).map(({ id }) => id).sort(), ids.toSorted(), 'outbox');
    await store.close();
  };

  for (const place of ['before the commit', 'in the midst of the commit', 'after the commit']) {
    it(`has a request carried out once by the next leader when the leader dies ${place}`, async () => {
      const pages = [await open(), await open(), await open()];
      const dying = await leader();
      const other = pages.find((page) => page !== dying) as Page;
      same(await other.ask('first'), 'written', 'first');
      const stopped = nextStop();
      dying.stopAt = place;
      const answer = other.ask('second');
      same(await stopped, place, 'stopped');
      kill(dying);
      const said = await answer;
      if (place !== 'in the midst of the commit') {
        same(said, place === 'after the commit' ? 'written before' : 'written', 'second');
      }
      same(await other.ask('third'), 'written', 'third');
      await holds(['first', 'second', 'third']);
    });
  }

  it('keeps every acknowledged fact once through eight killings at any moment under load', async () => {
    const random = createRandom('killings');
    const asker = createTabs({
      name,
      locks: navigator.locks,
      createChannel: (channel) => new BroadcastChannel(channel),
      schedule: (run, delayMs) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      patienceMs: 10_000,
    });
    await open();
    const asked: string[] = [];
    let killing = true;
    const ask = async (lane: string): Promise<void> => {
      for (let i = 0; killing; i++) {
        asked.push(`${lane}${i}`);
        await asker.ask(`${lane}${i}`, null);
      }
    };
    const load = Promise.all(['a', 'b', 'c'].map(ask));
    for (let i = 0; i < 8; i++) {
      await open();
      const dying = await leader();
      const before = asked.length;
      await until(() => asked.length > before + 3);
      await pause(random() * 20);
      kill(dying);
    }
    killing = false;
    await load;
    asker.close();
    await holds(asked);
  });
});
