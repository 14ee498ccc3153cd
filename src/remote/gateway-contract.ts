import type { Card } from '../domain/decision.js';
import type { Fact } from '../domain/fact.js';
import type { Response, ResponseRequest, ResponseResult } from '../domain/response.js';
import type { RecordId } from '../domain/value.js';
import { accountFacts, buyerWrites, MAYA, TOM, tomCalls } from './contract-world.js';
import type { GatewayToken } from './gateway-client.js';
import { after, type RemoteClock } from './pause.js';
import { createRemoteAgent, type RemoteAgent, type RemoteAgentOptions } from './remote-agent.js';

export { MAYA, playbookFiles, repFacts, TOM } from './contract-world.js';

/** What a case is given: a gateway with the playbook of `playbookFiles` in force, that knows `repFacts`. */
export interface GatewayBench {
  readonly url: string;
  readonly fetch: RemoteAgentOptions['fetch'];
  token(asker: RecordId): Promise<GatewayToken>;
  /** The gateway's time, or nearly. */
  readonly clock: RemoteClock;
  /** Takes facts in, as a connector; resolves when they are judged. */
  record(facts: readonly Fact[]): Promise<void>;
}

export interface GatewayCase {
  readonly name: string;
  run(bench: GatewayBench): Promise<void>;
}

/** What a gateway must hold to before a panel. Run each case once on any gateway, with any test runner; a case that fails rejects. */
export const gatewayContract: readonly GatewayCase[] = [
  {
    name: 'shows both reps the same cards, with a playbook to word them by',
    async run(bench) {
      const { account, maya, tom, close } = await open(bench, 'shows');
      const [own, other, playbook] = await Promise.all([
        maya.decide(account, MAYA),
        tom.decide(account, TOM),
        maya.playbook(),
      ]);
      same(own.shown.map(toPlay), ['silent-buyer', 'open-case'], 'what Maya sees');
      same(other.shown.map(toPlay), own.shown.map(toPlay), 'what Tom sees');
      same([own.asker, other.asker], [MAYA, TOM], 'whom it is for');
      same(playbook?.version, own.inputs.playbook, 'the playbook');
      await close();
    },
  },
  {
    name: 'records an answer once however often it is sent, and tells the other rep',
    async run(bench) {
      const { account, maya, tom, close } = await open(bench, 'answers');
      const changed = await watching(tom, account, bench.clock);
      const request = await answerTo(bench, maya, account, 'silent-buyer', { kind: 'done' });
      const results = [await maya.respond(request), await maya.respond(request)];
      same(results, [{ status: 'recorded' }, { status: 'recorded' }], 'results');
      await changed();
      same((await tom.decide(account, TOM)).shown.map(toPlay), ['open-case'], 'what is left');
      const answered = (await tom.history(account, TOM)).filter(({ type }) => type === 'answered');
      same(
        answered.map(({ responseId }) => responseId),
        [request.id],
        'answers in the history',
      );
      check(Math.abs((answered[0]?.at ?? 0) - bench.clock.now()) < 60_000, 'the time of an answer');
      await close();
    },
  },
  {
    name: 'takes an answer back',
    async run(bench) {
      const { account, maya, close } = await open(bench, 'undo');
      const hide = { kind: 'not-relevant', reason: 'wrongMoment' } as const;
      const request = await answerTo(bench, maya, account, 'open-case', hide);
      await maya.respond(request);
      same((await maya.decide(account, MAYA)).shown.map(toPlay), ['silent-buyer'], 'hidden');
      await maya.respond({
        ...request,
        id: `${request.id}-undo`,
        response: { kind: 'undo', of: request.id },
      });
      const { length } = (await maya.decide(account, MAYA)).shown;
      same(length, 2, 'cards after it was taken back');
      await close();
    },
  },
  {
    name: 'refuses a touch whose slot went to another, and says when it frees',
    async run(bench) {
      const { account, maya, close } = await open(bench, 'slot');
      const request = await answerTo(bench, maya, account, 'silent-buyer', { kind: 'done' });
      const at = bench.clock.now();
      await bench.record([tomCalls(account, at)]);
      const result = await maya.respond(request);
      check(result.status === 'no-slot', `it says ${result.status}`);
      const days = ((result as { freesAt: number }).freesAt - at) / 86_400_000;
      check(days > 6 && days < 9, `the slot frees after ${days} days`);
      await close();
    },
  },
  {
    name: 'records an answer to a card that has closed and does not carry it out',
    async run(bench) {
      const { account, maya, close } = await open(bench, 'closed');
      const request = await answerTo(bench, maya, account, 'silent-buyer', { kind: 'done' });
      await bench.record([buyerWrites(account, bench.clock.now())]);
      const result = await maya.respond(request);
      check(result.status === 'closed', `it says ${result.status}`);
      check(Number.isFinite((result as { at: number }).at), 'it says when it closed');
      await close();
    },
  },
  {
    name: 'does not know a card that never was',
    async run(bench) {
      const { account, maya, close } = await open(bench, 'unknown');
      const request = await answerTo(bench, maya, account, 'silent-buyer', { kind: 'done' });
      const opening = request.opening.replace('silent-buyer', 'no-such-play');
      same(
        await maya.respond({ ...request, id: `${request.id}-x`, play: 'no-such-play', opening }),
        { status: 'unknown-card' } satisfies ResponseResult,
        'the result',
      );
      const hidden = await maya.decide('crm:account:never-heard-of', MAYA);
      same(hidden.nothing, { because: 'no-access', lately: [] }, 'an unknown record');
      await close();
    },
  },
  {
    name: 'says why not, keeps tips, tells of tries and switches kinds of action off',
    async run(bench) {
      const { account, maya, close } = await open(bench, 'inside');
      const { stage } = await maya.why('silent-buyer', account, MAYA);
      same(stage, 'shown', 'the stage');
      const all = await maya.decide(account, MAYA, { verdicts: 'all' });
      check(all.situation !== undefined, 'all verdicts come with the situation');
      const occurredAt = bench.clock.now();
      const tip = { id: `tip-${account}-${occurredAt}`, asker: MAYA, account, record: account };
      await maya.sendTip({ ...tip, text: 'Ask Dana', attributes: {}, signed: true, occurredAt });
      const kept = (await maya.tips(MAYA)).find(({ id }) => id === tip.id);
      same([kept?.text, kept?.occurredAt], ['Ask Dana', occurredAt], 'the tip');
      const plan = { kind: 'try', how: 'ask Dana first', weeks: 4, accounts: 20 } as const;
      const attempt = await answerTo(bench, maya, account, 'silent-buyer', plan);
      const { status: began } = await maya.respond(attempt);
      // Where she has too few accounts none begins, and she is told.
      check(began === 'recorded' || began === 'no-try', 'a try begins or does not');
      const tried = (await maya.tries(MAYA)).map(({ how }) => how);
      same(tried, began === 'recorded' ? [plan.how] : [], 'what she tries');
      await maya.setKind(MAYA, 'fix', false);
      check((await maya.kindsOff(MAYA)).includes('fix'), 'the kind is off');
      same((await maya.decide(account, MAYA)).shown.map(toPlay), ['silent-buyer'], 'what is left');
      await maya.setKind(MAYA, 'fix', true);
      same(await maya.kindsOff(MAYA), [], 'kinds that are off');
      const [card] = (await maya.decide(account, MAYA)).shown;
      const opening = card?.opening ?? '';
      const contents = card?.contents.map(({ id }) => id);
      await maya.seen({ id: `seen|${opening}`, account, opening, asker: MAYA, contents });
      await close();
    },
  },
  {
    name: 'tells a panel that was away what it missed',
    async run(bench) {
      const lines: AbortController[] = [];
      // A line that can be cut: what was being read ends in an error.
      const fetch: GatewayBench['fetch'] = async (url, init) => {
        const response = await bench.fetch(url, init);
        if (!url.includes('/v1/events')) return response;
        const cut = new AbortController();
        lines.push(cut);
        const through = new TransformStream<Uint8Array, Uint8Array>();
        response.body?.pipeTo(through.writable, { signal: cut.signal }).catch(() => undefined);
        return new Response(through.readable, { headers: response.headers });
      };
      const { account, maya, close } = await open({ ...bench, fetch }, 'away');
      const changed = await watching(maya, account, bench.clock);
      await bench.record([tomCalls(account, bench.clock.now())]);
      await changed();
      const missed = watchNext(maya, account, bench.clock);
      for (const line of lines.splice(0)) line.abort();
      await bench.record([buyerWrites(account, bench.clock.now())]);
      await missed();
      same((await maya.decide(account, MAYA)).shown.map(toPlay), ['open-case'], 'what is left');
      await close();
    },
  },
  {
    name: 'does not answer under a token that it does not know',
    async run(bench) {
      const { account, maya, close } = await open(
        { ...bench, token: async () => ({ token: 'no-such-token' }) },
        'stranger',
      );
      const code = await maya.decide(account, MAYA).then(
        () => 'an answer',
        (error: { code?: string }) => error.code,
      );
      same(code, 'opportune/signed-out', 'what comes back');
      await close();
    },
  },
];

interface Opened {
  readonly account: RecordId;
  readonly maya: RemoteAgent;
  readonly tom: RemoteAgent;
  close(): Promise<void>;
}

async function open(bench: GatewayBench, name: string): Promise<Opened> {
  const now = bench.clock.now();
  const account = `crm:account:${name}-${now}`;
  await bench.record(accountFacts(account, now));
  const agentOf = (asker: RecordId): RemoteAgent =>
    createRemoteAgent({ ...bench, token: () => bench.token(asker), asker, random: () => 0.01 });
  const [maya, tom] = [agentOf(MAYA), agentOf(TOM)];
  return {
    account,
    maya,
    tom,
    async close() {
      await Promise.all([maya.close(), tom.close()]);
    },
  };
}

async function answerTo(
  { clock }: GatewayBench,
  agent: RemoteAgent,
  account: RecordId,
  play: string,
  response: Response,
): Promise<ResponseRequest> {
  const { shown } = await agent.decide(account, MAYA);
  const card = shown.find((one) => one.play === play);
  if (!card) throw new Error(`no card of ${play} among ${shown.map(toPlay).join()}`);
  const { record, opening } = card;
  const occurredAt = clock.now();
  const id = `${account}-${play}-${occurredAt}`;
  return { id, play, record, account, opening, asker: MAYA, occurredAt, response };
}

const PATIENCE_MS = 20_000;

/** Watches, and gives the wait for the next change; it begins when the stream is open, which is told as a change. */
async function watching(
  agent: RemoteAgent,
  record: RecordId,
  clock: RemoteClock,
): Promise<() => Promise<void>> {
  await watchNext(agent, record, clock)();
  return watchNext(agent, record, clock);
}

function watchNext(agent: RemoteAgent, record: RecordId, clock: RemoteClock): () => Promise<void> {
  const told = new Promise<void>((resolve, reject) => {
    const stop = agent.watch(record, () => {
      stopPatience();
      stop();
      resolve();
    });
    const stopPatience = after(clock, PATIENCE_MS, () => {
      stop();
      reject(new Error('no change was told'));
    });
  });
  return () => told;
}

const toPlay = ({ play }: Card): string => play;

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
}

function same(found: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a}, expected ${b}`);
}
