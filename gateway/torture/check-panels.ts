import { setTimeout as pause } from 'node:timers/promises';
import type { Decision } from 'opportune';
import { stableJson } from '../../src/core/stable-json.js';
import type { Caller } from './caller.js';
import type { FollowingPanel } from './panel.js';

/** Every panel comes to show what is, having asked only about what it was told. Words for what does not. */
export async function checkPanels(
  panels: readonly FollowingPanel[],
  caller: Caller,
  patienceMs: number,
): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(patienceMs);
  let stale: readonly string[] = [];
  do {
    stale = (await Promise.all(panels.map((panel) => findStale(panel, caller, signal)))).flat();
    if (stale.length === 0) return [];
    await pause(100);
  } while (!signal.aborted);
  return stale.slice(0, 5);
}

async function findStale(
  panel: FollowingPanel,
  caller: Caller,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (panel.behind > 0) return ['a panel is behind'];
  const stale: string[] = [];
  for (const [record, shown] of panel.shows) {
    const asked = await caller.ask(`${shown.asker} rep`, 'POST', '/v1/decide', { record }, signal);
    const now = asked?.json<Decision>();
    if (now && made(now) !== made(shown))
      stale.push(`a panel was not told of ${record}: it shows ${made(shown)}, now ${made(now)}`);
  }
  return stale;
}

const made = ({ inputs, shown }: Decision): string =>
  stableJson([inputs, shown.map(({ opening }) => opening)]);
