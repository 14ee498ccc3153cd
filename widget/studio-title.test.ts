import { expect } from '@open-wc/testing';
import { playTitle } from './studio-title.js';

describe('a text of a play in a list', () => {
  it('says somebody where a name will stand, and leaves a value open', () => {
    expect(playTitle('Help {contact.name|our advocate} with {opportunity.name}')).to.equal(
      'Help our advocate with the deal',
    );
    expect(
      playTitle('{account.overdueAmount} is overdue since {account.dueOn|long ago}.'),
    ).to.equal('… is overdue since long ago.');
  });
});
