import { afterEach, beforeEach, describe, it } from 'node:test';
import { connectorContract } from '../connector-contract.js';
import { type Bench, startBench } from './salesforce-bench.js';

describe('the Salesforce connector keeps the contract of connectors', () => {
  const ways = {
    'by queries': { bulkFrom: 5_000 },
    'loading in bulk, in pages of 20 rows': { bulkFrom: 1 },
    'as in a browser, signed in without jsforce': { bulkFrom: 5_000, inBrowser: true },
  };
  for (const [way, { bulkFrom, ...signIn }] of Object.entries(ways))
    describe(way, () => {
      let bench: Bench;
      beforeEach(async () => {
        const settings = { bulkPageSize: 20, pageSize: 7 };
        bench = await startBench({ accounts: 12, settings, ...signIn });
      });
      afterEach(() => bench.close());

      for (const { name, run } of connectorContract) {
        it(name, () => {
          const { org } = bench.emulator;
          const account = [...org.rows('Account').keys()][3] ?? '';
          const contact =
            [...org.rows('Contact').values()].find(({ AccountId }) => AccountId)?.Id ?? '';
          const rep = [...org.rows('User').keys()][1] ?? '';
          return run({
            open: async () => bench.open({ bulkFrom }),
            async change() {
              bench.pass(60_000);
              org.update('Account', account, { Name: 'Renamed' });
              return `crm:account:${account}`;
            },
            async remove() {
              bench.pass(60_000);
              org.delete('Contact', contact);
              return `crm:contact:${contact}`;
            },
            done: () => ({
              id: 'device-1/response/17 a+b',
              type: 'response',
              subjects: [`crm:account:${account}`],
              about: [`crm:account:${account}`],
              occurredAt: bench.timing.now() - 60_000,
              learnedAt: bench.timing.now(),
              grade: 'observed',
              by: `crm:rep:${rep}`,
              data: {
                play: 'renewal',
                record: `crm:account:${account}`,
                opening: 'renewal|x|1',
                response: { kind: 'done' },
                scope: 'record',
                touch: { channel: 'call', contact: `crm:contact:${contact}` },
                executed: true,
              },
            }),
            secrets: [bench.session.token().accessToken, ...bench.refreshTokens],
          });
        });
      }
    });
});
