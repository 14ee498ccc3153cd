import { toIso } from '../core/zone.js';
import type { Agent } from '../domain/agent.js';
import type { ResponseRequest } from '../domain/response.js';
import type { TipRequest } from '../domain/tip.js';
import type { RecordId } from '../domain/value.js';
import type { RemoteClock } from './pause.js';

/** The HTTP interface of a gateway over an agent in the same page, for tests: a request in, a response out. */
export interface FakeGateway {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Every request so far, `POST responses` and so on, once it was let in. */
  readonly requests: readonly { readonly line: string; readonly asker: RecordId }[];
  /** How many streams are open now, and the most that ever were at once for one asker. */
  readonly streams: { readonly open: number; readonly most: number };
  /** Rep by token; what is not in it is answered with 401. */
  readonly tokens: Map<string, RecordId>;
  /** From now on its log has changes of this record. */
  follow(record: RecordId): void;
  /** Sends something to every open stream. */
  push(event: string): void;
  /** Ends every open stream, cleanly or with an error. */
  cut(error?: Error): void;
  /** No longer reaches back to what was told. */
  forget(): void;
  /** Answers so instead, while it gives something; undefined: as usual. */
  instead?: ((line: string) => Response | Promise<Response> | undefined) | undefined;
}

interface Stream {
  readonly asker: RecordId;
  readonly records: ReadonlySet<RecordId>;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  end(): void;
}

/** Of every route what it takes. */
interface Body {
  readonly record: RecordId;
  readonly play: string;
  readonly occurredAt: string;
  readonly on: boolean;
  readonly verdicts?: 'all';
}

const encoder = new TextEncoder();

export function createFakeGateway(agent: Agent, clock: RemoteClock): FakeGateway {
  const requests: { readonly line: string; readonly asker: RecordId }[] = [];
  const log: RecordId[] = [];
  const followed = new Set<RecordId>();
  const streams = new Set<Stream>();
  const counts = { open: 0, most: 0 };
  let reach = 0;

  const say = ({ controller }: Stream, text: string): void => {
    controller.enqueue(encoder.encode(text));
  };
  const changedEvent = (id: number, record: RecordId): string =>
    `id: ${id}\nevent: changed\ndata: ${JSON.stringify({ record })}\n\n`;

  function openStream(asker: RecordId, url: URL, init: RequestInit): Response {
    const records = new Set(url.searchParams.getAll('record'));
    for (const record of records) gateway.follow(record);
    const last = new Headers(init.headers).get('last-event-id');
    let stream: Stream | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const stopBeats = clock.every(15_000, () =>
          controller.enqueue(encoder.encode(': beat\n\n')),
        );
        const own: Stream = {
          asker,
          records,
          controller,
          end() {
            stopBeats();
            streams.delete(own);
            counts.open = streams.size;
          },
        };
        stream = own;
        streams.add(own);
        counts.open = streams.size;
        const same = [...streams].filter((one) => one.asker === asker).length;
        counts.most = Math.max(counts.most, same);
        init.signal?.addEventListener('abort', () => {
          if (!streams.has(own)) return;
          own.end();
          controller.error(new DOMException('aborted', 'AbortError'));
        });
        if (last === null) say(own, ': here\n\n');
        else if (Number(last) < reach) say(own, `id: ${log.length}\nevent: reset\n\n`);
        else {
          const missed = new Map<RecordId, number>();
          for (let at = Number(last); at < log.length; at++)
            if (records.has(log[at] as string)) missed.set(log[at] as string, at + 1);
          for (const [record, id] of missed) say(own, changedEvent(id, record));
        }
      },
      cancel: () => stream?.end(),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  async function answer(
    line: string,
    url: URL,
    init: RequestInit,
    asker: RecordId,
  ): Promise<Response> {
    const body = (init.body ? JSON.parse(String(init.body)) : {}) as Body;
    const record = url.searchParams.get('record') ?? '';
    if ('asker' in body) return problem(422, 'opportune/invalid', 'The asker is not yours to say');
    switch (line) {
      case 'POST decide':
        return json(await agent.decide(body.record, asker, body));
      case 'POST why':
        return json(await agent.why(body.play, body.record, asker));
      case 'POST responses': {
        const result = await agent.respond({
          ...(body as unknown as ResponseRequest),
          asker,
          occurredAt: Date.parse(body.occurredAt),
        });
        if (result.status === 'no-slot') return json({ ...result, freesAt: toIso(result.freesAt) });
        if (result.status === 'closed') return json({ ...result, at: toIso(result.at) });
        return json(result);
      }
      case 'POST seen':
        await agent.seen({ ...(body as unknown as Parameters<Agent['seen']>[0]), asker });
        return new Response(null, { status: 204 });
      case 'GET history':
        return json(
          (await agent.history(record, asker)).map((one) => ({ ...one, at: toIso(one.at) })),
        );
      case 'POST tips': {
        const occurredAt = Date.parse(body.occurredAt);
        await agent.sendTip({ ...(body as unknown as TipRequest), asker, occurredAt });
        return new Response(null, { status: 204 });
      }
      case 'GET tips':
        return json(
          (await agent.tips(asker)).map(({ asker: _, ...tip }) => ({
            ...tip,
            occurredAt: toIso(tip.occurredAt),
            steps: tip.steps.map((step) => ({ ...step, at: toIso(step.at) })),
          })),
        );
      case 'GET tries':
        return json(await agent.tries(asker));
      case 'GET kinds':
        return json(await agent.kindsOff(asker));
      case 'GET playbook':
        return json((await agent.playbook()) ?? null);
      case 'GET events':
        return openStream(asker, url, init);
    }
    const kind = /^PUT kinds\/(.+)$/.exec(line)?.[1];
    if (!kind) return problem(404, 'opportune/unknown-route', 'There is nothing here');
    await agent.setKind(asker, decodeURIComponent(kind), body.on);
    return new Response(null, { status: 204 });
  }

  const gateway: FakeGateway = {
    requests,
    streams: counts,
    tokens: new Map(),
    follow(record) {
      if (followed.has(record)) return;
      followed.add(record);
      agent.watch(record, () => {
        log.push(record);
        for (const stream of streams)
          if (stream.records.has(record)) say(stream, changedEvent(log.length, record));
      });
    },
    push(event) {
      for (const stream of streams) say(stream, event);
    },
    cut(error) {
      for (const stream of [...streams]) {
        stream.end();
        if (error) stream.controller.error(error);
        else stream.controller.close();
      }
    },
    forget() {
      log.push('');
      reach = log.length;
    },
    async fetch(address, init) {
      if (init.signal?.aborted) throw new DOMException('aborted', 'AbortError');
      const url = new URL(address);
      const line = `${init.method} ${url.pathname.replace(/^.*\/v1\//, '')}`;
      const instead = await gateway.instead?.(line);
      if (instead) return instead;
      const bearer = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? '';
      const asker = gateway.tokens.get(bearer);
      if (!asker) return problem(401, 'opportune/unauthenticated', 'Who are you?');
      requests.push({ line, asker });
      return answer(line, url, init, asker);
    },
  };
  return gateway;
}

export function problem(status: number, code: string, title: string): Response {
  const headers = { 'content-type': 'application/problem+json' };
  return new Said(JSON.stringify({ status, code, title }), { status, headers });
}

function json(value: unknown): Response {
  return new Said(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });
}

/** Its text is there at once: what a browser does on a thread of its own would take the time of no test's clock. */
class Said extends Response {
  private readonly said: string;

  constructor(said: string, init: ResponseInit) {
    super(said, init);
    this.said = said;
  }

  override async text(): Promise<string> {
    return this.said;
  }
}
