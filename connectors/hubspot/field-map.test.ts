import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collect, factsOf } from '../connector-case.js';
import { MAP, withBench } from './hubspot-bench.js';
import { checkHubspotMap, parseFieldMap, proposeFieldMap } from './hubspot-connector.js';

describe('a map of HubSpot', () => {
  it('is proposed from what HubSpot describes, and then holds', () =>
    withBench({ accounts: 20 }, async (bench) => {
      const objects = await bench.open().describe?.();
      const text = proposeFieldMap(objects ?? [], {
        connection: 'crm',
        zone: 'Europe/Berlin',
        currency: 'EUR',
      });
      const { map, problems } = parseFieldMap(text, 'proposed.yaml');
      assert.deepEqual(problems, []);
      assert.ok(map);
      assert.deepEqual(await checkHubspotMap({ ...bench.access, map }), []);
      for (const line of [
        'name: hs_full_name_or_email',
        'owner: { rep: hubspot_owner_id }',
        'closeDate: closedate',
        'renewalDate: renewal_date',
        'of: associatedcompanyid',
        'of: hs_primary_associated_company',
      ])
        assert.ok(text.includes(line), `${line} is not in\n${text}`);
      const facts = factsOf(await collect(bench.open({ map: text }).pull()));
      assert.ok(facts.some(({ about }) => about[0]?.startsWith('crm:opportunity:')));
    }));

  it('stops the pull where a property went, which HubSpot would leave out without a word', () =>
    withBench({ accounts: 3 }, async (bench) => {
      bench.emulator.portal.alter('companies', (all) =>
        all.filter(({ name }) => name !== 'renewal_date'),
      );
      const before = bench.emulator.log.length;
      await assert.rejects(collect(bench.open().pull()), {
        code: 'opportune/map',
        message: /companies\.renewal_date is not there/,
      });
      assert.ok(bench.emulator.log.slice(before).every(({ url }) => url.includes('/properties/')));
      bench.emulator.portal.alter('companies', (all) =>
        all.map((one) => (one.name === 'segments' ? { ...one, fieldType: 'select' } : one)),
      );
      const { map } = parseFieldMap(MAP, 'map.yaml');
      assert.ok(map);
      const problems = await checkHubspotMap({ ...bench.access, map });
      assert.deepEqual(
        problems.map(({ message }) => message.split(' ')[0]),
        ['companies.renewal_date', 'companies.segments'],
      );
    }));

  it("reads an object of the company's own", () =>
    withBench({ accounts: 20 }, async (bench) => {
      const map = `
connection: crm
zone: UTC
currency: EUR
objects:
  2-1001:
    facts:
      - activity: machine-installed
        of: association/companies
        at: createdate
        set: { serial: serial, model: model }
`;
      const pulled = factsOf(await collect(bench.open({ map }).pull()));
      const facts = pulled.filter(({ type }) => type !== 'rate');
      assert.equal(facts.length, bench.emulator.portal.rows('2-1001').size);
      assert.match(String(facts[0]?.data.serial), /^M-/);
    }));
});
