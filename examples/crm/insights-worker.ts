import { loadHighsSolver } from 'opportune/day';
import { createInsightsEngine, type EnginePort, serveInsights } from 'opportune/insights';
import { NOW } from './data/calendar.js';
import { createDemoWorld } from './data/world.js';
import { toIsoDay } from './format.js';

const { facts } = createDemoWorld(7);
serveInsights(
  createInsightsEngine({
    facts,
    now: NOW,
    today: toIsoDay(NOW),
    solver: () => loadHighsSolver({ locateFile: () => '/node_modules/highs/build/highs.wasm' }),
    pause: () => new Promise((resolve) => setTimeout(resolve)),
  }),
  self as unknown as EnginePort,
);
