export { E as EnginePort } from './shared/port-calls.js';
import { G as GatewayCallOptions } from './shared/gateway-call.js';
import { D as DaySource } from './shared/day-source.js';
export { a as DayBook, b as DayBookOptions, c as DayChoices, d as DaySolver, L as LookingAround, T as TellDayOptions, e as ToldCard, f as ToldDay, g as connectDaySolver, h as createDayBook, i as createDaySolver, s as serveDaySolver, t as tellDay } from './shared/day-source.js';
import { L as LinearSolver } from './shared/linear-program.js';
import { RemoteClock } from './remote.js';
import './shared/fact.js';
import './shared/playbook.js';
import './shared/response.js';

interface HighsOptions {
    /** Where `highs.wasm` lies, in a page that does not serve it beside the script. */
    readonly locateFile?: (file: string) => string;
}
/**
 * HiGHS as a solver. Its 3.5 MB are loaded here and nowhere else: call it where a plan is made.
 * @throws OpportuneError `opportune/no-solver` where the package is not installed.
 */
declare function loadHighsSolver(options?: HighsOptions): Promise<LinearSolver>;

interface RemoteDayOptions extends GatewayCallOptions {
    readonly clock: RemoteClock;
    /** From 0 to 1, for pauses that are not the same in all pages. */
    readonly random: () => number;
    /** The body of an answer with server-sent events, from the address of the gateway that begins so. */
    openEvents(path: string, lastEventId: string | undefined, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}
/** The day of the rep who is signed in to a gateway, told anew whenever something on the own accounts has changed. */
declare function openRemoteDay(options: RemoteDayOptions): Required<Pick<DaySource, 'open' | 'watch'>>;

export { DaySource, GatewayCallOptions, LinearSolver, loadHighsSolver, openRemoteDay };
export type { HighsOptions, RemoteDayOptions };
