import { setTimeout as pause } from 'node:timers/promises';
import type { Decision, Fact, RecordId, ResponseRequest, ResponseResult } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import { toIso } from '../../src/core/zone.js';
import type { Caller } from './caller.js';
import { playbookFiles, REPS, type World } from './world.js';

/** What the gateway said it has. */
export interface Told {
  readonly facts: Map<string, Fact>;
  readonly answers: Map<string, ResponseRequest>;
  /** Editions of the playbook that were taken, in order. */
  readonly editions: { readonly edition: number; readonly version: string }[];
  repeated: number;
}

export interface Load {
  /** Nothing new begins; resolves when all that has begun was answered. */
  stop(): Promise<void>;
}

const SENDERS = 3;
const BETWEEN_SENDS_MS = 60;
/** How many devices each rep has. */
const DEVICES = 4;
const BETWEEN_ANSWERS_MS = 60;
const BETWEEN_PUBLISHES_MS = 10_000;
/** Sent again although it was answered. */
const AGAIN_RATE = 0.1;

const toSent = ({ learnedAt: _, occurredAt, ...fact }: Fact): object => ({
  ...fact,
  occurredAt: toIso(occurredAt),
});

/** Sends facts until they are taken. */
export async function send(caller: Caller, facts: readonly Fact[], told: Told): Promise<void> {
  const body = { facts: facts.map(toSent) };
  const answer = await caller.ask('- connector', 'POST', '/v1/facts', body);
  if (answer?.status !== 202) throw new Error(`facts were answered with ${answer?.status}`);
  told.repeated += answer.json<{ repeated: number }>().repeated;
  for (const fact of facts) told.facts.set(fact.id, fact);
}

export function startLoad(caller: Caller, world: World, told: Told, seed: number): Load {
  const stop = new AbortController();
  const random = createRandom(`load ${seed}`);
  let number = 0;

  async function sendFacts(): Promise<void> {
    while (!stop.signal.aborted) {
      const facts = world.next(Date.now());
      await send(caller, facts, told);
      if (random() < AGAIN_RATE) await send(caller, facts, told);
      await pause(random() * 2 * BETWEEN_SENDS_MS);
    }
  }

  async function answer(rep: RecordId): Promise<void> {
    while (!stop.signal.aborted) {
      await pause(random() * 2 * BETWEEN_ANSWERS_MS);
      const account = world.accounts[Math.floor(random() * world.accounts.length)] ?? '';
      const looked = await caller.ask(
        `${rep} rep`,
        'POST',
        '/v1/decide',
        { record: account },
        stop.signal,
      );
      const [card] = looked?.json<Decision>().shown ?? [];
      if (card) await respond(rep, account, card);
    }
  }

  async function respond(
    rep: RecordId,
    account: RecordId,
    card: Decision['shown'][number],
  ): Promise<void> {
    const kind = random();
    const body: Omit<ResponseRequest, 'asker'> = {
      id: `${account}/${number++}`,
      play: card.play,
      record: card.record,
      account,
      opening: card.opening,
      occurredAt: Date.now(),
      response:
        kind < 0.6
          ? { kind: 'done' }
          : kind < 0.8
            ? { kind: 'not-relevant', reason: kind < 0.7 ? 'notNow' : 'notHere' }
            : { kind: 'helpful' },
    };
    const sent = { ...body, occurredAt: toIso(body.occurredAt) };
    const answered = await caller.ask(`${rep} rep`, 'POST', '/v1/responses', sent);
    if (answered?.status !== 200)
      throw new Error(`an answer was answered with ${answered?.status}`);
    const { status } = answered.json<ResponseResult>();
    if (status === 'recorded' || status === 'closed')
      told.answers.set(body.id, { ...body, asker: rep });
  }

  async function publish(): Promise<void> {
    while (!stop.signal.aborted) {
      await pause(random() * 2 * BETWEEN_PUBLISHES_MS, undefined, { signal: stop.signal }).catch(
        () => undefined,
      );
      if (stop.signal.aborted) return;
      const edition = 1 + (told.editions.at(-1)?.edition ?? 0);
      const files = playbookFiles(edition);
      const answered = await caller.ask('crm:rep:mia rep,marketer', 'PUT', '/v1/playbook', {
        files,
      });
      if (!answered || answered.status >= 300)
        throw new Error(`a publish was answered with ${answered?.status}`);
      told.editions.push({ edition, version: answered.json<{ version: string }>().version });
    }
  }

  const running = Promise.all([
    ...Array.from({ length: SENDERS }, sendFacts),
    ...REPS.flatMap((rep) => Array.from({ length: DEVICES }, () => answer(rep))),
    publish(),
  ]);
  running.catch(() => undefined);
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}
