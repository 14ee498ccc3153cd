import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../../src/core/random.js';
import { type Caller, createCaller } from './caller.js';
import { checkDatabase, TICKS_WITHIN_MS } from './check.js';
import { checkPanels } from './check-panels.js';
import {
  buildCommand,
  type GatewayProcess,
  startGatewayProcess,
  writeInputs,
} from './gateway-process.js';
import { send, startLoad, type Told } from './load.js';
import { type FollowingPanel, openPanel } from './panel.js';
import { createPlace, type Place, type PlaceKind } from './place.js';
import { createWorld, LONGEST_TIMER_MS, playbookFiles, REPS, SETTINGS } from './world.js';

export interface TortureOptions {
  readonly on: PlaceKind;
  readonly kills: number;
  readonly seed: number;
  /** After the kills: so long the database is away, while the gateway runs. Only on a server that is not its own. */
  readonly awayMs?: number;
  /** Kills between two checks of everything. */
  readonly round?: number;
  progress?(line: string): void;
}

export interface Tortured {
  readonly kills: number;
  /** Of these: the server of the database too, or alone. */
  readonly databaseKills: number;
  readonly facts: number;
  readonly answers: number;
  readonly publishes: number;
  readonly events: number;
  readonly resets: number;
  readonly lost: number;
  readonly doubled: number;
  /** Milliseconds from the start of each process to its first answer. */
  readonly restarts: readonly number[];
  /** Milliseconds from when the database was back after it was away until a fact was taken. */
  readonly backMs?: number;
  readonly violations: readonly string[];
}

const ROUND = 50;
const ACCOUNTS = 30;
const SETTLE_MS = 600_000;
/** A share of kills that comes while the gateway still starts. */
const WHILE_STARTING = 0.25;
const LONGEST_LIFE_MS = 900;

/**
 * Starts a gateway, loads it, kills it at random moments and starts it again, many times over one database, and checks
 * that whatever it said holds.
 */
export async function torture(options: TortureOptions): Promise<Tortured> {
  const { on, kills, seed, awayMs, round = ROUND, progress } = options;
  const command = await buildCommand(new URL('..', import.meta.url));
  const place = await createPlace(on);
  const args = [...place.args, ...writeInputs(place.folder, SETTINGS, playbookFiles(0))];
  const result = {
    ...{ kills: 0, databaseKills: 0, facts: 0, answers: 0, publishes: 0, events: 0, resets: 0 },
    ...{ lost: 0, doubled: 0, restarts: [] as number[], violations: [] as string[] },
    backMs: undefined as Tortured['backMs'],
  };
  const random = createRandom(`torture ${seed}`);
  const start = (): GatewayProcess => startGatewayProcess(command, args, place.env);
  try {
    let edition = 0;
    for (let number = 0, more = true; more && result.violations.length === 0; number++) {
      const told: Told = { facts: new Map(), answers: new Map(), editions: [], repeated: 0 };
      told.editions.push({ edition, version: '' });
      const left = kills - result.kills;
      const last = left <= round;
      more = !last;
      await runRound({
        ...{ place, start, random, result, told },
        ...(last && awayMs !== undefined && { awayMs }),
        kills: Math.min(round, left),
        name: `r${number}`,
        seed: seed + number,
      }).catch((error: unknown) => result.violations.push(String(error)));
      edition = told.editions.at(-1)?.edition ?? edition;
      progress?.(
        `${result.kills} kills, ${result.facts} facts, ${result.answers} answers, ${result.publishes} publishes: ${result.violations.length === 0 ? 'all there' : 'violated'}`,
      );
    }
    const { backMs, ...rest } = result;
    return backMs === undefined ? rest : { ...rest, backMs };
  } finally {
    await place.remove();
  }
}

interface Round {
  readonly place: Place;
  start(): GatewayProcess;
  readonly random: () => number;
  readonly result: {
    -readonly [field in keyof Omit<Tortured, 'restarts' | 'violations' | 'backMs'>]: number;
  } & { readonly restarts: number[]; readonly violations: string[]; backMs: Tortured['backMs'] };
  readonly told: Told;
  readonly kills: number;
  readonly awayMs?: number;
  readonly name: string;
  readonly seed: number;
}

async function runRound(round: Round): Promise<void> {
  const { start, place, told, result, kills, name, seed } = round;
  const world = createWorld(name, seed, ACCOUNTS, Date.now());
  const caller = createCaller();
  let gateway = await open(start, place, caller, result);
  const panels: FollowingPanel[] = [];
  let restedAt = 0;
  try {
    // What is told before a playbook is in force is history to it, and opens nothing in the past.
    await untilSettled(caller, told);
    await send(caller, world.first, told);
    await untilSettled(caller, told);
    const some = world.accounts.filter((_, i) => i % 3 === 0);
    panels.push(
      openPanel(caller, REPS[0] ?? '', world.accounts),
      openPanel(caller, 'crm:rep:cleo', some),
    );
    const load = startLoad(caller, world, told, seed);
    for (let i = 0; i < kills; i++) gateway = await killOnce(gateway, caller, round);
    if (round.awayMs !== undefined) result.backMs = await takeAway(round.awayMs, caller, round);
    await load.stop();
    await pause(LONGEST_TIMER_MS + TICKS_WITHIN_MS);
    const settled = await untilSettled(caller, told);
    if (!settled) result.violations.push('it does not come to rest');
    result.violations.push(...(await checkPanels(panels, caller, SETTLE_MS)));
    restedAt = Date.now();
  } finally {
    await Promise.all(panels.map((panel) => panel.close()));
    caller.at(undefined);
    gateway.kill('SIGTERM');
  }
  const how = await gateway.ended;
  if (how !== 0) result.violations.push(`told to stop, it ended with ${how}`);
  await place.ready();
  const database = await place.open();
  try {
    const found = await checkDatabase(database, world, told, restedAt);
    result.lost += found.lost;
    result.doubled += found.doubled;
    result.violations.push(...found.violations);
  } finally {
    await database.close();
  }
  result.facts += told.facts.size;
  result.answers += told.answers.size;
  result.publishes += told.editions.length - 1;
  for (const { counts } of panels) {
    result.events += counts.events;
    result.resets += counts.resets;
  }
}

/** Starts a gateway that is not to be killed before it answers. */
async function open(
  start: () => GatewayProcess,
  place: Place,
  caller: Caller,
  { restarts }: Pick<Round['result'], 'restarts'>,
): Promise<GatewayProcess> {
  await place.ready();
  const from = performance.now();
  const gateway = start();
  caller.at(await gateway.ready);
  restarts.push(performance.now() - from);
  return gateway;
}

async function killOnce(
  gateway: GatewayProcess,
  caller: Caller,
  { place, start, random, result }: Round,
): Promise<GatewayProcess> {
  const restart = middleOf(result.restarts);
  // On a machine that is slow to start it, it is slow to do anything.
  await pause(20 + random() * Math.max(LONGEST_LIFE_MS, restart));
  result.kills++;
  const what = random();
  if (what < 0.3) {
    place.killDatabase();
    result.databaseKills++;
    // Alone: the gateway goes on by itself.
    if (what < 0.1) return gateway;
  }
  await kill(gateway, caller);
  if (random() < WHILE_STARTING) {
    await place.ready();
    const young = start();
    const early = await Promise.race([young.ended, pause(random() * restart * 1.2)]);
    if (early !== undefined) await young.ready;
    await kill(young, caller);
  }
  return open(start, place, caller, result);
}

/** The database is away under load, and comes back; the gateway is not told and not started anew. */
async function takeAway(
  ms: number,
  caller: Caller,
  { place, told, result }: Round,
): Promise<Tortured['backMs']> {
  const away = place.takeAway?.(ms);
  await pause(ms / 2);
  const taken = told.facts.size;
  const [ready, alive] = await Promise.all(
    ['/readyz', '/healthz'].map(async (path) => (await fetch(`${caller.url}${path}`)).status),
  );
  if (ready !== 503 || alive !== 200)
    result.violations.push(`away: readyz ${ready}, healthz ${alive}`);
  await pause(ms * 0.4);
  if (told.facts.size > taken) result.violations.push('facts were taken by no database');
  await away;
  const back = performance.now();
  while (told.facts.size === taken) await pause(10);
  return Math.round(performance.now() - back);
}

const middleOf = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;

async function kill(gateway: GatewayProcess, caller: Caller): Promise<void> {
  caller.at(undefined);
  gateway.kill('SIGKILL');
  await gateway.ended;
}

/** Nothing waits to be folded or to go live. */
async function untilSettled(caller: Caller, told: Told): Promise<boolean> {
  const signal = AbortSignal.timeout(SETTLE_MS);
  while (!signal.aborted) {
    const status = await caller.ask('- connector', 'GET', '/v1/import-status', undefined, signal);
    const versions = await caller.ask(
      'crm:rep:mia rep,marketer',
      'GET',
      '/v1/playbook/versions',
      undefined,
      signal,
    );
    const waiting = status?.json<{ waiting: number }>().waiting;
    const all = versions?.json<readonly { version: string; state: string }[]>() ?? [];
    const last = told.editions.at(-1)?.version;
    const inForce = all.find(({ state }) => state === 'in-force')?.version;
    if (
      waiting === 0 &&
      !all.some(({ state }) => state === 'going-live') &&
      (last ? last === inForce : inForce !== undefined)
    )
      return true;
    await pause(50);
  }
  return false;
}
