/**
 * Opening a record: how long a decision takes with 1,000 plays and a timeline of 500 facts, against a loop that keeps no
 * state, makes the attributes from the whole timeline and asks every condition of every play; and, in Chromium, how long until the first card is
 * painted after `record` is set on the panel.
 */

import { createAgent } from '../src/agent.js';
import { judge } from '../src/core/condition.js';
import { dayNumber } from '../src/core/zone.js';
import { draftRecords } from '../src/domain/draft.js';
import { createAttributePlan } from '../src/record/attribute-plan.js';
import { foldFact } from '../src/record/fold.js';
import { situate } from '../src/record/situate.js';
import { createMemoryStore } from '../src/stores/memory.js';
import { measure, report } from './harness.js';
import { inChromium } from './in-chromium.js';
import {
  ACCOUNT,
  createBenchFacts,
  createBenchPlaybook,
  NOW,
  REP,
  START,
} from './open-record-world.js';

const playbook = createBenchPlaybook(1000);
const facts = createBenchFacts(500);
const clock = { at: START };
const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => clock.at } });
await agent.publish(playbook);
clock.at = NOW;
const importedFrom = performance.now();
await agent.record(facts);
const importedMs = performance.now() - importedFrom;
const decision = await agent.decide(ACCOUNT, REP);

/** What one would write first: the attributes from the whole timeline, then every condition of every play. */
function decideNaively(): readonly string[] {
  const plan = createAttributePlan(playbook);
  const folded = { ...draftRecords({}, true), rates: {} };
  for (const fact of facts) foldFact(folded, fact, plan);
  const account = folded.records[ACCOUNT];
  if (!account) return [];
  const situated = situate({
    plan,
    today: dayNumber(NOW, plan.zone),
    records: folded.records,
    inView: { account },
  });
  return playbook.plays
    .filter(({ trigger }) => 'becomes' in trigger && judge(trigger.becomes, situated) === true)
    .map(({ id }) => id);
}

const holding = decideNaively().length;
const open = (decision.counts.shown ?? 0) + (decision.counts.arbitration ?? 0);
if (holding !== open)
  throw new Error(`the naive loop finds ${holding} plays, the agent has ${open} open`);
console.log(
  `${playbook.plays.length} plays, ${facts.length} facts, ${open} plays open; recording the timeline live took ${Math.round(importedMs)} ms`,
);

report(
  'Decision for one record',
  await measure(
    {
      agent: () => agent.decide(ACCOUNT, REP),
      'agent, every verdict': () => agent.decide(ACCOUNT, REP, { verdicts: 'all' }),
      'naive loop, unranked, without reasons': decideNaively,
    },
    { rounds: 15 },
  ),
);

const times = ((await inChromium('./open-record-page.ts')) as number[]).sort((a, b) => a - b);
console.log(
  `\nFirst card painted after \`record\` is set, in Chromium: median ${times[times.length >> 1]?.toFixed(1)} ms, slowest ${times[times.length - 1]?.toFixed(1)} ms of ${times.length}`,
);
