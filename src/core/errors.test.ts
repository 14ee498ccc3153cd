import { expect } from '@open-wc/testing';
import { isOpportuneError, OpportuneError } from './errors.js';

describe('errors', () => {
  it('say where, what and what to do', () => {
    const error = new OpportuneError(
      'opportune/unknown-attribute',
      '"account.arr" is not declared',
      {
        where: 'play "renewal-30d"',
        remedy: 'Did you mean "account.arrMinor"?',
      },
    );
    expect(error.message).to.equal(
      'play "renewal-30d": "account.arr" is not declared. Did you mean "account.arrMinor"?',
    );
    expect(error.code).to.equal('opportune/unknown-attribute');
  });

  it('are known by their code, also when another copy of the library made them', () => {
    const foreign = Object.assign(new Error('x'), { code: 'opportune/unknown-zone' });
    expect(isOpportuneError(foreign)).to.equal(true);
    expect(isOpportuneError(foreign, 'opportune/unknown-zone')).to.equal(true);
    expect(isOpportuneError(foreign, 'opportune/no-workday')).to.equal(false);
  });

  it('are not taken for those of others', () => {
    expect(isOpportuneError(Object.assign(new Error('x'), { code: 'ENOENT' }))).to.equal(false);
    expect(isOpportuneError(Object.assign(new Error('x'), { name: 'OpportuneError' }))).to.equal(
      false,
    );
    expect(isOpportuneError({ code: 'opportune/unknown-zone' })).to.equal(false);
    expect(isOpportuneError(undefined)).to.equal(false);
  });

  it('keep their cause', () => {
    const cause = new TypeError('below');
    expect(new OpportuneError('opportune/x', 'above', { cause }).cause).to.equal(cause);
  });
});
