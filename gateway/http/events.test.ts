import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Decision } from 'opportune';
import {
  ANA,
  BEN,
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
  until,
} from '../serve/test-gateway.js';

/** What a panel has read of its stream so far. */
interface Reading {
  text: string;
  readonly status: number;
  close(): Promise<void>;
}

describe('events of the gateway', () => {
  let gateway: TestGateway;
  let url: string;
  before(async () => {
    gateway = await openTestGateway();
    url = await gateway.listen();
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      facts: [...silent('1', 20), ...silent('2', 20)],
    });
    await gateway.settled();
  });
  after(() => gateway.close());

  async function listen(
    who: string,
    records: readonly string[],
    lastId?: string,
  ): Promise<Reading> {
    const stop = new AbortController();
    const query = records.map((record) => `record=${encodeURIComponent(record)}`).join('&');
    const response = await fetch(`${url}/v1/events?${query}`, {
      headers: {
        authorization: `Development ${who}`,
        ...(lastId !== undefined && { 'last-event-id': lastId }),
      },
      signal: stop.signal,
    });
    const reading: Reading = { text: '', status: response.status, close: async () => {} };
    const done = (async () => {
      for await (const chunk of response.body ?? [])
        reading.text += new TextDecoder().decode(chunk);
    })().catch(() => undefined);
    reading.close = async () => {
      stop.abort();
      await done;
    };
    await until(() => reading.text.includes('id: '));
    return reading;
  }
  let number = 0;
  const happen = (account: string): Promise<unknown> =>
    gateway.call(
      CONNECTOR,
      'POST',
      '/v1/facts',
      sent(`n${number++}`, { type: 'email-sent', at: NOW, account }),
    );
  const ask = async (who: string, record: string): Promise<Decision> =>
    (await gateway.call(who, 'POST', '/v1/decide', { record })).json() as Decision;
  const changed = (record: string): string => `event: changed\ndata: {"record":"${record}"}`;
  const lastIdOf = ({ text }: Reading): string =>
    text
      .match(/^id: (.*)$/gm)
      ?.at(-1)
      ?.slice(4) ?? '';

  it('tells a panel that the record before it changed, and no other panel', async () => {
    const [first, second, stranger] = await Promise.all([
      listen(ANA, ['crm:account:1']),
      listen(ANA, ['crm:account:2']),
      listen(BEN, ['crm:account:1']),
    ]);
    await happen('1');
    await until(() => first.text.includes(changed('crm:account:1')));
    await happen('2');
    await until(() => second.text.includes(changed('crm:account:2')));
    assert.doesNotMatch(second.text, /account:1/);
    assert.doesNotMatch(stranger.text, /account/);
    await Promise.all([first.close(), second.close(), stranger.close()]);
  });

  it('gives a panel that was away what it missed, once, and nothing twice', async () => {
    const before = await listen(ANA, ['crm:account:1', 'crm:account:2']);
    await before.close();
    await happen('1');
    await happen('1');
    await gateway.settled();
    const again = await listen(ANA, ['crm:account:1', 'crm:account:2'], lastIdOf(before));
    await until(() => again.text.includes('event: '));
    await until(() => again.text.includes('\n:\n'));
    assert.equal(again.text.split(changed('crm:account:1')).length, 2);
    assert.doesNotMatch(again.text, /account:2/);
    await again.close();
    const later = await listen(ANA, ['crm:account:1'], lastIdOf(again));
    await until(() => later.text.includes('\n:\n'));
    assert.doesNotMatch(later.text, /event: /);
    await later.close();
  });

  it('lets a panel begin anew when its place is not one of ours', async () => {
    for (const place of ['nonsense', '../../etc', 'a/1:2:', '💥', "'; drop table changes; --"]) {
      const panel = await listen(ANA, ['crm:account:1'], encodeURIComponent(place));
      await until(() => panel.text.includes('event: reset'));
      await panel.close();
    }
  });

  it('writes no line that a record id or a header could have put there', async () => {
    const panel = await listen(ANA, [
      'crm:account:x\ndata: {"record":"crm:account:evil"}\n\nevent: reset',
      'crm:account:1',
    ]);
    await happen('1');
    await until(() => panel.text.includes(changed('crm:account:1')));
    assert.doesNotMatch(panel.text, /evil|reset/);
    await panel.close();
  });

  it('tells a panel of a record that it asked about before it was there, and of an account handed to its rep', async () => {
    const [ours, theirs] = ['crm:account:3', 'crm:account:2'];
    const [ana, ben] = [await ask(ANA, ours), await ask(BEN, theirs)];
    assert.deepEqual([ana.nothing?.because, ben.nothing?.because], ['no-access', 'no-access']);
    const panels = [await listen(ANA, [ours]), await listen(BEN, [theirs])];
    const given = {
      ...{ type: 'record-changed', at: NOW - 1, account: '2' },
      data: { values: { owner: 'crm:rep:ben' } },
    };
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      facts: [...silent('3', 20), sent('given', given)],
    });
    await until(() => panels[0]?.text.includes(changed(ours)) === true);
    await until(() => panels[1]?.text.includes(changed(theirs)) === true);
    assert.equal((await ask(ANA, ours)).shown.length, 1);
    assert.equal((await ask(BEN, theirs)).shown.length, 1);
    assert.equal((await ask(ANA, theirs)).nothing?.because, 'no-access');
    for (const panel of panels) await panel.close();
  });

  it('forgets a panel that has gone', async () => {
    const { hub } = gateway.tenants.get('acme') ?? assert.fail();
    await until(() => hub.panels === 0);
    const panel = await listen(ANA, ['crm:account:1']);
    assert.equal(hub.panels, 1);
    await panel.close();
    await until(() => hub.panels === 0);
  });
});
