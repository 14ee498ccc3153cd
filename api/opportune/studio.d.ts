export { F as Fact } from './shared/fact.js';
import { E as EnginePort } from './shared/port-calls.js';
import { S as StudioEngine } from './shared/studio-source.js';
export { E as EngineOptions, O as OpenedPlaybook, P as PlaybookFiles, a as StudioSource, b as StudioVersions, T as TipQueue, c as ToldLog, V as VersionLog, d as createEngine, e as createVersions } from './shared/studio-source.js';
export { C as Changes } from './shared/workbench.js';
import './shared/playbook.js';
import './shared/response.js';
import './shared/problem.js';

/** Answers for an engine; in the worker. */
declare function serveEngine(engine: StudioEngine, port: EnginePort): void;
/** The engine behind a port; in the page. */
declare function connectEngine(port: EnginePort): StudioEngine;

export { EnginePort, StudioEngine, connectEngine, serveEngine };
