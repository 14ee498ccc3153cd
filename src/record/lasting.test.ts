import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { judge } from '../core/condition.js';
import type { Condition } from '../domain/condition.js';
import type { Attribute, Playbook } from '../domain/playbook.js';
import type { RecordState } from '../domain/subject.js';
import { createAttributePlan } from './attribute-plan.js';
import { compileLasting } from './lasting.js';
import { situate } from './situate.js';

const DAY = 86_400_000;
const TODAY = 20_000;
const HORIZON = 40;
const ACCOUNT = 'test:account:1';

const of = 'account';
const facts = { types: ['call-made'] };
const attributes: readonly Attribute[] = [
  { id: 'account.status', label: '', type: 'text', of },
  { id: 'account.ends', label: '', type: 'date', of },
  { id: 'account.silence', label: '', type: 'number', of, derive: { op: 'days-since', facts } },
  { id: 'account.calls', label: '', type: 'number', of, derive: { op: 'count', facts, days: 9 } },
  {
    id: 'account.left',
    label: '',
    type: 'number',
    of,
    derive: { op: 'days-until-date', attribute: 'account.ends' },
  },
];
const plan = createAttributePlan({ zone: 'UTC', attributes } as unknown as Playbook);

const small = fc.integer({ min: -2, max: 14 });
const moving = fc.constantFrom('account.silence', 'account.calls', 'account.left');
const test: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    attribute: moving,
    range: fc.record({ gt: small, gte: small, lt: small, lte: small }, { requiredKeys: [] }),
  }),
  fc.record({ attribute: moving, in: fc.array(small, { minLength: 1, maxLength: 3 }) }),
  fc.record({ attribute: moving, missing: fc.boolean() }),
  fc.record({ attribute: fc.constant('account.silence'), inAttribute: moving }),
  fc.constant({ attribute: 'account.status', in: ['open'] }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const parts = fc.array(tie('condition'), { minLength: 1, maxLength: 3 });
  return {
    condition: fc.oneof(
      { depthSize: 'small' },
      test,
      fc.record({ all: parts }),
      fc.record({ any: parts }),
      fc.record({ not: tie('condition') }),
    ),
  };
});
const record: fc.Arbitrary<RecordState> = fc
  .record({
    status: fc.constantFrom('open', 'closed'),
    ends: fc.integer({ min: -5, max: 30 }),
    calls: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
  })
  .map(({ status, ends, calls }) => {
    const known = { at: { occurredAt: 0, id: '' }, grade: 'observed', since: 0 } as const;
    const occurredAt = (TODAY - Math.min(...calls)) * DAY;
    const last = { fact: 'f', type: 'call-made', occurredAt, grade: 'observed' } as const;
    const date = new Date((TODAY + ends) * DAY).toISOString().slice(0, 10);
    return {
      id: ACCOUNT,
      kind: of,
      values: { status: { value: status, ...known }, ends: { value: date, ...known } },
      derived:
        calls.length > 0
          ? {
              silence: { last },
              calls: { days: Object.fromEntries(calls.map((ago) => [TODAY - ago, 1])) },
            }
          : {},
    };
  });

describe('how long a condition stays as it is', () => {
  it('is until the day on which judging it every day finds it otherwise', () => {
    fc.assert(
      fc.property(condition, record, (one, held) => {
        const records = { [ACCOUNT]: held };
        const isTrueOn = (today: number): boolean =>
          judge(one, situate({ plan, today, records, inView: { account: held } })) === true;
        const now = compileLasting(one, plan)(held, { key: ACCOUNT, records, today: TODAY });
        expect(now.truth === true).to.equal(isTrueOn(TODAY));
        let turn = TODAY + 1;
        while (turn < TODAY + HORIZON && isTrueOn(turn) === isTrueOn(TODAY)) turn++;
        const comparesMoving = JSON.stringify(one).includes('inAttribute');
        if (turn === TODAY + HORIZON) expect(comparesMoving || now.until >= turn).to.equal(true);
        else if (comparesMoving) expect(now.until).to.be.within(TODAY + 1, turn);
        else expect(now.until).to.equal(turn);
      }),
      { numRuns: 2000 },
    );
  });
});
