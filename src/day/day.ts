/** What a page of the day is built with: what could be done in words, and a solver beside the page. */
export type { EnginePort } from '../port-calls.js';
export type { GatewayCallOptions } from '../remote/gateway-call.js';
export { createDayBook, type DayBook, type DayBookOptions } from './day-book.js';
export type { DayChoices } from './day-choices.js';
export { connectDaySolver, createDaySolver, type DaySolver, serveDaySolver } from './day-solver.js';
export type { DaySource, LookingAround } from './day-source.js';
export { type HighsOptions, loadHighsSolver } from './highs-solver.js';
export type { LinearSolver } from './linear-program.js';
export { openRemoteDay, type RemoteDayOptions } from './remote-day.js';
export { type TellDayOptions, type ToldCard, type ToldDay, tellDay } from './told-day.js';
