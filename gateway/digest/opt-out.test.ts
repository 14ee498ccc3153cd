import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryDigestLog } from './digest-log.js';
import { DIGEST_ENGLISH } from './digest-strings.js';
import { createOptOut } from './opt-out.js';
import { answerStop } from './stop-page.js';

const OLD = 'old secret of thirty-two characters.';
const NEW = 'new secret of thirty-two characters.';
const maya = { tenant: 'acme', rep: 'crm:rep:ü/7' };

describe('createOptOut', () => {
  it('reads back what it signed, also after the secret has changed', () => {
    const token = createOptOut([OLD]).tokenOf(maya);
    assert.match(token, /^[\w.-]+$/);
    assert.deepEqual(createOptOut([OLD]).read(token), maya);
    assert.deepEqual(createOptOut([NEW, OLD]).read(token), maya);
    assert.equal(createOptOut([NEW]).read(token), undefined);
  });

  it('takes no token that it did not sign', () => {
    const { tokenOf, read } = createOptOut([OLD]);
    const [body = '', mac = ''] = tokenOf(maya).split('.');
    const [other = ''] = tokenOf({ ...maya, rep: 'crm:rep:8' }).split('.');
    for (const token of [
      '',
      '.',
      body,
      `${body}.`,
      `${other}.${mac}`,
      `${body}.${mac}x`,
      `${body}.${mac.slice(1)}`,
      'x'.repeat(100_000),
      `${body}.${'A'.repeat(43)}`,
    ])
      assert.equal(read(token), undefined);
  });

  it('refuses a secret that can be guessed, and does not repeat it', () => {
    for (const secrets of [[], ['short'], [NEW, 'short']])
      assert.throws(
        () => createOptOut(secrets),
        (error: Error & { code?: string }) =>
          error.code === 'opportune/weak-secret' && !error.message.includes('"short"'),
      );
  });
});

describe('answerStop', () => {
  const optOut = createOptOut([OLD]);
  const token = optOut.tokenOf(maya);
  const open = () => {
    const log = createMemoryDigestLog();
    const ask = (method: 'GET' | 'POST', given: string) =>
      answerStop(
        { method, token: given },
        {
          optOut,
          logOf: (tenant) => (tenant === 'acme' ? log : undefined),
          strings: DIGEST_ENGLISH,
        },
      );
    return { log, ask };
  };

  it('shows a button to whoever follows the link, and changes nothing by that', async () => {
    const { log, ask } = open();
    const { status, body, headers } = await ask('GET', token);
    assert.equal(status, 200);
    assert.match(body, /<form method="post"><button>Stop the mail<\/button>/);
    assert.match(
      headers['content-security-policy'] ?? '',
      /default-src 'none'.*frame-ancestors 'none'/,
    );
    assert.equal(await log.hasStopped(maya.rep), false);
  });

  it('stops the mail with one POST and no login, as often as it comes', async () => {
    const { log, ask } = open();
    for (const _ of [1, 2]) assert.equal((await ask('POST', token)).status, 200);
    assert.equal(await log.hasStopped(maya.rep), true);
  });

  it('answers the same to a bad token and to a tenant that is gone, and names nobody', async () => {
    const { ask } = open();
    const bad = await ask('POST', 'x.y');
    assert.equal(bad.status, 404);
    assert.deepEqual(await ask('POST', optOut.tokenOf({ tenant: 'gone', rep: 'crm:rep:1' })), bad);
    assert.deepEqual(await ask('GET', 'x.y'), bad);
  });
});
