import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findRecord } from './record-in-page.js';

const LIGHTNING = 'https://acme.lightning.force.com/lightning';

describe('the record that a page shows', () => {
  for (const [address, expected] of [
    [`${LIGHTNING}/r/Account/001A00000012abcIAA/view`, 'account 001A00000012abcIAA'],
    [`${LIGHTNING}/r/Account/001A00000012abc/view`, 'account 001A00000012abcIAA'],
    [`${LIGHTNING}/r/003A00000012abcIAA/view`, 'contact 003A00000012abcIAA'],
    [
      `${LIGHTNING}/r/Opportunity/006A00000012abcIAA/view?ws=%2Fx#y`,
      'opportunity 006A00000012abcIAA',
    ],
    [
      `${LIGHTNING}/r/Account/001A00000012abcIAA/related/Contacts/view`,
      'account 001A00000012abcIAA',
    ],
    ['https://app.hubspot.com/contacts/62515/record/0-2/871', 'account 871'],
    ['https://app-eu1.hubspot.com/contacts/62515/record/0-1/872/view/1?x=y', 'contact 872'],
    ['https://app.hubspot.com/contacts/62515/deal/873', 'opportunity 873'],
  ] as const)
    it(`is ${expected} at ${address}`, () => {
      const found = findRecord(address);
      assert.equal(`${found?.kind} ${found?.id}`, expected);
    });

  for (const address of [
    `${LIGHTNING}/r/Case/500A00000012abcIAA/view`,
    `${LIGHTNING}/r/Account/001A00000012abcXXX/view`,
    `${LIGHTNING}/r/Account/001A00000012abcIAA/edit`,
    `${LIGHTNING}/o/Account/list`,
    'https://lightning.force.com.evil.test/lightning/r/Account/001A00000012abcIAA/view',
    'https://evil.test/acme.lightning.force.com/lightning/r/Account/001A00000012abcIAA/view',
    'http://acme.lightning.force.com/lightning/r/Account/001A00000012abcIAA/view',
    'https://app.hubspot.com/contacts/62515/record/0-5/871',
    'https://app.hubspot.com/contacts/62515/objects/0-2/views/all/list',
    'https://app.hubspot.com.evil.test/contacts/62515/record/0-2/871',
    'not an address',
    undefined,
  ])
    it(`is none at ${address}`, () => {
      assert.equal(findRecord(address), undefined);
    });

  it('is told with the company it belongs to, sandboxes included', () => {
    const sandbox =
      'https://acme--test.sandbox.lightning.force.com/lightning/r/001A00000012abcIAA/view';
    assert.equal(findRecord(sandbox)?.company, 'acme--test.sandbox.my.salesforce.com');
    assert.equal(
      findRecord('https://app.hubspot.com/contacts/62515/record/0-2/1')?.company,
      '62515',
    );
  });
});
