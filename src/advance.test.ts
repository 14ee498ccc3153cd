import { expect } from '@open-wc/testing';
import { advance } from './advance.js';
import { createSubject } from './create-subject.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { Play, Playbook } from './domain/playbook.js';
import { createModel, EMPTY_PLAYBOOK } from './model.js';

const ACCOUNT = 'test:account:1';
const START = Date.UTC(2026, 0, 5, 9);
const DAY = 86_400_000;

const told = (type: string, data: Fact['data'], day = 0): Fact =>
  noteFact(
    { id: `${day}-${type}`, type, subjects: [ACCOUNT], about: [ACCOUNT], data },
    START + day * DAY,
  );

function advanceUnder(more: Partial<Playbook>, facts: readonly Fact[]) {
  const model = createModel({ ...EMPTY_PLAYBOOK, version: 'v1', ...more });
  const all = [told('published', { version: 'v1' }), ...facts];
  return advance(createSubject(ACCOUNT), { facts: all, now: START + DAY, model: () => model });
}

describe('an account', () => {
  it('wakes when the bid of a card ends, under a playbook without machines', () => {
    const until = START + 3 * DAY;
    const bid = { opening: 'o', play: 'p', account: ACCOUNT, channel: 'call', priority: 1, until };
    const { wakeAt, ledger } = advanceUnder(
      { contactPolicy: { limits: [{ touches: 1, days: 7 }], touches: {} } },
      [told('bid', bid, 1)],
    );
    expect(ledger.bids).to.have.length(1);
    expect(wakeAt).to.equal(until);
  });

  for (const [bound, wakesOn] of [
    [14, '2026-01-19'],
    [1e12, undefined],
  ] as const)
    it(`wakes on the day on which a silence of ${bound} days is over, if there ever is one`, () => {
      const silence = { attribute: 'account.silence', range: { gte: bound } };
      const play = { id: 'p', about: 'account', expiresMs: DAY, trigger: { becomes: silence } };
      const { wakeAt } = advanceUnder(
        {
          attributes: [
            {
              id: 'account.silence',
              label: '',
              type: 'number',
              of: 'account',
              derive: { op: 'days-since', facts: { types: ['call-made'] } },
            },
          ],
          plays: [play as unknown as Play],
        },
        [told('call-made', {})],
      );
      expect(wakeAt && new Date(wakeAt).toISOString().slice(0, 10)).to.equal(wakesOn);
    });

  it('is left as it was by facts that come after it', () => {
    const before = advanceUnder({}, [told('record-changed', { values: { name: 'Kestrel' } })]);
    const kept = JSON.stringify(before);
    const model = createModel({ ...EMPTY_PLAYBOOK, version: 'v1' });
    const after = advance(before, {
      facts: [told('record-changed', { values: { name: 'Merlin' } }, 2)],
      now: START + 2 * DAY,
      model: () => model,
    });
    expect(after.records[ACCOUNT]?.values.name?.value).to.equal('Merlin');
    expect(JSON.stringify(before)).to.equal(kept);
  });
});
