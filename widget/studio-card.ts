import { createAgent } from '../src/agent.js';
import type { Agent } from '../src/domain/agent.js';
import type { Decision, Verdict } from '../src/domain/decision.js';
import type { Fact } from '../src/domain/fact.js';
import type { Playbook } from '../src/domain/playbook.js';
import { createMemoryStore } from '../src/stores/memory.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { createWords } from '../src/view/format.js';
import { createPanelSource } from '../src/view/source.js';
import { ENGLISH } from '../src/view/strings.js';
import type { CardPreview } from './studio-state.js';

export interface Looked {
  readonly record: string;
  readonly asker: string;
  /** The id of the play that is being written. */
  readonly play: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * The card of one play as the record's owner would see it under a playbook that nobody has yet, and where it would stand
 * among the others. Copies in memory: nothing of them is kept or sent.
 */
export async function openCard(
  playbook: Playbook,
  facts: readonly Fact[],
  { record, asker, play, now }: Looked,
): Promise<CardPreview> {
  const clock = { now: () => now };
  const open = async (own: Playbook): Promise<Agent> => {
    const agent = await createAgent({ store: createMemoryStore(), clock });
    await agent.record(facts, { history: true });
    await agent.publish(own);
    return agent;
  };
  const alone = await open({ ...playbook, plays: playbook.plays.filter(({ id }) => id === play) });
  const whole = await open(playbook);
  const decision = await whole.decide(record, asker, { verdicts: 'all' });
  const { shown } = await alone.decide(record, asker);
  const own = shown.find((card) => card.play === play);
  let made = 0;
  return {
    record,
    asker,
    source: createPanelSource(alone, { clock, newId: () => `try-${++made}` }),
    isShown: own !== undefined,
    contents: own?.contents ?? [],
    place: placeIn(decision, play, createWords(ENGLISH, playbook, now)),
  };
}

function placeIn(
  { shown, verdicts, record }: Decision,
  play: string,
  words: ReturnType<typeof createWords>,
): string {
  const own = verdicts.filter((one) => one.play === play);
  const verdict = own.find((one) => one.record === record) ?? own[0];
  const count = `${shown.length}`;
  if (verdict?.rank === undefined)
    return words.fill(WORDS.notShown, { count, why: heldBy(verdict) });
  if (shown.length === 1) return WORDS.alone;
  if (verdict.rank === 1) return words.fill(WORDS.leads, { count });
  const first = verdicts.find(({ rank }) => rank === 1);
  return words.fill(WORDS.behind, {
    count,
    rank: `${verdict.rank}`,
    first: first ? words.phrase(first.title) : '',
  });
}

function heldBy(verdict: Verdict | undefined): string {
  const reasons: { readonly [stage: string]: string } = WORDS.heldBack;
  return reasons[verdict?.stage ?? 'trigger'] ?? WORDS.otherwiseHeld;
}
