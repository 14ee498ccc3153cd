import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readPlaybookFolder } from '../playbook-folder.js';
import { ANA, CONNECTOR, openTestGateway, silent, type TestGateway } from './test-gateway.js';

const FILES = readPlaybookFolder('examples/hello/playbook');
const written = (title: string) =>
  FILES.map(({ path, text }) => ({ path, text: text.replace('title: Call', `title: ${title}`) }));
const MIA = 'acme crm:rep:mia rep,marketer';
const BEN = 'acme crm:rep:ben rep,marketer';
const ADMIN = 'acme - admin';

interface Told {
  readonly author: string;
  readonly published: readonly {
    readonly number: number;
    readonly by: string;
    readonly approvedBy?: string;
    readonly backTo?: number;
  }[];
  readonly proposal?: { readonly by: string; readonly at: string; readonly base: number };
}

const settings = (playbook: string): string => `
publicUrl: http://localhost:8474
tenants:
  acme: { ${playbook} connections: { crm: { rules: { records: { account: everyone } } } } }
  other: { connections: { crm: { rules: { records: { account: everyone } } } } }
`;

async function cardOf(gateway: TestGateway, account = '1'): Promise<string> {
  await gateway.settled();
  const answer = await gateway.call(ANA, 'POST', '/v1/decide', {
    record: `crm:account:${account}`,
  });
  return JSON.stringify((answer.json() as { shown: { title: unknown }[] }).shown[0]?.title);
}

describe('the studio of a team in which a second person looks first', () => {
  let gateway: TestGateway;
  const told = async (who: string): Promise<Told> =>
    (await gateway.call(who, 'GET', '/v1/studio')).json() as Told;

  before(async () => {
    gateway = await openTestGateway({ settings: settings('playbook: { needsSecond: true },') });
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: silent('1', 20) });
    await gateway.settled();
  });
  after(() => gateway.close());

  it('what one proposes another approves, a rep’s card is the new one, and the trail says who did what', async () => {
    assert.match(await cardOf(gateway), /Call/);
    const body = { files: written('Ring'), base: 1 };
    assert.equal((await gateway.call(MIA, 'POST', '/v1/studio/versions', body)).status, 403);
    assert.equal(
      (await gateway.call(MIA, 'PUT', '/v1/playbook', { files: body.files })).status,
      403,
    );
    assert.equal((await gateway.call(MIA, 'PUT', '/v1/studio/proposal', body)).status, 202);
    assert.match(await cardOf(gateway), /Call/);

    const { proposal } = await told(BEN);
    assert.deepEqual([proposal?.by, proposal?.base], ['crm:rep:mia', 1]);
    const waiting = await gateway.call(BEN, 'GET', '/v1/studio/proposal');
    assert.deepEqual(waiting.json(), { files: body.files });
    const at = { at: proposal?.at };
    const own = await gateway.call(MIA, 'POST', '/v1/studio/proposal/approve', at);
    assert.equal((own.json() as { code: string }).code, 'opportune/own-approval');
    assert.equal((await gateway.call(BEN, 'POST', '/v1/studio/proposal/approve', at)).status, 202);
    assert.match(await cardOf(gateway), /Ring/);

    const { published, proposal: left } = await told(MIA);
    assert.equal(left, undefined);
    const { number, by, approvedBy } = published.at(-1) ?? assert.fail();
    assert.deepEqual(
      { number, by, approvedBy },
      { number: 2, by: 'crm:rep:mia', approvedBy: 'crm:rep:ben' },
    );
    const trail = (await gateway.call('acme - auditor', 'GET', '/v1/audit')).json() as {
      readonly actor: string;
      readonly action: string;
    }[];
    const done = trail.map(({ actor, action }) => `${actor} ${action}`);
    assert.ok(done.includes('crm:rep:mia proposed') && done.includes('crm:rep:ben approved'));
  });

  it('a change that somebody approved by its moment is not the one that was proposed after it', async () => {
    const propose = async (title: string): Promise<string> => {
      const base = (await told(MIA)).published.length;
      const answer = await gateway.call(MIA, 'PUT', '/v1/studio/proposal', {
        files: written(title),
        base,
      });
      return (answer.json() as Told).proposal?.at ?? assert.fail(answer.text);
    };
    const first = await propose('One');
    const second = await propose('Two');
    const late = await gateway.call(BEN, 'POST', '/v1/studio/proposal/approve', { at: first });
    assert.equal((late.json() as { code: string }).code, 'opportune/no-proposal');
    const theirs = await gateway.call(BEN, 'PUT', '/v1/studio/proposal', {
      files: written('Other'),
      base: (await told(BEN)).published.length,
    });
    assert.equal((theirs.json() as { code: string }).code, 'opportune/proposal-waits');
    assert.equal(
      (await gateway.call(BEN, 'POST', '/v1/studio/proposal/withdraw', { at: second })).status,
      200,
    );
    assert.equal((await told(MIA)).proposal, undefined);
  });

  it('an admin publishes by command, and the studio lists it', async () => {
    const before = (await told(MIA)).published.length;
    await gateway.call(ADMIN, 'PUT', '/v1/playbook', { files: written('By command') });
    const { number, by } = (await told(MIA)).published.at(-1) ?? assert.fail();
    assert.deepEqual([number, by], [before + 1, 'development']);
    assert.match(await cardOf(gateway), /By command/);
  });

  it('a roll-back is to the byte, as a new version, and the command line’s list agrees', async () => {
    const files = async (number: number) =>
      (await gateway.call(MIA, 'GET', `/v1/studio/versions/${number}`)).text;
    const rolled = await gateway.call(MIA, 'POST', '/v1/studio/versions/1/roll-back');
    assert.equal(rolled.status, 202);
    const last = (rolled.json() as Told).published.at(-1) ?? assert.fail();
    assert.equal(last.backTo, 1);
    assert.equal(await files(last.number), await files(1));
    assert.match(await cardOf(gateway), /Call/);
    const states = (await gateway.call(ADMIN, 'GET', '/v1/playbook/versions')).json() as {
      state: string;
    }[];
    assert.equal(states.filter(({ state }) => state === 'in-force').length, 1);
  });
});

describe('the studio of a team', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({ settings: settings('') });
    await gateway.settled();
  });
  after(() => gateway.close());

  it('who changed an older version is told so, and loses nothing', async () => {
    const first = await gateway.call(MIA, 'POST', '/v1/studio/versions', {
      files: written('Hers'),
      base: 1,
    });
    assert.equal(first.status, 202);
    const late = await gateway.call(BEN, 'POST', '/v1/studio/versions', {
      files: written('His'),
      base: 1,
    });
    assert.equal(late.status, 409);
    assert.equal((late.json() as { code: string }).code, 'opportune/live-moved');
    assert.match(late.text, /version 2 by crm:rep:mia/);
  });

  it('what does not compile is told by file and line, and nothing is published', async () => {
    const broken = FILES.map(({ path, text }) => ({
      path,
      text: text.replace('about:', 'abuot:'),
    }));
    const answer = await gateway.call(MIA, 'POST', '/v1/studio/versions', {
      files: broken,
      base: 2,
    });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /"file":"[^"]+\.yaml"/);
    const now = (await gateway.call(MIA, 'GET', '/v1/studio')).json() as Told;
    assert.equal(now.published.length, 2);
  });

  it('a folder of 5 MB is taken', async () => {
    const files = [
      ...FILES,
      ...Array.from({ length: 200 }, (_, i) => ({
        path: `content/long-${i}.md`,
        text: `---\ntitle: Long ${i}\nkind: tip\nowner: a@example.com\n---\n\n${'Words of a long text. '.repeat(1_200)}\n`,
      })),
    ];
    assert.ok(JSON.stringify(files).length > 5_000_000);
    const answer = await gateway.call(MIA, 'POST', '/v1/studio/versions', { files, base: 2 });
    assert.equal(answer.status, 202, answer.text.slice(0, 500));
    const kept = await gateway.call(MIA, 'GET', '/v1/studio/versions/3');
    assert.deepEqual((kept.json() as { files: unknown }).files, files);
  });

  it('a rep is refused as by every other route, and another company sees nothing of it', async () => {
    for (const [method, path] of [
      ['GET', '/v1/studio'],
      ['GET', '/v1/studio/versions/1'],
      ['GET', '/v1/studio/proposal'],
    ] as const) {
      assert.equal((await gateway.call(ANA, method, path)).status, 403, path);
      assert.equal((await gateway.call('', method, path)).status, 401, path);
    }
    const theirs = (await gateway.call('other - admin', 'GET', '/v1/studio')).json() as Told;
    assert.ok(theirs.published.every(({ by }) => by === 'system'));
  });
});
