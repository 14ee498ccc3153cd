/** What a studio's host brings together: a playbook, somewhere to keep it, and an engine beside the page. */

export type { Fact } from '../domain/fact.js';
export type { EnginePort } from '../port-calls.js';
export { createEngine, type EngineOptions, type StudioEngine } from './engine.js';
export { connectEngine, serveEngine } from './engine-wire.js';
export type { PictureReading } from './picture-reader.js';
export { type PictureFiles, servePictures } from './serve-pictures.js';
export type { OpenedPlaybook, PlaybookFiles, StudioSource, TipQueue } from './studio-source.js';
export { createVersions, type StudioVersions, type ToldLog, type VersionLog } from './versions.js';
export type { Changes } from './workbench.js';
