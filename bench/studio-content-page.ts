import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { createEngine } from '../src/studio/engine.js';
import type { PlaybookFiles } from '../src/studio/studio-source.js';
import { define, type OpportuneStudio } from '../widget/opportune-studio.js';

const CONTENTS = 10_000;
const PLAYS = 5_000;
/** Others may use the machine meanwhile. */
const ROUNDS = 4;
const NOW = Date.UTC(2026, 10, 20, 9);
const TODAY = '2026-11-20';

/** The same numbers on every run. */
let seed = 7;
const pick = (below: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * below);
};
const syllables = [
  'pa',
  'ck',
  'ing',
  'li',
  'ne',
  'mo',
  'tor',
  'fi',
  'ber',
  'gla',
  'ss',
  'ren',
  'ew',
  'al',
  'qu',
  'ote',
];
const word = (): string => Array.from({ length: 2 + pick(3) }, () => syllables[pick(16)]).join('');
const words = Array.from({ length: 8_000 }, word);
const text = (length: number): string =>
  Array.from({ length }, () => words[pick(words.length)]).join(' ');

const attributes = Array.from({ length: 60 }, (_, i) => {
  const values = Array.from({ length: 20 }, (_, j) => `${words[i * 20 + j]}${j}`);
  return i % 3 === 0
    ? `  - { id: figure${i}, label: Figure ${words[i]}, type: number, of: account }`
    : `  - { id: choice${i}, label: Choice ${words[i]}, type: choice, of: account, values: [${values.join(', ')}] }`;
});
const settings: PlaybookFiles = [
  {
    path: 'playbook.yaml',
    text: 'name: Bench\ncurrency: EUR\nzone: Europe/Berlin\ncontactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { call-made: call } }\ngoals: [{ id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }]\nreasons: [{ id: notNow, label: Not now, scope: rep }]\n',
  },
  { path: 'attributes.yaml', text: `attributes:\n${attributes.join('\n')}\n` },
];
const contents = Array.from({ length: CONTENTS }, (_, i) => ({
  path: `content/item-${i}.md`,
  text: `---\ntitle: ${text(5)}\nkind: guide\nattributes: { topic: [topic-${pick(300)}], choice1: [${words[20]}0] }\nowner: ana\nexpires: 2027-0${1 + pick(8)}-15\n---\n${text(150)}\n`,
}));
const plays = Array.from({ length: PLAYS }, (_, i) => ({
  path: `plays/play-${i}.yaml`,
  text: `id: play-${i}\nabout: account\ntitle: ${text(4)}\nwhy: ${text(6)}\ntrigger: { opened: true }\naction: { kind: call, minutes: 5 }\nfor: owner\nserves: { revenue: { value: 10 } }\ncontent: { topic: [topic-${pick(300)}] }\nowner: ana\n`,
}));

/** What compiles stands in a worker, and answers for the words of the playbook alone here. */
const engine = {
  ...createEngine({ facts: [], now: NOW, today: TODAY, pause: async () => undefined }),
  check: async () => compilePlaybook([...settings, ...contents.slice(0, 400)], { today: TODAY }),
  learnTags: () => new Promise<never>(() => undefined),
};

async function open(): Promise<readonly [studio: OpportuneStudio, root: ShadowRoot]> {
  define();
  const studio = document.createElement('opportune-studio');
  studio.source = {
    engine,
    open: async () => ({ files: [...settings, ...plays, ...contents], author: 'ana', now: NOW }),
    keep: async () => undefined,
  };
  document.body.append(studio);
  await studio.updateComplete;
  const root = studio.shadowRoot as ShadowRoot;
  while (!root.querySelector('.places')) await new Promise((resolve) => setTimeout(resolve, 50));
  return [studio, root];
}

/** Milliseconds from a letter to where it is drawn and laid out, for each letter of some texts: the best of some rounds. */
async function keystrokes(
  studio: OpportuneStudio,
  field: () => HTMLInputElement | HTMLTextAreaElement,
  texts: readonly string[],
): Promise<readonly number[]> {
  const best: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let at = 0;
    for (const whole of texts)
      for (let length = 1; length <= whole.length; length++) {
        await new Promise(requestAnimationFrame);
        const from = performance.now();
        const input = field();
        input.value = whole.slice(0, length);
        input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        await studio.updateComplete;
        studio.getBoundingClientRect();
        best[at] = Math.min(best[at] ?? Number.POSITIVE_INFINITY, performance.now() - from);
        at += 1;
      }
  }
  return best;
}

const [studio, root] = await open();
const click = async (selector: string, said = ''): Promise<void> => {
  [...root.querySelectorAll<HTMLElement>(selector)]
    .find((one) => one.textContent?.includes(said))
    ?.click();
  await studio.updateComplete;
};
const opened = performance.now();
await click('.places button', 'Content');
const listed = performance.now() - opened;
// Words are read while the list is looked at: a search that comes at once waits for the rest of it.
const read = async (): Promise<number> => {
  const from = performance.now();
  let quiet = 0;
  while (quiet < 5) {
    const sliceFrom = performance.now();
    await new Promise((resolve) => setTimeout(resolve));
    quiet = performance.now() - sliceFrom < 6 ? quiet + 1 : 0;
    if (performance.now() - from > 60_000) break;
  }
  return performance.now() - from;
};
const prepared = await read();
const field = (selector: string) => () => root.querySelector(selector) as HTMLInputElement;
const typed = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `${words[i * 97]} ${words[i * 31 + 5]}`);
const mistyped = [8, 9, 10].map((i) => `${words[i * 97]}`.replace(/^(..)(.)(.)/, '$1$3$2'));
const search = await keystrokes(studio, field('input[type=search]'), [...typed, ...mistyped]);
field('input[type=search]')().value = '';
field('input[type=search]')().dispatchEvent(new InputEvent('input', { bubbles: true }));
await studio.updateComplete;
await click('#filter-add');
const tag = await keystrokes(studio, field('.pop .field'), [
  'topic-12',
  'choice is not',
  'figure over 500',
  ...typed.slice(0, 4),
  ...mistyped,
]);
await click('.places button', 'Plays');
const filter = await keystrokes(studio, field('input[type=search]'), [...typed, ...mistyped]);
await click('.places button', 'Content');
await click('.library .open');
const written = await keystrokes(studio, field('textarea'), typed);
Object.assign(globalThis, { measured: { listed, prepared, search, tag, filter, written } });
