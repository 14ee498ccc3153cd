import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pulled } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import { collect, factsOf, positionOf } from '../connector-case.js';
import { type Bench, MAP, tellInbox, withBench } from './hubspot-bench.js';

const pull = (bench: Bench): Promise<readonly Pulled[]> => collect(bench.open().pull());

async function changes(bench: Bench, position: string): Promise<readonly Fact[]> {
  const connector = bench.open();
  assert.ok(connector.changesSince);
  return factsOf(await collect(connector.changesSince(position)));
}

/** What is told after something happened, of that record. */
async function toldOf(bench: Bench, record: string, happen: () => void): Promise<readonly Fact[]> {
  const before = await pull(bench);
  const known = new Set(factsOf(before).map(({ id }) => id));
  bench.pass(10 * 60_000);
  happen();
  const told = await changes(bench, positionOf(before));
  return told.filter(({ id, about }) => !known.has(id) && about[0] === record);
}

describe('facts from HubSpot', () => {
  it('are every record and activity that the map makes something of, counted against the portal', () =>
    withBench({ accounts: 15 }, async (bench) => {
      const { portal } = bench.emulator;
      const facts = factsOf(await pull(bench));
      const records = (kind: string): number =>
        new Set(
          facts
            .filter(({ type }) => type === 'record-changed')
            .flatMap(({ about }) => about[0] ?? [])
            .filter((id) => id.split(':')[1] === kind),
        ).size;
      const rows = (
        name: string,
      ): readonly { readonly properties: { readonly [name: string]: unknown } }[] => [
        ...portal.rows(name).values(),
      ];
      assert.equal(records('account'), 15);
      assert.equal(
        records('contact'),
        rows('contacts').filter(({ properties }) => properties.associatedcompanyid).length,
      );
      assert.equal(records('opportunity'), rows('deals').length);
      assert.equal(records('rep'), portal.owners.filter(({ archived }) => !archived).length);
      const made = (type: string): number => facts.filter((fact) => fact.type === type).length;
      const calls = rows('calls').filter(
        ({ properties }) =>
          properties.hs_call_direction === 'OUTBOUND' && properties.hs_call_status === 'COMPLETED',
      );
      assert.equal(made('call-made'), calls.length);
      assert.equal(
        facts.filter(({ id }) => /^crm\/deals\/\d+\/purchase$/.test(id)).length,
        rows('deals').filter(({ properties }) => properties.dealstage === 'closedwon').length,
      );
      assert.equal(made('meeting-held'), 15);
    }));

  it('name the rep by the user who signs in, and not by the id that HubSpot gives owners', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const facts = factsOf(await pull(bench));
      const { portal } = bench.emulator;
      const users = new Set(portal.owners.map(({ userId }) => `crm:rep:${userId}`));
      const named = facts
        .flatMap(({ data, by }) => [Object(data.values).owner, by])
        .filter((id) => String(id).includes(':rep:'));
      assert.ok(named.length > 5);
      for (const id of named) assert.ok(users.has(String(id)), String(id));
      const identity = await bench.open().identity?.();
      assert.equal(identity?.user, `crm:rep:${portal.owners[0]?.userId}`);
      assert.deepEqual([identity?.name, identity?.company], ['Ada Admin', String(portal.id)]);
      assert.ok(identity?.scopes?.includes('crm.objects.deals.read'));
      assert.deepEqual(
        identity?.limits.map(({ max }) => max),
        [250_000, 100],
      );
    }));

  it('hold money with its currency, days in the zone of the map, and lists', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const { portal } = bench.emulator;
      const [company = ''] = portal.rows('companies').keys();
      portal.update('companies', company, {
        annualrevenue: '1234.5',
        segments: 'North;Key',
        renewal_date: '2026-12-31',
      });
      const deal = portal.create('deals', {
        dealname: 'Late',
        amount: '100.25',
        deal_currency_code: 'JPY',
        closedate: '2026-05-31T22:30:00Z',
        dealstage: '98117',
      });
      portal.link('deals', deal.id, 'companies', company);
      const facts = factsOf(await pull(bench));
      const valuesOf = (id: string): unknown =>
        facts.find(({ type, about }) => type === 'record-changed' && about[0] === id)?.data.values;
      const { annualRevenue, segments, renewalDate } = Object(valuesOf(`crm:account:${company}`));
      assert.deepEqual(annualRevenue, { amountMinor: 123_450, currency: 'EUR' });
      assert.deepEqual([segments, renewalDate], [['North', 'Key'], '2026-12-31']);
      const { amount, closeDate } = Object(valuesOf(`crm:opportunity:${deal.id}`));
      assert.deepEqual([amount, closeDate], [{ amountMinor: 100, currency: 'JPY' }, '2026-06-01']);
    }));

  it('tell a changed contact, whose stamp has another name than that of everything else', () =>
    withBench({ accounts: 4 }, async (bench) => {
      const { portal } = bench.emulator;
      const [contact = ''] = portal.rows('contacts').keys();
      const told = await toldOf(bench, `crm:contact:${contact}`, () =>
        portal.update('contacts', contact, { jobtitle: 'CEO' }),
      );
      assert.deepEqual(
        told.map(({ data }) => Object(data.values).role),
        ['CEO'],
      );
    }));

  it('tell a change that search knows of only when the position has gone past it', () =>
    withBench({ accounts: 4 }, async (bench) => {
      const { portal, settings } = bench.emulator;
      const [late = '', soon = ''] = portal.rows('companies').keys();
      bench.pass(10 * 60_000);
      const before = positionOf(await pull(bench));
      bench.pass(10 * 60_000);
      portal.update('companies', late, { name: 'Late' });
      bench.pass(10);
      settings.indexLagMs = 1_000;
      // It is in the index in a second, and this one was at once.
      portal.update('companies', soon, { name: 'Soon' });
      const newest = portal.rows('companies').get(soon)?.states.at(-1);
      if (newest) (newest as { at: number }).at -= 1_000;
      const { changesSince } = bench.open();
      assert.ok(changesSince);
      const first = await collect(changesSince(before));
      const names = (facts: readonly Fact[]): readonly unknown[] =>
        facts.map(({ data }) => Object(data.values).name);
      assert.ok(names(factsOf(first)).includes('Soon'));
      assert.ok(!names(factsOf(first)).includes('Late'));
      bench.pass(60_000);
      assert.ok(names(await changes(bench, positionOf(first))).includes('Late'));
    }));

  it('tell what changed while the load was under way, also where our clock is an hour ahead', () =>
    withBench({ accounts: 4 }, async (bench) => {
      const { portal } = bench.emulator;
      const [company = ''] = portal.rows('companies').keys();
      const ahead = { ...bench.timing, now: () => bench.timing.now() + 3_600_000 };
      let position = '';
      let changed = false;
      for await (const each of bench.open({ timing: ahead }).pull()) {
        if (each.type === 'position') ({ position } = each);
        if (each.type !== 'tally' || each.tally.place !== 'companies') continue;
        bench.pass(20 * 60_000);
        portal.update('companies', company, { name: 'Meanwhile' });
        changed = true;
      }
      assert.ok(changed);
      bench.pass(20 * 60_000);
      const told = await changes(bench, position);
      assert.ok(told.some(({ data }) => Object(data.values).name === 'Meanwhile'));
    }));

  it('tell a meeting once its time has come, though nobody changed it', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const { portal } = bench.emulator;
      const [company = ''] = portal.rows('companies').keys();
      const ends = new Date(bench.timing.now() + 3 * 3_600_000).toISOString();
      const meeting = portal.create('meetings', {
        hs_timestamp: ends,
        hs_meeting_title: 'Soon',
        hs_meeting_end_time: ends,
      });
      portal.link('meetings', meeting.id, 'companies', company);
      bench.pass(10 * 60_000);
      const position = positionOf(await pull(bench));
      const held = (facts: readonly Fact[]): boolean =>
        facts.some(({ id }) => id.includes(`/${meeting.id}/`));
      bench.pass(3_600_000);
      assert.equal(held(await changes(bench, position)), false);
      bench.pass(3 * 3_600_000);
      assert.equal(held(await changes(bench, position)), true);
    }));

  it('tell what became of merged records, once and at the time it happened', () =>
    withBench({ accounts: 6 }, async (bench) => {
      const { portal } = bench.emulator;
      const [stays = '', goes = ''] = [...portal.rows('companies').keys()].slice(2);
      const position = positionOf(await pull(bench));
      bench.pass(60_000);
      const at = bench.timing.now();
      portal.merge('companies', stays, goes);
      bench.pass(60_000);
      portal.update('companies', stays, { description: 'after the merge' });
      const merges = (facts: readonly Fact[]): readonly Fact[] =>
        facts.filter(({ type }) => type === 'merged');
      const [first, ...more] = merges(await changes(bench, position));
      assert.deepEqual(
        [first?.subjects, first?.data, first?.occurredAt, more],
        [[`crm:account:${goes}`], { into: `crm:account:${stays}` }, at, []],
      );
      bench.pass(30_000);
      portal.update('companies', stays, { description: 'again' });
      assert.deepEqual(merges(await changes(bench, position)), [first]);
    }));

  it('tell a deleted deal to its account, though HubSpot took its associations away', () =>
    withBench({ accounts: 6 }, async (bench) => {
      const { portal } = bench.emulator;
      const tell = tellInbox(bench);
      const [deal] = portal.rows('deals').values();
      const account = `crm:account:${deal?.properties.hs_primary_associated_company}`;
      const told = await toldOf(bench, `crm:opportunity:${deal?.id}`, () => {
        portal.archive('deals', deal?.id ?? '');
        tell();
      });
      assert.deepEqual(
        told.map(({ type, subjects }) => [type, subjects]),
        [['record-deleted', [account]]],
      );
    }));

  it('tell nobody of a deleted deal that no account knew, and say that it is gone', () =>
    withBench({ accounts: 3 }, async (bench) => {
      const { portal } = bench.emulator;
      const deal = portal.create('deals', { dealname: 'Nobody', dealstage: '98117' });
      const position = positionOf(await pull(bench));
      portal.archive('deals', deal.id);
      bench.pass(3_600_000);
      const { changesSince } = bench.open();
      assert.ok(changesSince);
      const pulled = await collect(changesSince(position));
      assert.ok(factsOf(pulled).every(({ id }) => !id.includes(deal.id)));
      const skips = pulled.flatMap((each) => (each.type === 'skipped' ? [each.skipped] : []));
      assert.ok(skips.some(({ place, part }) => place === `deals/${deal.id}` && part === 'gone'));
    }));

  it('tell a deletion that a webhook told of by its id, and within the hour what none told of', () =>
    withBench({ accounts: 6 }, async (bench) => {
      const { portal, log } = bench.emulator;
      const tell = tellInbox(bench);
      const [told = '', silent = ''] = portal.rows('contacts').keys();
      const gone = (facts: readonly Fact[]): readonly unknown[] =>
        facts.filter(({ type }) => type === 'record-deleted').map(({ about }) => about[0]);
      const lists = (): number =>
        log.filter(({ url }) => /contacts\?.*archived=true/.test(url)).length;
      const position = positionOf(await pull(bench));
      bench.pass(10 * 60_000);
      portal.archive('contacts', told);
      tell();
      portal.archive('contacts', silent);
      assert.deepEqual(gone(await changes(bench, position)), [`crm:contact:${told}`]);
      assert.equal(lists(), 0);
      bench.pass(51 * 60_000);
      const ids = gone(await changes(bench, position));
      assert.deepEqual(new Set(ids), new Set([`crm:contact:${told}`, `crm:contact:${silent}`]));
      assert.equal(lists(), 1);
    }));

  it('tell a changed association that left no stamp on the record, where a webhook told of it', () =>
    withBench({ accounts: 6 }, async (bench) => {
      const { portal } = bench.emulator;
      const tell = tellInbox(bench);
      const [contact] = portal.rows('contacts').values();
      const [, , other = ''] = portal.rows('companies').keys();
      const told = await toldOf(bench, `crm:contact:${contact?.id}`, () => {
        portal.link('contacts', contact?.id ?? '', 'companies', other, true);
        tell();
      });
      assert.deepEqual(
        told.map(({ subjects }) => subjects),
        [[`crm:account:${other}`, `crm:contact:${contact?.id}`]],
      );
    }));

  it('belong to the primary one of many companies, else to the oldest, on whichever page that stands', () =>
    withBench({ accounts: 6, settings: { associationPage: 2 } }, async (bench) => {
      const { portal } = bench.emulator;
      const companies = [...portal.rows('companies').keys()];
      const contact = portal.create('contacts', { email: 'many@customer.test' });
      const hs_timestamp = new Date(bench.timing.now()).toISOString();
      const note = portal.create('notes', { hs_timestamp, hs_note_body: 'x' });
      for (const company of companies.toReversed()) {
        portal.link('contacts', contact.id, 'companies', company, company === companies[1]);
        portal.link('notes', note.id, 'companies', company);
      }
      const map = MAP.replaceAll(
        '[associatedcompanyid, association/companies]',
        'association/companies',
      );
      const facts = factsOf(await collect(bench.open({ map }).pull()));
      const accountOf = (id: string): unknown =>
        facts.find((fact) => fact.id.includes(`/${id}/`))?.subjects[0];
      assert.equal(accountOf(contact.id), `crm:account:${companies[1]}`);
      assert.equal(accountOf(note.id), `crm:account:${companies[0]}`);
    }));

  it('tell that a person was erased, of whom HubSpot keeps nothing', () =>
    withBench({ accounts: 6 }, async (bench) => {
      const { portal } = bench.emulator;
      const tell = tellInbox(bench);
      const [contact = ''] = portal.rows('contacts').keys();
      const told = await toldOf(bench, `crm:contact:${contact}`, () => {
        portal.erase('contacts', contact);
        tell();
      });
      assert.deepEqual(
        told.map(({ type }) => type),
        ['record-deleted'],
      );
    }));
});
