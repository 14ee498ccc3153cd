import type { DayChoices } from '../src/day/day-choices.js';
import { createDaySolver, type DaySolver } from '../src/day/day-solver.js';
import type { DaySource } from '../src/day/day-source.js';
import { loadHighsSolver } from '../src/day/highs-solver.js';
import type { ToldCard, ToldDay } from '../src/day/told-day.js';
import { define, OpportuneDay } from './opportune-day.js';

define();

export const HOUR = 3_600_000;
export const MONDAY: number = Date.UTC(2026, 10, 30);
const REP = 't:rep:1';
export const solver: DaySolver = createDaySolver(() => loadHighsSolver());

/** An hour each, unless said otherwise; one of value is worth ten euros. */
export const card = (name: string, value: number, more: Partial<ToldCard> = {}): ToldCard => ({
  id: `play-${name}|t:account:${name}`,
  play: `play-${name}`,
  rep: REP,
  record: `t:account:${name}`,
  account: `t:account:${name}`,
  minutes: 60,
  value,
  goals: { revenue: value * 1000 },
  title: `Call ${name}`,
  why: `${name} may buy`,
  name: `Firm ${name}`,
  ...more,
});

/** Two free hours from nine on, a Monday. */
export const day = (cards: readonly ToldCard[], more: Partial<ToldDay> = {}): ToldDay => ({
  rep: REP,
  name: 'Ana',
  now: MONDAY + 9 * HOUR,
  zone: 'UTC',
  companyZone: 'UTC',
  days: [0, 1, 2, 3, 4].map((i) => MONDAY / (24 * HOUR) + i),
  accounts: 12,
  cards,
  touches: [],
  contactPolicy: [],
  goals: [{ id: 'revenue', label: 'Revenue', weight: 1, scale: 1000, unit: 'money' }],
  currency: 'EUR',
  hours: [{ from: 9 * HOUR, until: 11 * HOUR }],
  busy: [],
  load: { minutes: 360, items: 20 },
  ...more,
});
export const THREE: readonly ToldCard[] = [card('A', 10), card('B', 8), card('C', 5)];

export interface Shown {
  readonly root: ShadowRoot;
  readonly kept: DayChoices[];
  readonly opened: string[];
  happen(told: ToldDay | Error): void;
}

export async function show(told: ToldDay | Error, more: Partial<DaySource> = {}): Promise<Shown> {
  let now = told;
  let listener = (): void => undefined;
  const kept: DayChoices[] = [];
  const opened: string[] = [];
  const element = new OpportuneDay();
  element.source = {
    solver,
    async open() {
      if (now instanceof Error) throw now;
      return { told: now };
    },
    watch(happened) {
      listener = happened;
      return () => undefined;
    },
    keep: (choices) => kept.push(choices),
    openRecord: ({ record }) => opened.push(record),
    ...more,
  };
  document.body.replaceChildren(element);
  await element.updateComplete;
  return {
    root: element.shadowRoot as ShadowRoot,
    kept,
    opened,
    happen(told) {
      now = told;
      listener();
    },
  };
}

export async function until<Value>(look: () => Value | undefined | false | null): Promise<Value> {
  for (const end = Date.now() + 20_000; ; ) {
    const seen = look();
    if (seen) return seen;
    if (Date.now() > end)
      throw new Error(
        `not seen: ${look}\n${document.querySelector('opportune-day')?.shadowRoot?.textContent}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

const plainOf = (text: string | null | undefined): string =>
  (text ?? '').replace(/\s+/g, ' ').trim();
export const textOf = (root: ShadowRoot): string =>
  plainOf(root.querySelector('main')?.textContent);
export const seen = (root: ShadowRoot, words: RegExp): Promise<boolean> =>
  until(() => words.test(textOf(root)));
export const planned = (root: ShadowRoot): readonly string[] =>
  [...root.querySelectorAll('.plan > li')].map((row) =>
    plainOf(
      `${row.querySelector('time')?.textContent} ${row.querySelector('.what, p')?.textContent}`,
    ),
  );
export const shows = (root: ShadowRoot, rows: readonly string[]): Promise<boolean> =>
  until(() => planned(root).join('; ') === rows.join('; '));
export const buttonOf = (root: ShadowRoot, label: string): Promise<HTMLButtonElement> =>
  until(() =>
    [...root.querySelectorAll('button')].find(({ textContent }) => plainOf(textContent) === label),
  );
export const press = async (root: ShadowRoot, label: string): Promise<void> =>
  (await buttonOf(root, label)).click();
