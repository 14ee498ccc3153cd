import type { Engine } from './engine.js';
import { CRM_NAMES, clockTime, fill, troubleWords, WORDS } from './words.js';

/**
 * Keeps the foot of the panel's page true: what does not work and since when, and what became of answers. What it returns
 * says once of when all of it is, to a rep who asked.
 */
export function showFooter(engine: Engine): () => Promise<void> {
  const crm = CRM_NAMES[engine.settings.crm];
  const find = (selector: string): HTMLElement => document.querySelector(selector) as HTMLElement;

  async function update(): Promise<void> {
    const now = Date.now();
    const [troubles, answers, at, isSignedOut] = await Promise.all([
      engine.troubles(),
      engine.told(),
      engine.accounts.syncedAt(),
      engine.isSignedOut(),
    ]);
    // They name customers.
    const told = isSignedOut ? [] : answers;
    setChildren(
      find('#troubles'),
      troubles.map((trouble) => {
        const { title, text } = troubleWords(trouble, crm, navigator.onLine);
        const since = fill(WORDS.since, { time: clockTime(trouble.since, now) });
        return make('p', [make('b', [`${title}, ${since}`]), text]);
      }),
    );
    find('#state').textContent =
      at === undefined
        ? fill(WORDS.stateNever, { crm })
        : fill(WORDS.state, { crm, time: clockTime(at, now) });
    const count = (status: string): number => told.filter((one) => one.status === status).length;
    const parts = (['waits', 'written', 'kept'] as const).flatMap((status) =>
      count(status) > 0 ? fill(WORDS[status], { crm, count: count(status) }) : [],
    );
    find('#told').hidden = told.length === 0;
    find('#told summary').textContent = fill(WORDS.answers, { parts: parts.join(', ') });
    const status = {
      waits: WORDS.statusWaits,
      written: WORDS.statusWritten,
      kept: WORDS.statusKept,
    };
    setChildren(
      find('#told ul'),
      told.map((one) => {
        const because = one.because === undefined ? '' : `: ${one.because}`;
        const line = `${fill(status[one.status], { crm })}${because}, ${clockTime(one.at, now)}`;
        return make('li', [make('b', [one.title]), line]);
      }),
    );
  }

  engine.listen(() => void update());
  for (const type of ['online', 'offline']) addEventListener(type, () => void update());
  void update();
  return async () => {
    find('#looked').textContent = '';
    await update();
    find('#looked').textContent = find('#state').textContent;
  };
}

function make(name: string, children: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

/** Left as it is where nothing changed: a status that is set anew is spoken anew. */
function setChildren(parent: HTMLElement, children: readonly HTMLElement[]): void {
  const next = children.map(({ textContent }) => textContent).join('');
  if (next !== parent.textContent) parent.replaceChildren(...children);
}
