import { createDaySolver, serveDaySolver } from '../../src/day/day-solver.js';
import { loadHighsSolver } from '../../src/day/highs-solver.js';
import type { EnginePort } from '../../src/port-calls.js';

// Where the page says that the solver's binary lies.
const wasm = decodeURIComponent(location.hash.slice(1));
serveDaySolver(
  createDaySolver(() => loadHighsSolver({ locateFile: () => wasm })),
  self as unknown as EnginePort,
);
