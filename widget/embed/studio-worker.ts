import type { EnginePort } from '../../src/port-calls.js';
import { createEngine, type EngineOptions } from '../../src/studio/engine.js';
import { serveEngine } from '../../src/studio/engine-wire.js';

/** What the page says first: on which facts plays are tried. */
export type WorkerBeginning = Omit<EngineOptions, 'pause'>;

addEventListener(
  'message',
  ({ data }: MessageEvent<WorkerBeginning>) =>
    serveEngine(
      createEngine({ ...data, pause: () => new Promise((resolve) => setTimeout(resolve)) }),
      self as unknown as EnginePort,
    ),
  { once: true },
);
