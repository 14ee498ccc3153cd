import type { Card } from '../domain/decision.js';
import type { PanelSession, PanelView, ReceiptView } from '../domain/view.js';
import { ACCOUNT, card, type FakeAgent, MAYA, NOW } from './fixtures.js';
import type { QueueStore } from './queue.js';
import { createPanelSource } from './source.js';

/** A session over an agent that only remembers, with a store and a line to cut. */

export interface Sat {
  readonly session: PanelSession;
  /** The newest view. */
  readonly view: () => PanelView;
  readonly views: PanelView[];
  /** Everything said so far, in order. */
  readonly said: () => string[];
}

export interface Surroundings {
  readonly store?: QueueStore;
  readonly line?: Line;
}

export class Line {
  online = true;
  private readonly listeners = new Set<() => void>();
  listen(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }
  set(online: boolean): void {
    this.online = online;
    for (const listener of this.listeners) listener();
  }
}

export function createQueueStore(
  kept: Map<string, unknown> = new Map(),
): QueueStore & { readonly kept: ReadonlyMap<string, unknown> } {
  return {
    kept,
    get: async (name) => structuredClone(kept.get(name)),
    put: async (name, value) => void kept.set(name, structuredClone(value)),
    names: async (prefix) => [...kept.keys()].filter((name) => name.startsWith(prefix)),
    drop: async (name) => void kept.delete(name),
  };
}

/** Lets everything that is under way come to rest. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}

let ids = 0;

export async function sit(agent: FakeAgent, { store, line }: Surroundings = {}): Promise<Sat> {
  const views: PanelView[] = [];
  const source = createPanelSource(agent, {
    clock: { now: () => NOW },
    newId: () => `id-${++ids}`,
    ...(store && { store }),
    ...(line && { connection: line }),
  });
  const session = source.open(ACCOUNT, MAYA, (view) => views.push(view));
  await rest();
  return {
    session,
    views,
    view: () => views.at(-1) as PanelView,
    said: () => {
      const said = views.flatMap(({ announcement }) => announcement ?? []);
      return [...new Set(said)].map(({ text }) => text);
    },
  };
}

export const two: readonly [Card, Card] = [
  card('silent-buyer'),
  card('proposal-opened', { rank: 2, title: ['Send it'] }),
];
export const first: Card = two[0];

export const receipt = (view: PanelView, index = 0): ReceiptView => {
  const found = view.cards[index];
  if (found?.type !== 'receipt') throw new Error(`no receipt at ${index}`);
  return found;
};
export const titles = (view: PanelView): string[] =>
  view.cards.map((one) => (one.type === 'card' ? one.title : `${one.text} ${one.detail ?? ''}`));
