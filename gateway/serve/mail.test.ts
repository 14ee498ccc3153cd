import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type MailServer, openMailServer } from '../digest/mail-server.js';
import {
  CONNECTOR,
  NOW,
  openTestGateway,
  silent,
  type TestGateway,
  until,
} from './test-gateway.js';

const SETTINGS = `
publicUrl: http://localhost:8474
mail: { secrets: [env:MAIL], links: { crm: 'https://crm.example.com/{id}' } }
tenants:
  acme: { connections: { crm: { rules: { records: { account: everyone, contact: everyone } } } } }
`;
/** A Friday, eight in the morning in Berlin. */
const MORNING = Date.parse('2026-11-20T07:00:00Z');

const repWith = (id: string, at: number, values: object): object => ({
  ...{ id, type: 'record-changed', grade: 'observed' },
  ...{ subjects: ['crm:rep:ana'], about: ['crm:rep:ana'] },
  occurredAt: new Date(at).toISOString(),
  data: { values },
});

describe('the morning mail of the gateway', () => {
  let server: MailServer;
  let gateway: TestGateway;
  before(async () => {
    server = await openMailServer();
    gateway = await openTestGateway({
      settings: SETTINGS,
      secrets: () => 's'.repeat(40),
      environment: {
        OPPORTUNE_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
        OPPORTUNE_MAIL_FROM: 'Opportune <guide@acme.example>',
      },
    });
    const rep = repWith('rep/ana', NOW - 86_400_000, {
      name: 'Ana Ott',
      email: 'ana@acme.example',
      zone: 'Europe/Berlin',
    });
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      facts: [rep, ...silent('7', 20), ...silent('8', 2)],
    });
    await gateway.settled();
  });
  after(async () => {
    await gateway.close();
    await server.close();
  });

  it('waits for the end of quiet hours that the CRM has of this rep', async () => {
    const { mail } = gateway;
    const sender = mail.senderOf('acme', ['crm'], gateway.tenants.get('acme') ?? assert.fail());
    const tell = async (id: string, quietTo: string | null): Promise<void> => {
      await gateway.call(CONNECTOR, 'POST', '/v1/facts', repWith(id, NOW, { quietTo }));
      await gateway.settled();
    };
    await tell('quiet/long', '08:30');
    gateway.clock.set(MORNING);
    assert.equal((await sender?.run())?.sent, 0);
    await tell('quiet/usual', null);
    assert.equal(server.received.length, 0);
  });

  it('sends a rep the best actions of the day, once, and stops when asked', async () => {
    const { mail } = gateway;
    const sender = mail.senderOf('acme', ['crm'], gateway.tenants.get('acme') ?? assert.fail());
    gateway.clock.set(MORNING);
    assert.deepEqual(await sender?.run(), { sent: 1, nothing: 0, spent: 0, problems: [] });
    assert.deepEqual(await sender?.run(), { sent: 0, nothing: 0, spent: 0, problems: [] });
    await until(() => server.received.length === 1);
    const [letter] = server.received;
    assert.equal(letter?.to0, 'ana@acme.example');
    assert.match(letter?.text ?? '', /Call Company 7/);
    assert.match(letter?.text ?? '', /https:\/\/crm\.example\.com\/7/);
    const stop = letter?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
    const path = new URL(/<(http[^>]+)>/.exec(stop)?.[1] ?? '').pathname;
    const asked = await gateway.call('', 'GET', path);
    assert.match(asked.text, /<form method="post">/);
    assert.equal((await gateway.call('', 'POST', path)).status, 200);
    gateway.clock.set(MORNING + 3 * 86_400_000);
    assert.deepEqual(await sender?.run(), { sent: 0, nothing: 0, spent: 0, problems: [] });
    assert.equal((await gateway.call('', 'POST', `${path}x`)).status, 404);
  });
});
