import { createEngine, type EnginePort, serveEngine } from 'opportune/studio';
import { comparePositions } from '../../src/domain/fact.js';
import { NOW } from './data/calendar.js';
import { createDemoWorld } from './data/world.js';
import { toIsoDay } from './format.js';
import { readToldFacts } from './told-facts.js';

/** Questions that come before the facts are here. */
const early: unknown[] = [];
const hold = ({ data }: MessageEvent): void => void early.push(data);
addEventListener('message', hold);

const facts = [...createDemoWorld(7).facts, ...(await readToldFacts())].sort(comparePositions);
removeEventListener('message', hold);
serveEngine(
  createEngine({
    facts,
    now: NOW,
    today: toIsoDay(NOW),
    pause: () => new Promise((resolve) => setTimeout(resolve)),
  }),
  self as unknown as EnginePort,
);
for (const data of early) dispatchEvent(new MessageEvent('message', { data }));
