import { connectCalls, type EnginePort, serveCalls } from '../port-calls.js';
import type { InsightsEngine } from './engine.js';

/** Answers for an engine; in the worker. */
export function serveInsights(engine: InsightsEngine, port: EnginePort): void {
  serveCalls(engine, port, new Set<keyof InsightsEngine>(['ask']));
}

/** The engine behind a port; in the page. */
export function connectInsights(port: EnginePort): InsightsEngine {
  const ask = connectCalls(port);
  return {
    open: (files, looks) => ask('open', [files, looks]),
    ask: (question, progress, signal) => ask('ask', [question], progress, signal),
  };
}
