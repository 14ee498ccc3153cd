import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readPlaybookFolder } from '../playbook-folder.js';
import { ANA, CONNECTOR, openTestGateway, silent, type TestGateway } from './test-gateway.js';

const FILES = readPlaybookFolder('examples/hello/playbook');
const MIA = 'acme crm:rep:mia rep,marketer';
const BEN = 'acme crm:rep:ben rep,marketer';
const ADMIN = 'acme - admin';

const settings = (playbook: string): string => `
publicUrl: http://localhost:8474
tenants:
  acme: { ${playbook} connections: { crm: { rules: { records: { account: everyone } } } } }
  other: { connections: { crm: { rules: { records: { account: everyone } } } } }
`;

describe('what is written and not published', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({ settings: settings('') });
    await gateway.settled();
  });
  after(() => gateway.close());
  const change = (title: string) => ({
    'plays/a.yaml': { id: 'plays/a.yaml', file: 'plays/a.yaml', data: { id: 'a', title } },
    'plays/b.yaml': null,
  });
  const keep = (who: string, revision: number, title: string) =>
    gateway.call(who, 'PUT', '/v1/studio/draft', { revision, base: 1, changes: change(title) });

  it('is kept for its author alone, and comes back as it was', async () => {
    assert.deepEqual((await gateway.call(MIA, 'GET', '/v1/studio/draft')).json(), {
      revision: 0,
      changes: {},
    });
    assert.deepEqual((await keep(MIA, 0, 'Hers')).json(), { revision: 1 });
    assert.deepEqual((await keep(MIA, 1, 'Hers now')).json(), { revision: 2 });
    const back = (await gateway.call(MIA, 'GET', '/v1/studio/draft')).json();
    assert.deepEqual(back, { revision: 2, base: 1, changes: change('Hers now') });
    assert.deepEqual((await gateway.call(BEN, 'GET', '/v1/studio/draft')).json(), {
      revision: 0,
      changes: {},
    });
  });

  it('is not written over by a tab that knows an older one', async () => {
    assert.equal((await keep(BEN, 0, 'First')).status, 200);
    for (const revision of [0, 7]) {
      const late = await keep(BEN, revision, 'Late');
      assert.equal((late.json() as { code: string }).code, 'opportune/conflict');
    }
    assert.match((await gateway.call(BEN, 'GET', '/v1/studio/draft')).text, /First/);
  });
});

describe('the accounts on which a playbook is tried', () => {
  let gateway: TestGateway;
  interface Page {
    readonly facts: readonly {
      readonly type: string;
      readonly subjects: readonly string[];
      readonly data: { values?: object };
    }[];
    readonly accounts: number;
    readonly hidden: number;
    readonly of: number;
  }
  before(async () => {
    gateway = await openTestGateway({
      settings: `
publicUrl: http://localhost:8474
tenants:
  acme:
    connections:
      crm: { rules: { records: { account: own, contact: own }, attributes: { account.region: [finance] } } }
  other: { connections: { crm: { rules: { records: { account: everyone } } } } }
`,
    });
    const own = {
      ...silent('mine', 20)[0],
      id: 'mine/owner',
      data: { values: { name: 'Mine', owner: 'crm:rep:mia', region: 'EU' } },
    };
    const facts = [...silent('1', 20), ...silent('2', 20), own];
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts });
    await gateway.settled();
  });
  after(() => gateway.close());

  it('are those that the marketer may see in the CRM, with how many were left out, and without hidden values', async () => {
    const page = (await gateway.call(MIA, 'GET', '/v1/studio/sample')).json() as Page;
    assert.deepEqual([page.accounts, page.hidden, page.of], [1, 2, 3]);
    const accounts = new Set(
      page.facts.flatMap(({ subjects }) => subjects).filter((key) => key.includes(':account:')),
    );
    assert.deepEqual([...accounts], ['crm:account:mine']);
    const text = JSON.stringify(page.facts);
    assert.match(text, /"name":"Mine"/);
    assert.doesNotMatch(text, /region|Company 1/);
  });

  it('come with what panels told: which cards were seen, and the content that they brought', async () => {
    const account = 'crm:account:mine';
    const told = { account, opening: `silent-buyer|${account}|5`, contents: ['guide', 'study'] };
    const tell = (more: object) =>
      gateway.call(MIA, 'POST', '/v1/seen', { id: 's', ...told, ...more });
    assert.equal((await tell({})).status, 204);
    for (const contents of [['a', 'b', 'c', 'd'], 'guide', [''], [7]])
      assert.equal((await tell({ id: 'wrong', contents })).status, 400);
    const page = (await gateway.call(MIA, 'GET', '/v1/studio/sample')).json() as Page;
    const seen = page.facts.filter(({ type }) => type === 'seen');
    assert.deepEqual(
      seen.map(({ data }) => data),
      [{ opening: told.opening, contents: told.contents }],
    );
  });

  it('are none for who is no rep of the CRM', async () => {
    const page = (await gateway.call(ADMIN, 'GET', '/v1/studio/sample')).json() as Page;
    assert.deepEqual([page.accounts, page.hidden, page.facts.length], [0, 3, 0]);
  });
});

describe('what reps told, to who may change the playbook', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openTestGateway({
      settings: settings('').replace(
        'account: everyone } } } } }\n  other',
        'account: own } } } } }\n  other',
      ),
      playbook: FILES.map(({ path, text }) => ({
        path,
        text:
          path === 'attributes.yaml'
            ? `${text}  - { id: tier, label: Tier, type: choice, of: account, values: [gold, iron] }\n`
            : text,
      })),
    });
    const [made, wrote] = silent('1', 20) as readonly [{ data: { values: object } }, object];
    const tiered = { ...made, data: { values: { ...made.data.values, tier: 'gold' } } };
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: [tiered, wrote] });
    await gateway.settled();
  });
  after(() => gateway.close());

  it('why a card was not relevant comes with its situation, and without who it was or what this marketer may not read', async () => {
    const decided = await gateway.call(ANA, 'POST', '/v1/decide', { record: 'crm:account:1' });
    const [card] = (decided.json() as { shown: { opening: string }[] }).shown;
    const answered = await gateway.call(ANA, 'POST', '/v1/responses', {
      ...{ id: 'r1', play: 'silent-buyer', record: 'crm:account:1', account: 'crm:account:1' },
      ...{ opening: card?.opening, occurredAt: new Date(gateway.clock.now()).toISOString() },
      response: { kind: 'not-relevant', reason: 'notNow', text: 'They move house' },
    });
    assert.equal(answered.status, 200, answered.text);
    const answer = await gateway.call(MIA, 'GET', '/v1/studio/dismissals');
    const [told, ...others] = answer.json() as readonly Record<string, unknown>[];
    assert.deepEqual(others, []);
    assert.deepEqual(
      [told?.play, told?.reason, told?.attributes],
      ['silent-buyer', 'notNow', { 'account.tier': 'gold' }],
    );
    assert.doesNotMatch(answer.text, /ana|Company 1|They move house|crm:account/);
    assert.equal((await gateway.call(ANA, 'GET', '/v1/studio/dismissals')).status, 403);
  });

  it('why a card was not relevant is taken up as a tip, without the words that this marketer may not read, and the rep is told', async () => {
    const change = { status: 'not-used', because: 'We wait a week longer now' };
    assert.equal((await gateway.call(ANA, 'POST', '/v1/tips/r1', change)).status, 403);
    assert.equal((await gateway.call(MIA, 'POST', '/v1/tips/r1', change)).status, 204);
    assert.deepEqual((await gateway.call(MIA, 'GET', '/v1/studio/dismissals')).json(), []);
    const [own] = (await gateway.call(ANA, 'GET', '/v1/tips')).json() as readonly {
      readonly id: string;
      readonly text: string;
      readonly steps: readonly { readonly because?: string }[];
    }[];
    assert.deepEqual([own?.id, own?.text], ['r1', 'Not now']);
    assert.equal(own?.steps.at(-1)?.because, change.because);
    assert.deepEqual((await gateway.call(BEN, 'GET', '/v1/tips')).json(), []);
    assert.doesNotMatch((await gateway.call(MIA, 'GET', '/v1/tips/candidates')).text, /r1|ana/);
  });

  it('an anonymous tip is settled by a marketer whom its author alone is told of', async () => {
    const tip = { id: 't1', text: 'Call before eight', attributes: {}, signed: false };
    await gateway.call(ANA, 'POST', '/v1/tips', {
      ...tip,
      occurredAt: new Date(gateway.clock.now()).toISOString(),
    });
    const waiting = await gateway.call(ADMIN, 'GET', '/v1/tips/candidates');
    assert.match(waiting.text, /Call before eight/);
    assert.doesNotMatch(waiting.text, /ana/);
    const change = { status: 'not-used', because: 'We know it' };
    assert.equal((await gateway.call(MIA, 'POST', '/v1/tips/t1', change)).status, 204);
    assert.match((await gateway.call(ANA, 'GET', '/v1/tips')).text, /We know it/);
  });
});
