export { F as Fact } from './shared/fact.js';
import { E as EnginePort } from './shared/port-calls.js';
import { S as StudioEngine } from './shared/studio-source.js';
export { E as EngineOptions, O as OpenedPlaybook, P as PictureFiles, a as PictureReading, b as PlaybookFiles, c as StudioSource, d as StudioVersions, T as TipQueue, e as ToldLog, V as VersionLog, f as createEngine, g as createVersions, s as servePictures } from './shared/studio-source.js';
export { C as Changes } from './shared/workbench.js';
import './shared/playbook.js';
import './shared/response.js';
import './shared/problem.js';

/** Answers for an engine; in the worker. */
declare function serveEngine(engine: StudioEngine, port: EnginePort): void;
/** The engine behind a port; in the page. */
declare function connectEngine(port: EnginePort): StudioEngine;

export { EnginePort, StudioEngine, connectEngine, serveEngine };
