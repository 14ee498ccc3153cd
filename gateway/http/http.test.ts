import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Decision } from 'opportune';
import {
  ANA,
  BEN,
  CONNECTOR,
  MARKETER,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
} from '../serve/test-gateway.js';

describe('the gateway over HTTP', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway();
    const facts = [...silent('7', 20), ...silent('8', 3)];
    const { status, text } = await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts });
    assert.equal(status, 202, text);
    await gateway.settled();
  });
  after(() => gateway.close());

  const decide = async (who: string, record: string): Promise<Decision> =>
    (await gateway.call(who, 'POST', '/v1/decide', { record })).json() as Decision;

  it('shows a rep the next best action on an account whose facts came in', async () => {
    const { shown, asker } = await decide(ANA, 'crm:account:7');
    assert.deepEqual([asker, shown.map(({ play }) => play)], ['crm:rep:ana', ['silent-buyer']]);
    assert.deepEqual((await decide(ANA, 'crm:account:8')).shown, []);
  });

  it('counts a fact that comes again as repeated', async () => {
    const { status, json } = await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      facts: silent('7', 20),
    });
    assert.deepEqual([status, json()], [202, { accepted: 0, repeated: 2, refused: [] }]);
  });

  it('refuses the fact that no agent takes, with the reason, and takes the others', async () => {
    const [good] = silent('9', 1);
    const bad = sent('bad', {
      type: 'email-sent',
      at: Date.parse('1500-01-01T00:00:00Z'),
      account: '9',
    });
    const { json } = await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: [good, bad] });
    const { accepted, refused } = json() as {
      accepted: number;
      refused: { id: string; reason: string }[];
    };
    assert.deepEqual([accepted, refused.map(({ id }) => id)], [1, ['bad']]);
    assert.match(refused[0]?.reason ?? '', /\w/);
  });

  it('tells why a play is not shown, and what would change it', async () => {
    const { json } = await gateway.call(ANA, 'POST', '/v1/why', {
      play: 'silent-buyer',
      record: 'crm:account:8',
    });
    assert.equal((json() as { stage: string }).stage, 'trigger');
  });

  it('gives a hidden record and one that does not exist the same answer, to the byte', async () => {
    const ask = async (who: string, record: string): Promise<string> => {
      const texts = await Promise.all([
        gateway.call(who, 'POST', '/v1/decide', { record }),
        gateway.call(who, 'POST', '/v1/why', { play: 'silent-buyer', record }),
        gateway.call(who, 'GET', `/v1/history?record=${record}`),
        gateway.call(who, 'POST', '/v1/seen', { id: `s|${record}`, account: record, opening: 'x' }),
        gateway.call(who, 'POST', '/v1/responses', {
          id: `r|${record}`,
          play: 'silent-buyer',
          record,
          account: record,
          opening: 'x',
          occurredAt: '2026-11-20T09:00:00Z',
          response: { kind: 'done' },
        }),
      ]);
      return JSON.stringify(texts.map(({ status, text }) => [status, text])).replaceAll(
        record,
        'R',
      );
    };
    assert.equal(await ask(BEN, 'crm:account:7'), await ask(BEN, 'crm:account:no-such'));
    assert.equal(await ask(BEN, 'crm:account:7'), await ask(BEN, 'elsewhere:account:7'));
    assert.notEqual(await ask(ANA, 'crm:account:7'), await ask(ANA, 'crm:account:no-such'));
  });

  it('records an answer once, and says so again when it is sent again', async () => {
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('11', 20) });
    await gateway.settled();
    const [card] = (await decide(ANA, 'crm:account:11')).shown;
    const answer = {
      id: 'answer-1',
      play: card?.play,
      record: card?.record,
      account: 'crm:account:11',
      opening: card?.opening,
      occurredAt: new Date(NOW).toISOString(),
      response: { kind: 'done' },
    };
    for (const _ of [1, 2]) {
      const { json } = await gateway.call(ANA, 'POST', '/v1/responses', answer);
      assert.deepEqual(json(), { status: 'recorded' });
    }
    assert.deepEqual((await decide(ANA, 'crm:account:11')).shown, []);
    const history = (
      await gateway.call(ANA, 'GET', '/v1/history?record=crm:account:11')
    ).json() as {
      type: string;
      at: string;
    }[];
    assert.equal(history.filter(({ type }) => type === 'answered').length, 1);
    assert.match(history[0]?.at ?? '', /^2026-11-20T/);
  });

  it('switches a kind of action off for one rep alone', async () => {
    assert.equal((await gateway.call(ANA, 'PUT', '/v1/kinds/call', { on: false })).status, 204);
    assert.deepEqual((await gateway.call(ANA, 'GET', '/v1/kinds')).json(), ['call']);
    assert.deepEqual((await gateway.call(BEN, 'GET', '/v1/kinds')).json(), []);
    await gateway.call(ANA, 'PUT', '/v1/kinds/call', { on: true });
    assert.equal((await gateway.call(ANA, 'PUT', '/v1/kinds/dance', { on: true })).status, 400);
  });

  it('brings a tip to the marketers, and what became of it back to its author', async () => {
    const tip = {
      id: 't1',
      text: 'They like <b>tea</b>',
      attributes: {},
      signed: false,
      occurredAt: new Date(NOW).toISOString(),
    };
    assert.equal((await gateway.call(ANA, 'POST', '/v1/tips', tip)).status, 204);
    gateway.clock.set(NOW + 60_000);
    const queue = (await gateway.call(MARKETER, 'GET', '/v1/tips/candidates')).json() as {
      id: string;
      asker?: string;
    }[];
    assert.deepEqual(
      queue.map(({ id, asker }) => [id, asker === 'crm:rep:ana']),
      [['t1', false]],
    );
    assert.equal(
      (
        await gateway.call(MARKETER, 'POST', '/v1/tips/t1', {
          status: 'not-used',
          because: 'known',
        })
      ).status,
      204,
    );
    const [own] = (await gateway.call(ANA, 'GET', '/v1/tips')).json() as { status: string }[];
    assert.equal(own?.status, 'not-used');
    gateway.clock.set(NOW);
    assert.equal((await gateway.call(ANA, 'GET', '/v1/tips/candidates')).status, 403);
  });

  it('lets only those with the role in, and nobody without an identity', async () => {
    assert.equal(
      (await gateway.call('', 'POST', '/v1/decide', { record: 'crm:account:7' })).status,
      401,
    );
    assert.equal(
      (await gateway.call(ANA, 'POST', '/v1/facts', { facts: silent('7', 1) })).status,
      403,
    );
    assert.equal(
      (await gateway.call(CONNECTOR, 'POST', '/v1/decide', { record: 'crm:account:7' })).status,
      403,
    );
    assert.equal((await gateway.call(ANA, 'GET', '/v1/audit')).status, 403);
    assert.equal((await gateway.call('nobody crm:rep:ana rep', 'GET', '/v1/kinds')).status, 401);
  });

  it('keeps one company from the other', async () => {
    const other = await decide('other crm:rep:ana rep', 'crm:account:7');
    assert.equal(other.nothing?.because, 'no-access');
  });

  it('answers only pages that are named', async () => {
    const ask = (origin: string) =>
      gateway.call(ANA, 'POST', '/v1/decide', { record: 'crm:account:7' }, { origin });
    assert.equal((await ask('https://evil.example')).status, 403);
    assert.equal((await ask('https://acme.lightning.force.com')).status, 200);
    const preflight = await gateway.app.inject({
      method: 'OPTIONS',
      url: '/v1/decide',
      headers: {
        origin: 'https://acme.lightning.force.com',
        'access-control-request-method': 'POST',
      },
    });
    assert.equal(
      preflight.headers['access-control-allow-origin'],
      'https://acme.lightning.force.com',
    );
    assert.match(
      String(preflight.headers['content-security-policy']),
      /frame-ancestors https:\/\/acme/,
    );
  });

  it('notes who looked and answered, and who read the trail', async () => {
    const auditor = 'acme - auditor';
    await decide(ANA, 'crm:account:7');
    await gateway.call(auditor, 'GET', '/v1/audit');
    const rows = (await gateway.call(auditor, 'GET', '/v1/audit')).json() as {
      actor: string;
      action: string;
      target?: string;
    }[];
    assert.equal(rows[0]?.action, 'read-audit');
    assert.ok(
      rows.some(
        ({ actor, action, target }) =>
          actor === 'crm:rep:ana' && action === 'looked' && target === 'crm:account:7',
      ),
    );
    const bens = (await gateway.call(auditor, 'GET', '/v1/audit?actor=crm:rep:ben')).json() as {
      actor: string;
    }[];
    assert.ok(bens.length > 0 && bens.every(({ actor }) => actor === 'crm:rep:ben'));
  });

  it('gives a panel token that ends, in exchange for the identity, and no more roles', async () => {
    const made = (await gateway.call(ANA, 'POST', '/v1/token')).json() as {
      token: string;
      expiresAt: string;
    };
    const bearer = { authorization: `Bearer ${made.token}` };
    const ask = () => gateway.call('', 'POST', '/v1/decide', { record: 'crm:account:7' }, bearer);
    assert.equal((await ask()).status, 200);
    assert.equal((await gateway.call('', 'POST', '/v1/token', undefined, bearer)).status, 401);
    gateway.clock.set(Date.parse(made.expiresAt) + 60_000);
    assert.equal((await ask()).status, 401);
    gateway.clock.set(NOW);
  });

  it('logs no id, no name and no query', () => {
    const text = JSON.stringify(gateway.logged);
    assert.doesNotMatch(text, /account:|rep:|Company|record=|Bearer|ey[A-Za-z0-9]/);
    assert.match(text, /"route":"\/v1\/decide"/);
  });
});
