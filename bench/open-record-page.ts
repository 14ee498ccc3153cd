import { createAgent } from '../src/agent.js';
import { createMemoryStore } from '../src/stores/memory.js';
import { createPanelSource } from '../src/view/source.js';
import { OpportunePanel } from '../widget/opportune-panel.js';
import {
  ACCOUNT,
  createBenchFacts,
  createBenchPlaybook,
  NOW,
  REP,
  START,
} from './open-record-world.js';

if (!customElements.get('opportune-panel'))
  customElements.define('opportune-panel', OpportunePanel);

/** Milliseconds from setting `record` to the frame after the first card stands in the panel. */
async function open(): Promise<readonly number[]> {
  const clock = { at: START };
  const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => clock.at } });
  await agent.publish(createBenchPlaybook(1000));
  clock.at = NOW;
  await agent.record(createBenchFacts(500));
  let ids = 0;
  const source = createPanelSource(agent, {
    clock: { now: () => clock.at },
    newId: () => `id-${++ids}`,
  });
  const times: number[] = [];
  for (let round = 0; round < 15; round++) {
    const panel = document.createElement('opportune-panel');
    Object.assign(panel, { source, asker: REP });
    document.body.append(panel);
    await new Promise(requestAnimationFrame);
    const from = performance.now();
    Object.assign(panel, { record: ACCOUNT });
    while (!panel.shadowRoot?.querySelector('.card'))
      await new Promise((resolve) => setTimeout(resolve));
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - from);
    panel.remove();
  }
  return times;
}

Object.assign(globalThis, { measured: await open() });
