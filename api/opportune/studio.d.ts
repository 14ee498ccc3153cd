export { F as Fact } from './shared/response.js';
import { S as StudioEngine } from './shared/studio-source.js';
export { C as Changes, E as EngineOptions, O as OpenedPlaybook, P as PlaybookFiles, a as StudioSource, c as createEngine } from './shared/studio-source.js';
import './shared/problem.js';
import './shared/pattern.js';
import './shared/playbook.js';

/** A worker as its page sees it, or the page as its worker does. */
interface EnginePort {
    postMessage(message: unknown): void;
    addEventListener(type: 'message', listener: (event: {
        readonly data: unknown;
    }) => void): void;
}
/** Answers for an engine; in the worker. */
declare function serveEngine(engine: StudioEngine, port: EnginePort): void;
/** The engine behind a port; in the page. */
declare function connectEngine(port: EnginePort): StudioEngine;

export { StudioEngine, connectEngine, serveEngine };
export type { EnginePort };
