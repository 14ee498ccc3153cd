import { expect } from '@open-wc/testing';
import { createEventParser, type ServerEvent } from './event-parser.js';

const encoder = new TextEncoder();

function read(pieces: readonly Uint8Array[]): { events: ServerEvent[]; retries: number[] } {
  const events: ServerEvent[] = [];
  const retries: number[] = [];
  const parse = createEventParser({
    event: (event) => events.push(event),
    retry: (ms) => retries.push(ms),
  });
  for (const piece of pieces) parse(piece);
  return { events, retries };
}

const TEXT = [
  '\ufeff: a comment',
  'retry: 2500',
  'retry: soon',
  'id: 7',
  'event: changed',
  'data: {"record":"crm:account:Zürich 🏔"}',
  '',
  'data:first',
  'data:  second',
  'data',
  'unknown: field',
  '',
  'event: reset',
  '',
  'id: a\0b',
  'id',
  'data: colon: kept',
  '',
  '',
  'data: never ended',
];
const EVENTS: readonly ServerEvent[] = [
  { type: 'changed', data: '{"record":"crm:account:Zürich 🏔"}', id: '7' },
  { type: 'message', data: 'first\n second\n', id: '7' },
  { type: 'reset', data: '', id: '7' },
  { type: 'message', data: 'colon: kept', id: '' },
];

describe('server-sent events', () => {
  for (const [name, end] of [
    ['line feeds', '\n'],
    ['returns and line feeds', '\r\n'],
    ['returns', '\r'],
  ] as const)
    it(`are the same wherever the bytes are cut, lines ended by ${name}`, () => {
      const bytes = encoder.encode(TEXT.join(end));
      for (let cut = 0; cut <= bytes.length; cut++) {
        const pieces = [bytes.slice(0, cut), new Uint8Array(), bytes.slice(cut)];
        expect(read(pieces), `cut at ${cut}`).to.deep.equal({ events: EVENTS, retries: [2500] });
      }
      const single = [...bytes].map((byte) => new Uint8Array([byte]));
      expect(read(single)).to.deep.equal({ events: EVENTS, retries: [2500] });
    });

  it('are the same as an EventSource of the browser hears', async () => {
    const text = TEXT.map((line) =>
      line === 'event: reset' ? 'event: changed\ndata: again' : line,
    ).join('\r\n');
    const { events } = read([encoder.encode(text)]);
    const url = URL.createObjectURL(new Blob([text], { type: 'text/event-stream' }));
    const source = new EventSource(url);
    const heard: ServerEvent[] = [];
    await new Promise((resolve) => {
      for (const type of ['changed', 'message'])
        source.addEventListener(type, ({ data, lastEventId }: MessageEvent) =>
          heard.push({ type, data, id: lastEventId }),
        );
      source.addEventListener('error', resolve);
    });
    source.close();
    expect(heard).to.deep.equal(events);
  });

  it('end where one of them has no end', () => {
    const long = encoder.encode('data: '.padEnd(600_000, 'x'));
    expect(() => read([long, long])).to.throw('An event has no end');
    const lines = encoder.encode(`data: ${'x'.repeat(1000)}\n`.repeat(600));
    expect(() => read([lines, lines])).to.throw('An event has no end');
  });
});
