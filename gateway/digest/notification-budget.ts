import { isQuiet, type QuietHours, quietUntil } from './quiet-hours.js';

/** Something that would disturb a rep who does not look at the panel: a browser's notification, a phone's. */
export interface Notice {
  /** The opening key of the card: the same one disturbs once. */
  readonly id: string;
  /** The playbook marks it so. */
  readonly mandatory?: boolean;
  /** When the meeting begins that it is about; epoch milliseconds. A mandatory notice in the half hour before passes. */
  readonly meetingAt?: number;
  /** It says nothing any more from then on; epoch milliseconds. */
  readonly until?: number;
}

/** What was sent to one rep and what waits. Plain JSON; times are epoch milliseconds. Begins as {@link NO_NOTICES}. */
export interface BudgetState {
  /** Oldest first; nothing older than a day. */
  readonly sent: readonly { readonly at: number; readonly ids: readonly string[] }[];
  readonly held: readonly Notice[];
}

export const NO_NOTICES: BudgetState = { sent: [], held: [] };

export interface BudgetSettings {
  readonly quiet: QuietHours;
  /** After so many within an hour, there is silence for an hour. */
  readonly perHour: number;
  /** In 24 hours. */
  readonly perDay: number;
}

export const DEFAULT_BUDGET = { perHour: 3, perDay: 12 } as const;

export type BudgetAnswer =
  /** One notification, about all of these: what was held comes with it. */
  | { readonly send: readonly string[] }
  /** To be asked again by {@link releaseHeld} then; never, when no moment comes. Epoch milliseconds. */
  | { readonly hold: number | undefined; readonly because: HoldReason }
  | { readonly drop: 'repeated' | 'over' };

export type HoldReason = 'quiet-hours' | 'hour-spent' | 'day-spent';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BEFORE_MEETING_MS = HOUR_MS / 2;
/** More than anybody reads; the oldest give way. */
const MOST_HELD = 100;

/** May this disturb the rep now? What may not is held, and comes with the next one that may. */
export function askBudget(
  state: BudgetState,
  notice: Notice,
  now: number,
  settings: BudgetSettings,
): { readonly state: BudgetState; readonly answer: BudgetAnswer } {
  const kept = forgetOld(state, now);
  if (kept.sent.some(({ ids }) => ids.includes(notice.id)))
    return { state: kept, answer: { drop: 'repeated' } };
  if (isOver(notice, now)) return { state: without(kept, [notice.id]), answer: { drop: 'over' } };
  if (isPressing(notice, now)) {
    const alone = without(kept, [notice.id]);
    return { state: spend(alone, [notice.id], now), answer: { send: [notice.id] } };
  }
  const held = [...without(kept, [notice.id]).held, notice].slice(-MOST_HELD);
  const obstacle = findObstacle(kept, now, settings);
  if (obstacle) return { state: { ...kept, held }, answer: obstacle };
  const ids = held.map(({ id }) => id);
  return { state: spend({ ...kept, held: [] }, ids, now), answer: { send: ids } };
}

/**
 * What was held, as one, when it may come now: call it at the moment that a hold names.
 * @param isOpen Whether the card is still there for this rep; what was answered or withdrawn meanwhile is dropped.
 */
export function releaseHeld(
  state: BudgetState,
  now: number,
  settings: BudgetSettings,
  isOpen: (id: string) => boolean,
): { readonly state: BudgetState; readonly answer?: Exclude<BudgetAnswer, { drop: unknown }> } {
  const kept = forgetOld(state, now);
  const held = kept.held.filter(({ id }) => isOpen(id));
  const left = { ...kept, held };
  if (held.length === 0) return { state: left };
  const obstacle = findObstacle(left, now, settings);
  if (obstacle) return { state: left, answer: obstacle };
  const ids = held.map(({ id }) => id);
  return { state: spend({ ...left, held: [] }, ids, now), answer: { send: ids } };
}

function findObstacle(
  { sent }: BudgetState,
  now: number,
  { quiet, perHour, perDay }: BudgetSettings,
): { readonly hold: number | undefined; readonly because: HoldReason } | undefined {
  const freeAgain = (at: number): number | undefined => quietUntil(at, quiet);
  if (isQuiet(now, quiet)) return { hold: freeAgain(now), because: 'quiet-hours' };
  const firstOfDay = sent.at(-perDay);
  if (perDay <= 0 || firstOfDay)
    return {
      hold: firstOfDay && freeAgain(firstOfDay.at + DAY_MS),
      because: 'day-spent',
    };
  const silent = silentUntil(sent, perHour);
  return silent > now ? { hold: freeAgain(silent), because: 'hour-spent' } : undefined;
}

/** An hour after the last that filled an hour. */
function silentUntil(sent: BudgetState['sent'], perHour: number): number {
  if (perHour <= 0) return Number.POSITIVE_INFINITY;
  for (let i = sent.length - 1; i >= perHour - 1; i--) {
    const last = sent[i]?.at ?? 0;
    const first = sent[i - perHour + 1]?.at ?? 0;
    if (last - first < HOUR_MS) return last + HOUR_MS;
  }
  return Number.NEGATIVE_INFINITY;
}

/** A clock that jumped back leaves marks of the future; they would hold everything until then. */
function forgetOld({ sent, held }: BudgetState, now: number): BudgetState {
  return {
    sent: sent.filter(({ at }) => at > now - DAY_MS && at <= now + HOUR_MS),
    held: held.filter((notice) => !isOver(notice, now)),
  };
}

function isOver({ until, meetingAt }: Notice, now: number): boolean {
  return (until !== undefined && until <= now) || (meetingAt !== undefined && meetingAt <= now);
}

function isPressing({ mandatory, meetingAt }: Notice, now: number): boolean {
  return mandatory === true && meetingAt !== undefined && meetingAt - now <= BEFORE_MEETING_MS;
}

function without(state: BudgetState, ids: readonly string[]): BudgetState {
  return { ...state, held: state.held.filter(({ id }) => !ids.includes(id)) };
}

function spend(state: BudgetState, ids: readonly string[], at: number): BudgetState {
  return { ...state, sent: [...state.sent, { at, ids }] };
}
