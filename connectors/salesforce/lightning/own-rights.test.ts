import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CONNECTOR, silent } from '../../../gateway/serve/test-gateway.js';
import { type Org, openOrg, type RecordPage } from './open-org.js';

const [FIRST, SECOND, HIDDEN, NOT_THERE] = [
  '0015000000Gv7qJAAR',
  '0015000000Gv7qMAAR',
  '0015000000Gv7qKAAR',
  '0015000000Gv7qLAAR',
] as const;

describe('the panel in Lightning by the rights that Salesforce gives the user', () => {
  let org: Org;
  const readable = new Set<string>([FIRST, SECOND]);
  before(async () => {
    org = await openOrg({ mayRead: (_, id) => readable.has(id) });
    const facts = [FIRST, SECOND, HIDDEN].flatMap((account) => silent(account, 20));
    await org.gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts });
    await org.gateway.settled();
    await org.listen();
  });
  after(() => org.close());

  const done = ({ page }: RecordPage): Promise<void> => page.browserContext().close();
  /** A console shows another record in the same component. */
  const show = ({ page }: RecordPage, record: string): Promise<void> =>
    page.evaluate((record) => {
      const component = document.querySelector('c-opportune-panel') as Element & {
        recordId: string;
      };
      component.recordId = record;
    }, record);

  for (const mode of ['frame', 'component'] as const) {
    it(`follows the console from record to record, each by a token of its own, as a ${mode}`, async () => {
      const opened = await org.openPage({ mode, record: FIRST });
      await opened.reads(new RegExp(`Call Company ${FIRST}`));
      await show(opened, HIDDEN);
      await opened.reads(/No guidance for this record/);
      assert.doesNotMatch(await opened.text(), /Company/);
      await show(opened, SECOND);
      await opened.reads(new RegExp(`Call Company ${SECOND}`));
      assert.equal(opened.asked(), 3);
      await done(opened);
    });

    it(`shows one and the same of a record that may not be read and of one that is not there, as a ${mode}`, async () => {
      const told: string[] = [];
      for (const record of [HIDDEN, NOT_THERE]) {
        const opened = await org.openPage({ mode, record });
        await opened.reads(/No guidance for this record/);
        told.push((await opened.text()).replaceAll(/\d\d:\d\d/g, ''));
        await done(opened);
      }
      assert.equal(told[0], told[1]);
      assert.doesNotMatch(String(told[0]), /Company|Call/);
    });
  }
});
