import { connectCalls, type EnginePort, serveCalls } from '../port-calls.js';
import type { StudioEngine } from './engine.js';

/** Methods that tell their progress. */
const LONG: ReadonlySet<keyof StudioEngine> = new Set([
  'preview',
  'foresee',
  'coverage',
  'idle',
  'effect',
]);

/** Answers for an engine; in the worker. */
export function serveEngine(engine: StudioEngine, port: EnginePort): void {
  serveCalls(engine, port, LONG);
}

/** The engine behind a port; in the page. */
export function connectEngine(port: EnginePort): StudioEngine {
  const ask = connectCalls(port);
  return {
    check: (files) => ask('check', [files]),
    preview: (files, play, progress) => ask('preview', [files, play], progress),
    foresee: (before, after, progress, signal) => ask('foresee', [before, after], progress, signal),
    learnTags: (...given) => ask('learnTags', given),
    proposeTags: (...given) => ask('proposeTags', given),
    coverage: (files, attributes, progress) => ask('coverage', [files, attributes], progress),
    idle: (files, progress) => ask('idle', [files], progress),
    effect: (files, setting, progress, signal) => ask('effect', [files, setting], progress, signal),
    contentFigures: (id) => ask('contentFigures', [id]),
    factsOf: (account) => ask('factsOf', [account]),
  };
}
