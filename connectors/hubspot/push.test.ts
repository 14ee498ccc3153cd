import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collect } from '../connector-case.js';
import { doneOn, KEY, withBench } from './hubspot-bench.js';
import { createHubspotRequests, prepareHubspot } from './hubspot-connector.js';

describe('what a rep did, written back to HubSpot', () => {
  it('is a completed task of the rep on the account and the contact, and its text is no markup', () =>
    withBench({ accounts: 4 }, async (bench) => {
      const { portal } = bench.emulator;
      const response = doneOn(bench, 'r/1');
      const pushed = await bench
        .open()
        .push?.(response, { title: 'Call Ana', text: '<b>5 < 6</b>\n& more' });
      const id = pushed?.status === 'written' ? pushed.record : '';
      const { properties } = portal.get('tasks', id);
      assert.equal(properties.hs_task_body, '&lt;b&gt;5 &lt; 6&lt;/b&gt;<br>&amp; more');
      assert.deepEqual(
        [
          properties.hs_task_subject,
          properties.hs_task_status,
          properties.hs_task_type,
          properties.hubspot_owner_id,
        ],
        ['Call Ana', 'COMPLETED', 'CALL', portal.owners[1]?.id],
      );
      assert.equal(Date.parse(properties.hs_timestamp ?? ''), response.occurredAt);
      const account = response.data.record.split(':')[2] ?? '';
      assert.deepEqual([...portal.links.of('tasks', id, 'companies').keys()], [account]);
      assert.deepEqual(
        [...portal.links.of('tasks', id, 'contacts').keys()],
        [response.data.touch?.contact?.split(':')[2]],
      );
    }));

  it('is a note where nobody was touched, and comes back as what it was', () =>
    withBench({ accounts: 4 }, async (bench) => {
      const { touch: _, ...data } = doneOn(bench, 'r/2').data;
      const response = { ...doneOn(bench, 'r/2'), data };
      const pushed = await bench.open().push?.(response, { title: 'Checked the contract' });
      assert.equal(pushed?.status, 'written');
      const record = pushed?.status === 'written' ? pushed.record : '';
      assert.equal(
        bench.emulator.portal.get('notes', record).properties.hs_note_body,
        'Checked the contract',
      );
      const pulled = await collect(bench.open().pull());
      assert.deepEqual(
        pulled.filter(({ type }) => type === 'returned'),
        [{ type: 'returned', key: 'r/2', record }],
      );
    }));

  it('leaves alone what somebody wrote into it since', () =>
    withBench({ accounts: 4 }, async (bench) => {
      const { portal } = bench.emulator;
      const first = await bench.open().push?.(doneOn(bench, 'r/3'), { title: 'Call' });
      const record = first?.status === 'written' ? first.record : '';
      portal.update('tasks', record, { hs_task_body: 'She asked for the price.' });
      const again = await bench
        .open()
        .push?.(doneOn(bench, 'r/3'), { title: 'Call', text: 'other' });
      assert.deepEqual(again, { status: 'written', record, again: true });
      assert.equal(portal.get('tasks', record).properties.hs_task_body, 'She asked for the price.');
    }));

  it('is refused where the property for the key is none whose values are unique: HubSpot would take a second', () =>
    withBench({ accounts: 4 }, async (bench) => {
      const { portal } = bench.emulator;
      portal.alter('tasks', (all) =>
        all.map((one) => (one.name === KEY ? { ...one, unique: false } : one)),
      );
      const refused = {
        code: 'opportune/push',
        message: /no property of tasks with unique values/,
      };
      await assert.rejects(
        async () => bench.open().push?.(doneOn(bench, 'r/4'), { title: 'Call' }),
        refused,
      );
      await assert.rejects(prepareHubspot(bench.access, KEY), refused);
      await prepareHubspot(bench.access, 'another_key');
      await prepareHubspot(bench.access, 'another_key');
      const made = portal.spec('notes').properties.filter(({ name }) => name === 'another_key');
      assert.deepEqual(
        made.map(({ unique }) => unique),
        [true],
      );
    }));

  it('says what HubSpot refused, once, where the record is not there any more', () =>
    withBench({ accounts: 4 }, async (bench) => {
      const response = doneOn(bench, 'r/5');
      bench.emulator.portal.archive('companies', response.data.record.split(':')[2] ?? '');
      await assert.rejects(async () => bench.open().push?.(response, { title: 'Call' }), {
        code: 'opportune/crm-refused',
      });
      assert.equal(
        bench.emulator.log.filter(({ method, url }) => method === 'POST' && url.endsWith('/tasks'))
          .length,
        2,
      );
    }));

  it('is kept apart from a key that differs in capital letters alone, where HubSpot does not', () =>
    withBench({ accounts: 4 }, async (bench) => {
      await bench.open().push?.(doneOn(bench, 'r/Six'), { title: 'Call' });
      const blur: typeof fetch = (input, init) =>
        fetch(input, {
          ...init,
          ...(typeof init?.body === 'string' && { body: init.body.replaceAll('r/SIX', 'r/Six') }),
        });
      const requests = createHubspotRequests({ ...bench.timing, fetch: blur });
      await assert.rejects(
        async () => bench.open({ requests }).push?.(doneOn(bench, 'r/SIX'), { title: 'Call' }),
        { code: 'opportune/push', message: /takes two keys for one/ },
      );
    }));
});
