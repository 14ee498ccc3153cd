import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { NOW } from '../../src/view/fixtures.js';
import { accountWith, digestOf, HEBREW, HOSTILE } from './digest-bench.js';
import { toMailFailure } from './mail-failure.js';
import { type MailServer, openMailServer } from './mail-server.js';
import { createMailer } from './mailer.js';
import { type DigestMail, renderDigest } from './render-digest.js';
import { readSmtpSettings } from './smtp-settings.js';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.js';

const PASSWORD = 'correct-horse-battery';
const TLS = { key: TEST_KEY, cert: TEST_CERTIFICATE };
const maya = { address: 'maya@example.com', name: 'Maya Lindqvist' };

let server: MailServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
async function open(...[options]: Parameters<typeof openMailServer>): Promise<MailServer> {
  server = await openMailServer(options);
  return server;
}

function mailOf(digest = digestOf([accountWith('a', [2, 1])])): DigestMail {
  return renderDigest(digest, {
    stopUrl: `https://opportune.example.com/stop/${'t'.repeat(180)}`,
    tenant: 'acme',
    domain: 'example.com',
  });
}

async function failureOf(sending: Promise<void>): Promise<ReturnType<typeof toMailFailure>> {
  return sending.then(
    () => assert.fail('it was sent'),
    (error) => toMailFailure(error),
  );
}

describe('createMailer', () => {
  it('brings page, plain part, sender and headers through a server as they were', async () => {
    const at = await open();
    for (const [name, digest] of [
      ['plain', digestOf([accountWith('a', [2, 1])])],
      [
        'hostile',
        digestOf([
          accountWith('a', [1], { title: [HOSTILE] }, { names: { 'demo:account:a': HOSTILE } }),
        ]),
      ],
      ['right to left', digestOf([accountWith('a', [1, 0])], { strings: HEBREW })],
    ] as const) {
      const mail = mailOf(digest);
      await at.mailer().send(mail, maya, NOW);
      const got = at.received.at(-1);
      assert.equal(got?.subject, mail.subject, name);
      assert.equal(got?.html?.trimEnd(), mail.html.trimEnd(), name);
      assert.equal(got?.text?.trimEnd(), mail.text.trimEnd(), name);
      assert.equal(got?.messageId, mail.messageId);
      assert.deepEqual(got?.from, { address: 'digest@example.com', name: 'Opportune' });
      assert.deepEqual(got?.to, [maya]);
      assert.equal(got?.to0, maya.address);
      assert.deepEqual([got?.bcc, got?.cc], [undefined, undefined]);
      assert.equal(Date.parse(got?.date ?? ''), Math.floor(NOW / 1000) * 1000);
      for (const [header, value] of Object.entries(mail.headers))
        assert.deepEqual(
          got?.headers.filter(({ key }) => key === header.toLowerCase()).map((one) => one.value),
          [value],
        );
    }
  });

  it('sends many over few connections', async () => {
    const at = await open();
    const mailer = at.mailer();
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        mailer.send(mailOf(), { address: `r${i}@example.com` }, NOW),
      ),
    );
    assert.equal(at.received.length, 40);
    assert.ok(at.connections <= 2, `${at.connections} connections`);
  });

  it('does not let a line break in an address become a header or another recipient', async () => {
    const at = await open();
    const wrong = {
      address: 'maya@example.com>\r\nBcc: <evil@example.com',
      name: 'Maya\r\nBcc: evil@example.com',
    };
    await at
      .mailer()
      .send(mailOf(), wrong, NOW)
      .catch(() => {});
    for (const mail of at.received) assert.equal(mail.bcc, undefined);
    assert.ok(!at.received.some(({ to0 }) => to0.startsWith('evil')));
  });

  for (const secure of [false, true])
    it(`logs in ${secure ? 'over TLS' : 'after STARTTLS'}, and trusts only the authority given`, async () => {
      const at = await open({
        ...TLS,
        secure,
        authOptional: false,
        onAuth: ({ username, password }, _session, callback) =>
          username === 'opportune' && password === PASSWORD
            ? callback(null, { user: 1 })
            : callback(new Error(`Invalid login for ${password}`)),
      });
      const tls = secure ? 'implicit' : 'required';
      const login = { user: 'opportune', password: PASSWORD };
      const authority = TEST_CERTIFICATE;
      await at.mailer({ tls, login, authority }).send(mailOf(), maya, NOW);
      assert.equal(at.received.length, 1);
      const untrusted = await failureOf(at.mailer({ tls, login }).send(mailOf(), maya, NOW));
      assert.equal(untrusted.kind, 'server');
      const refused = await failureOf(
        at
          .mailer({ tls, authority, login: { user: 'opportune', password: 'wrong-secret' } })
          .send(mailOf(), maya, NOW),
      );
      assert.deepEqual(refused, {
        kind: 'server',
        reason: 'the mail server refused the login (535)',
      });
      assert.equal(at.received.length, 1);
    });

  it('says nothing, not even its login, to a server without TLS where TLS is required', async () => {
    const at = await open();
    const failure = await failureOf(
      at
        .mailer({ tls: 'required', login: { user: 'u', password: PASSWORD } })
        .send(mailOf(), maya, NOW),
    );
    assert.equal(failure.kind, 'server');
    assert.equal(at.received.length, 0);
  });

  const cases = [
    [
      { at: 'recipient', code: 450, text: 'mailbox busy' },
      'later',
      /^the mail server said 450 mailbox busy$/,
    ],
    [
      { at: 'recipient', code: 550, text: 'no <maya@example.com> here' },
      'never',
      /said 550 no \(address\) here$/,
    ],
    [{ at: 'data', code: 451 }, 'later', /451/],
    [{ at: 'data', code: 554, text: 'spam' }, 'never', /554 spam/],
    [{ at: 'sender', code: 550, text: 'sender not allowed' }, 'server', /sender not allowed/],
    [{ at: 'sender', code: 421, text: 'closing' }, 'server', /421/],
    ['drop', 'server', /connection/],
  ] as const;
  for (const [answer, kind, reason] of cases)
    it(`takes ${JSON.stringify(answer)} for ${kind}, and does not send again by itself`, async () => {
      const at = await open();
      at.answers(answer);
      const failure = await failureOf(at.mailer().send(mailOf(), maya, NOW));
      assert.equal(failure.kind, kind);
      assert.match(failure.reason, reason);
      assert.equal(at.received.length, 0);
    });

  it('waits no longer than it may for a server that says nothing', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    const mailer = createMailer(
      { host: '127.0.0.1', port, tls: 'none', from: { name: '', address: 'd@example.com' } },
      50,
    );
    const failure = await failureOf(mailer.send(mailOf(), maya, NOW));
    assert.deepEqual(failure, { kind: 'server', reason: 'the mail server did not answer in time' });
    mailer.close();
    silent.close();
  });

  it('says that no server is there', async () => {
    const at = await open();
    const { port } = at;
    await at.close();
    const failure = await failureOf(at.mailer({ port }).send(mailOf(), maya, NOW));
    assert.deepEqual(failure, { kind: 'server', reason: 'the mail server was not reached' });
  });
});

describe('readSmtpSettings', () => {
  const from = { OPPORTUNE_MAIL_FROM: 'Opportune <digest@example.com>' };
  const read = (url: string): ReturnType<typeof readSmtpSettings> =>
    readSmtpSettings({ ...from, OPPORTUNE_SMTP_URL: url });

  it('reads server, port, encryption and login', () => {
    assert.deepEqual(read('smtps://me%40acme:p%23%2Fss@mail.example.com'), {
      host: 'mail.example.com',
      port: 465,
      tls: 'implicit',
      login: { user: 'me@acme', password: 'p#/ss' },
      from: { name: 'Opportune', address: 'digest@example.com' },
    });
    assert.equal(read('smtp://mail.example.com')?.tls, 'required');
    assert.equal(read('smtp://mail.example.com')?.port, 587);
    assert.equal(read('smtp://127.0.0.1:1025')?.tls, 'none');
    assert.equal(read('smtp://[::1]:1025')?.host, '::1');
    assert.equal(read('smtp://127.example.com')?.tls, 'required');
    assert.equal(readSmtpSettings({}), undefined);
  });

  it('reads the same from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opportune-smtp-'));
    writeFileSync(join(folder, 'url'), 'smtp://localhost:25\n');
    assert.equal(
      readSmtpSettings({ ...from, OPPORTUNE_SMTP_URL_FILE: join(folder, 'url') })?.port,
      25,
    );
    await rm(folder, { recursive: true });
    assert.throws(
      () => readSmtpSettings({ ...from, OPPORTUNE_SMTP_URL_FILE: join(folder, 'url') }),
      {
        code: 'opportune/bad-mail-settings',
      },
    );
  });

  for (const url of [
    `http://u:${PASSWORD}@mail.example.com`,
    `smtp://u:${PASSWORD}@mail.example.com/path`,
    `smtp://u:${PASSWORD}%@mail.example.com`,
    `smtps://u:${PASSWORD}#1@mail.example.com`,
    PASSWORD,
  ])
    it(`refuses ${url.replace(PASSWORD, '…')}, and does not repeat it`, () => {
      assert.throws(
        () => read(url),
        (error: Error) => {
          assert.match(error.message, /OPPORTUNE_SMTP_URL/);
          assert.ok(!`${error.message}${error.stack}${JSON.stringify(error)}`.includes(PASSWORD));
          return true;
        },
      );
    });

  it('refuses a sender that is none', () => {
    for (const sender of ['', 'nobody', 'A <a@b>\r\nBcc: c@d.example', 'a@b.example, c@d.example'])
      assert.throws(
        () =>
          readSmtpSettings({ OPPORTUNE_SMTP_URL: 'smtp://localhost', OPPORTUNE_MAIL_FROM: sender }),
        { code: 'opportune/bad-mail-settings' },
      );
  });
});
