/** What a studio's host brings together: a playbook, somewhere to keep it, and an engine beside the page. */
export type { Fact } from '../domain/fact.js';
export { createEngine, type EngineOptions, type StudioEngine } from './engine.js';
export { connectEngine, type EnginePort, serveEngine } from './engine-wire.js';
export type { OpenedPlaybook, PlaybookFiles, StudioSource } from './studio-source.js';
export type { Changes } from './workbench.js';
