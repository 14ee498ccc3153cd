import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { stableJson } from '../../src/core/stable-json.js';
import type { Pulled } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import { collect, factsOf, positionOf } from '../connector-case.js';
import { parseFieldMap } from '../field-map/parse-field-map.js';
import { type Bench, MAP, startBench } from './salesforce-bench.js';
import { proposeFieldMap } from './salesforce-connector.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('facts from Salesforce', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ accounts: 15, settings: { bulkPageSize: 10 } });
  });
  afterEach(() => bench.close());

  const pull = (bulkFrom = 5_000): Promise<readonly Pulled[]> =>
    collect(bench.open({ bulkFrom }).pull());
  const changes = async (since: readonly Pulled[]): Promise<readonly Fact[]> => {
    const items = bench.open().changesSince?.(positionOf(since));
    assert.ok(items);
    const known = new Set(factsOf(since).map(({ id }) => id));
    return factsOf(await collect(items)).filter(({ id }) => !known.has(id));
  };
  const make = (object: string, values: object): string =>
    bench.emulator.org.create(object, { ...values }, bench.emulator.user).id;
  const valuesOf = (fact: Fact | undefined): { readonly [name: string]: unknown } =>
    (fact?.data.values ?? {}) as { [name: string]: unknown };

  it('are the same whether they were loaded in bulk or by query', async () => {
    const sorted = (pulled: readonly Pulled[]): string =>
      stableJson(factsOf(pulled).toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    assert.equal(sorted(await pull(1)), sorted(await pull()));
  });

  it('hold texts with quotes and line breaks, lists, repaired values, and money in minor units of its currency', async () => {
    const text = 'Said: "we grow",\nand meant it.';
    const id = make('Account', {
      Name: "O'Brien, Söhne & Co",
      Description: text,
      Segments__c: 'North;Key',
      Industry: 'Mining',
      AnnualRevenue: 1234,
      CurrencyIsoCode: 'JPY',
    });
    const euro = make('Account', { Name: 'E', AnnualRevenue: 12.5, CurrencyIsoCode: 'EUR' });
    for (const bulkFrom of [1, 5_000]) {
      const facts = factsOf(await pull(bulkFrom));
      const values = valuesOf(facts.find(({ about }) => about[0] === `crm:account:${id}`));
      assert.equal(values.name, "O'Brien, Söhne & Co");
      assert.equal(values.note, text);
      assert.deepEqual(values.segments, ['North', 'Key']);
      assert.equal(values.industry, 'mining');
      assert.deepEqual(values.annualRevenue, { amountMinor: 1234, currency: 'JPY' });
      assert.equal(values.renewalDate, null);
      const other = valuesOf(facts.find(({ about }) => about[0] === `crm:account:${euro}`));
      assert.deepEqual(other.annualRevenue, { amountMinor: 1250, currency: 'EUR' });
    }
  });

  it('name the topmost account of three, and a purchase at the first moment of its day in the zone', async () => {
    const top = make('Account', { Name: 'Top' });
    const middle = make('Account', { Name: 'Middle', ParentId: top });
    const low = make('Account', { Name: 'Low', ParentId: middle });
    const deal = {
      AccountId: low,
      Name: 'D',
      StageName: 'Closed Won',
      CloseDate: '2026-05-20',
      Amount: 7,
    };
    const won = make('Opportunity', deal);
    const facts = factsOf(await pull());
    const account = facts.find(({ about }) => about[0] === `crm:account:${low}`);
    assert.equal(valuesOf(account).ultimateParent, `crm:account:${top}`);
    const purchase = facts.find(({ id }) => id === `crm/Opportunity/${won}/purchase`);
    assert.equal(purchase?.occurredAt, Date.parse('2026-05-19T22:00:00Z'));
    assert.deepEqual(purchase?.about, [`crm:account:${low}`, `crm:opportunity:${won}`]);
    assert.equal(purchase?.grade, 'buyer-verified');
  });

  it('tell a new owner, and of what hung on a merged account that it hangs on the one that stays', async () => {
    const { org } = bench.emulator;
    const [, , rep = ''] = org.rows('User').keys();
    const stays = make('Account', { Name: 'Stays' });
    const goes = make('Account', { Name: 'Goes' });
    const contact = make('Contact', { LastName: 'Moved', AccountId: goes });
    const before = await pull();
    bench.pass(10 * MINUTE_MS);
    org.update('Account', stays, { OwnerId: rep });
    org.merge('Account', stays, goes);
    const told = await changes(before);
    const owner = told.find(({ about }) => about[0] === `crm:account:${stays}`);
    assert.equal(valuesOf(owner).owner, `crm:rep:${rep}`);
    const merged = told.find(({ type }) => type === 'merged');
    assert.deepEqual(merged?.subjects, [`crm:account:${goes}`]);
    assert.deepEqual(merged?.data, { into: `crm:account:${stays}` });
    const moved = told.find(({ about }) => about[0] === `crm:contact:${contact}`);
    assert.deepEqual(moved?.subjects, [`crm:account:${stays}`, `crm:contact:${contact}`]);
  });

  it('tell what was saved late under an earlier stamp than the newest one known', async () => {
    const { org } = bench.emulator;
    const before = await pull();
    const newest = Math.max(
      ...[...org.rows('Account').values()].map((row) => Number(row.SystemModstamp)),
    );
    const [first = ''] = org.rows('Account').keys();
    const row = org.get('Account', first);
    row.Name = 'Saved late';
    row.SystemModstamp = newest - 3 * MINUTE_MS;
    const told = await changes(before);
    assert.deepEqual(
      told.map((fact) => valuesOf(fact).name),
      ['Saved late'],
    );
  });

  it('tell a meeting when its time has come, though nobody changed it since', async () => {
    const [account = ''] = bench.emulator.org.rows('Account').keys();
    const at = bench.timing.now() + 3 * DAY_MS;
    const time = new Date(at).toISOString();
    const id = make('Event', {
      Subject: 'Visit',
      WhatId: account,
      StartDateTime: time,
      EndDateTime: time,
    });
    // Another record is newer, so that this one is not read again for its stamp.
    bench.pass(10 * MINUTE_MS);
    const [other = ''] = bench.emulator.org.rows('Event').keys();
    bench.emulator.org.update('Event', other, { Subject: 'Visit, again' });
    const before = await pull();
    assert.ok(!factsOf(before).some((fact) => fact.id.includes(id)));
    assert.deepEqual(await changes(before), []);
    bench.pass(4 * DAY_MS);
    const told = await changes(before);
    assert.deepEqual(
      told.map((fact) => [fact.id, fact.occurredAt]),
      [[`crm/Event/${id}/meeting-held`, at]],
    );
  });

  it('are read on within a bulk job that was begun, and its pages are not fetched ahead of the reader', async () => {
    const { log } = bench.emulator;
    const jobs = (): number =>
      log.filter(({ method, url }) => method === 'POST' && url.endsWith('/jobs/query')).length;
    const pages = (): number => log.filter(({ url }) => url.includes('/results')).length;
    const map = MAP.replace(/ {2}User:[\s\S]*? {2}Account:/, '  Account:').replace(
      / {2}Contact:[\s\S]*/,
      '',
    );
    const first: Fact[] = [];
    let position = '';
    for await (const each of bench.open({ map, bulkFrom: 1 }).pull()) {
      if (each.type === 'fact' && each.fact.type !== 'rate') first.push(each.fact);
      if (each.type !== 'position') continue;
      position = each.position;
      break;
    }
    assert.equal(first.length, 10);
    assert.deepEqual([jobs(), pages()], [1, 1]);
    const rest = bench.open({ map, bulkFrom: 1 }).changesSince?.(position);
    assert.ok(rest);
    const records = (facts: readonly Fact[]): readonly Fact[] =>
      facts.filter(({ type }) => type !== 'rate');
    const facts = [...first, ...records(factsOf(await collect(rest)))];
    assert.deepEqual([jobs(), pages()], [1, 2]);
    const whole = factsOf(await collect(bench.open({ map, bulkFrom: 1 }).pull()));
    assert.equal(stableJson(facts), stableJson(records(whole)));
  });

  it('say what other currencies are worth, from the beginning and from the last change on', async () => {
    const { org } = bench.emulator;
    const yen = [...org.rows('CurrencyType').values()].find(({ IsoCode }) => IsoCode === 'JPY');
    const before = await pull();
    const rates = factsOf(before).filter(({ type }) => type === 'rate');
    const first = rates.find(({ id }) => id === 'crm/CurrencyType/USD-EUR/first');
    assert.deepEqual(first?.data, { from: 'USD', to: 'EUR', rate: 0.909090909091 });
    assert.equal(rates.length, 4);
    bench.pass(DAY_MS);
    org.update('CurrencyType', yen?.Id ?? '', { ConversionRate: 200 });
    const told = await changes(before);
    assert.deepEqual(
      told.map(({ data, subjects }) => [data, subjects]),
      [[{ from: 'JPY', to: 'EUR', rate: 0.005 }, ['opportune:company:self']]],
    );
  });

  it('are pulled anew when the last reading is so old that deletions are forgotten', async () => {
    const before = await pull();
    bench.pass(15 * DAY_MS);
    await assert.rejects(changes(before), {
      code: 'opportune/position',
      message: /more than two weeks ago/,
    });
  });

  it('are not read through a map whose fields vanished, changed their type or are hidden: each is named', async () => {
    bench.emulator.hide('Account.AnnualRevenue');
    bench.emulator.org.alter('Account', (fields) =>
      fields
        .filter(({ name }) => name !== 'NumberOfEmployees')
        .map((field) =>
          field.name === 'RenewalDate__c' ? { ...field, type: 'string' as const } : field,
        ),
    );
    await assert.rejects(pull(), (error: Error) => {
      assert.match(
        error.message,
        /Account\.AnnualRevenue is not there, or this user may not read it/,
      );
      assert.match(error.message, /Account\.NumberOfEmployees is not there/);
      assert.match(
        error.message,
        /Account\.RenewalDate__c is a text at the CRM \(string\), and this map reads it as date/,
      );
      assert.match(error.message, /^map\.yaml:\d+:/);
      return true;
    });
  });

  it('can be read through the map that is proposed from what Salesforce describes', async () => {
    const described = (await bench.open().describe?.()) ?? [];
    const account = described.find(({ name }) => name === 'Account');
    const rate = account?.fields.find(({ name }) => name === 'Industry')?.filled ?? 0;
    assert.ok(rate > 0.4 && rate < 1, `${rate} have an industry`);
    const text = proposeFieldMap(described, {
      connection: 'crm',
      zone: 'Europe/Berlin',
      currency: 'EUR',
    });
    assert.deepEqual(parseFieldMap(text, 'map.yaml').problems, []);
    assert.match(text, /renewalDate: RenewalDate__c {2}# Renewal Date, \d+ in 100 have it/);
    // Nobody fills it: nothing should rest on it.
    assert.ok(!text.includes('HealthScore__c'));
    const facts = factsOf(await collect(bench.open({ map: text }).pull()));
    const kinds = facts.flatMap(({ about }) => about[0]?.split(':')[1] ?? []);
    assert.equal(new Set(kinds).size, 5);
  });

  it('of a response that was written are none, and the Task says who, what and when', async () => {
    const { org } = bench.emulator;
    const [, rep = ''] = org.rows('User').keys();
    const deal = [...org.rows('Opportunity').values()][0];
    const contact = [...org.rows('Contact').values()].find(
      ({ AccountId }) => AccountId === deal?.AccountId,
    );
    const response = {
      id: 'device/response/1',
      type: 'response',
      subjects: [`crm:account:${deal?.AccountId}`],
      about: [`crm:opportunity:${deal?.Id}`],
      occurredAt: Date.parse('2026-05-31T22:30:00Z'),
      learnedAt: bench.timing.now(),
      grade: 'observed',
      by: `crm:rep:${rep}`,
      data: {
        play: 'p',
        record: `crm:opportunity:${deal?.Id}`,
        opening: 'o',
        response: { kind: 'done' },
        scope: 'record',
        touch: { channel: 'call', contact: `crm:contact:${contact?.Id}` },
        executed: true,
      },
    } as const;
    const pushed = await bench
      .open()
      .push?.(response, { title: 'Ask for the renewal', text: '=1+1' });
    const task = org.get('Task', pushed?.status === 'written' ? pushed.record : '');
    const { Subject, WhatId, WhoId, OwnerId, Status, ActivityDate, TaskSubtype } = task;
    assert.deepEqual(
      { Subject, WhatId, WhoId, OwnerId, Status, ActivityDate, TaskSubtype },
      {
        Subject: 'Ask for the renewal',
        WhatId: deal?.Id,
        WhoId: contact?.Id,
        OwnerId: rep,
        Status: 'Completed',
        ActivityDate: '2026-06-01',
        TaskSubtype: 'Call',
      },
    );
    // A rep writes into it; a response that is pushed again leaves that alone.
    org.update('Task', task.Id, { Description: 'She said yes' });
    await bench.open().push?.(response, { title: 'Ask for the renewal', text: '=1+1' });
    assert.equal(org.get('Task', task.Id).Description, 'She said yes');
    const meeting = { ...response.data, touch: { channel: 'meeting' } };
    const met = await bench
      .open()
      .push?.({ ...response, id: 'm/1', data: meeting }, { title: 'Visit' });
    assert.equal(org.get('Event', met?.status === 'written' ? met.record : '').Subject, 'Visit');
    assert.ok(!factsOf(await pull()).some(({ id }) => id.includes(task.Id)));
  });
});
