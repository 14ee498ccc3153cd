import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Device, idOf, startDevice } from '../test/extension/device.js';

const DAY_MS = 86_400_000;

describe('the accounts of a rep on a device', () => {
  let device: Device;
  beforeEach(async () => {
    device = await startDevice();
  });
  afterEach(() => device.bench.close());

  const nameOf = async (account: string): Promise<unknown> =>
    (await device.store.read(account))?.subject.records[account]?.values.name?.value;
  const seen = (accounts: readonly string[]): Promise<readonly boolean[]> =>
    Promise.all(accounts.map((account) => device.accounts.maySee(account)));

  it('are the rep’s own after the first load, and not those of colleagues', async () => {
    const { own, others } = device;
    await device.load();
    assert.deepEqual(new Set(await seen(own)), new Set([true]));
    assert.deepEqual(new Set(await seen(others)), new Set([false]));
    assert.ok(await device.accounts.isLoaded());
  });

  it('come again where a load was stopped, and none is read twice', async () => {
    const { own, bench } = device;
    const stop = new AbortController();
    const told: number[] = [];
    await assert.rejects(
      device.accounts.load({
        signal: stop.signal,
        onProgress(done) {
          told.push(done);
          if (done > 0) stop.abort();
        },
      }),
      { name: 'AbortError' },
    );
    assert.deepEqual(told, [0, 25]);
    assert.equal((await seen(own)).filter(Boolean).length, 25);
    assert.equal(await device.accounts.isLoaded(), false);
    const before = bench.emulator.log.length;
    await device.load();
    assert.deepEqual(new Set(await seen(own)), new Set([true]));
    const read = bench.emulator.log.slice(before).map(({ url }) => decodeURIComponent(url));
    assert.ok(!read.some((url) => url.includes(`'${idOf(own[0] ?? '')}'`)));
  });

  it('change as they change in the CRM, and no others come with them', async () => {
    const { own, others, bench, accounts } = device;
    await device.load();
    bench.pass(60_000);
    const [mine = ''] = own;
    const [colleagues = ''] = others;
    for (const account of [mine, colleagues])
      bench.emulator.org.update('Account', idOf(account), { Name: 'Renamed' });
    await accounts.sync();
    assert.equal(await nameOf(mine), 'Renamed');
    assert.equal(await device.store.read(colleagues), undefined);
  });

  it('grow by one that is given to the rep, with its past and a look at it as it is', async () => {
    const { others, bench, accounts, rep } = device;
    const [given = ''] = others;
    await device.load();
    await device.agent.publish(device.playbook);
    bench.pass(60_000);
    bench.emulator.org.update('Account', idOf(given), { OwnerId: idOf(rep) });
    await accounts.sync();
    assert.ok(await accounts.maySee(given));
    const contacts = [...bench.emulator.org.rows('Contact').values()].filter(
      ({ AccountId }) => AccountId === idOf(given),
    );
    const { subject } = (await device.store.read(given)) ?? {};
    for (const { Id } of contacts) assert.ok(subject?.records[`crm:contact:${Id}`]);
    assert.equal(subject?.playbook, device.playbook.version);
  });

  it('are brought in by opening one of their records, whoever owns it', async () => {
    const { others, bench, accounts } = device;
    await device.load();
    const [account = ''] = others;
    const contact = [...bench.emulator.org.rows('Contact').values()].find(
      ({ AccountId }) => AccountId === idOf(account),
    );
    const record = `crm:contact:${contact?.Id}`;
    assert.equal(await accounts.maySee(record), false);
    assert.equal(await accounts.bring(record), true);
    assert.deepEqual(await seen([account, record]), [true, true]);
  });

  it('are shown no more when the CRM shows them no more', async () => {
    const { own, bench, accounts } = device;
    const [gone = '', moved = ''] = own;
    await device.load();
    bench.emulator.org.delete('Account', idOf(gone));
    assert.equal(await accounts.bring(gone), false);
    assert.deepEqual(await seen([gone, moved]), [false, true]);
  });

  it('are shown no more after a day without the CRM’s word', async () => {
    const { own, bench, accounts } = device;
    const [account = ''] = own;
    await device.load();
    bench.pass(DAY_MS - 60_000);
    assert.ok(await accounts.maySee(account));
    bench.pass(120_000);
    assert.equal(await accounts.maySee(account), false);
    await accounts.sync();
    assert.ok(await accounts.maySee(account));
  });

  it('are read again as a whole when nothing tells any more what was deleted since', async () => {
    const { own, bench, accounts } = device;
    await device.load();
    bench.pass(20 * DAY_MS);
    bench.emulator.org.update('Account', idOf(own[0] ?? ''), { Name: 'Renamed meanwhile' });
    await accounts.sync();
    assert.equal(await nameOf(own[0] ?? ''), 'Renamed meanwhile');
  });
});
