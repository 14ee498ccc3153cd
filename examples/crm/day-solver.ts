import { createDaySolver, type EnginePort, loadHighsSolver, serveDaySolver } from 'opportune/day';

// Where the page says that the solver's binary lies.
const wasm = decodeURIComponent(location.hash.slice(1));
serveDaySolver(
  createDaySolver(() => loadHighsSolver({ locateFile: () => wasm })),
  self as unknown as EnginePort,
);
