import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCommand, type Terminal } from './command.js';
import { emulateCommand } from './emulate.js';

/** The command runs while `work` has what it told. */
async function emulating(
  crm: string,
  work: (told: { readonly [name: string]: string }) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  let tell: (text: string) => void = () => undefined;
  const told = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const terminal: Terminal = {
    out: (text) => tell(text),
    problem: () => undefined,
    signal: stop.signal,
    now: () => 0,
    async *input() {},
  };
  const args = [crm, '--accounts', '3', '--seed', 'x', '--json'];
  const ended = emulateCommand.run(parseCommand(emulateCommand, args), terminal);
  await work(JSON.parse(await told));
  stop.abort();
  assert.equal(await ended, 0);
}

describe('opportune emulate', () => {
  it('runs a Salesforce that can be signed in to, until it is stopped', async () => {
    let origin = '';
    await emulating('salesforce', async ({ loginUrl = '', clientId = '', redirectUri = '' }) => {
      origin = loginUrl;
      const url = new URL('/services/oauth2/authorize', loginUrl);
      url.searchParams.set('client_id', clientId);
      url.searchParams.set('redirect_uri', redirectUri);
      const response = await fetch(url, { redirect: 'manual' });
      assert.match(response.headers.get('location') ?? '', /^http:\/\/localhost\/callback\?code=/);
      assert.equal((await fetch(`${loginUrl}/services/data/v62.0/limits`)).status, 401);
    });
    await assert.rejects(fetch(origin));
  });

  it('runs a HubSpot that takes the token it tells', async () => {
    await emulating('hubspot', async ({ basePath, accessToken }) => {
      const url = `${basePath}/crm/v3/objects/companies`;
      assert.equal((await fetch(url)).status, 401);
      const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
      assert.equal(((await response.json()) as { results: unknown[] }).results.length, 3);
    });
  });

  it('says which emulators there are, and what a number is', async () => {
    const terminal = {} as Terminal;
    const run = (...args: string[]): Promise<number> =>
      emulateCommand.run(parseCommand(emulateCommand, args), terminal);
    await assert.rejects(
      run('siebel'),
      /there is no emulator of "siebel". This version has salesforce and hubspot/,
    );
    await assert.rejects(run('salesforce', '--port', '1e9'), /--port is "1e9"/);
  });
});
