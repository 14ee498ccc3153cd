import { expect } from '@open-wc/testing';
import { judge as judgeCondition } from '../core/condition.js';
import type { Play, Playbook } from '../domain/playbook.js';
import type { Evidence } from '../domain/subject.js';
import type { AccountView } from './account-view.js';
import { judgeTriggers, type Moment } from './judge-triggers.js';
import type { Completion } from './patterns/feeding.js';
import { ACCOUNT, DAY, one, viewOf } from './patterns/fixtures.js';
import { createTriggerPlan } from './trigger-plan.js';
import { draftTriggers, type Triggered } from './triggers-draft.js';

const trigger = {
  pattern: { sequence: [{ one: one('A') }] },
  until: { attribute: 'account.won', in: [true] },
};
const playbook = {
  zone: 'UTC',
  workdays: [1],
  holidays: [],
  attributes: [],
  plays: [
    { id: 'play', about: 'account', trigger, expiresMs: DAY, valid: { until: '1970-01-03' } },
  ] as unknown as readonly Play[],
} as unknown as Playbook;
const plan = createTriggerPlan(playbook, (condition) => (record, on) => ({
  truth: judgeCondition(condition, (on as AccountView).situated(record)),
  until: on.today + 1,
}));

const event = (fact: string): Evidence => ({ fact, type: 'A', occurredAt: 0, grade: 'observed' });
const completion = (begin: number, fact = 'f1'): Completion => ({
  play: 'play',
  record: ACCOUNT,
  begin,
  facts: [event('f0'), event(fact)],
  event: event(fact),
});
const nothing: Triggered = { openings: {}, standing: {} };

const seen = (values: { readonly [attribute: string]: boolean } = {}, today = 0): AccountView => ({
  ...viewOf([ACCOUNT], values),
  today,
  key: ACCOUNT,
});

function judge(state: Triggered, moment: Partial<Moment> & { readonly at: number }): Triggered {
  const draft = draftTriggers(state, false);
  const view = seen();
  judgeTriggers(draft, { view, outlook: plan.watch(view.records), ...moment }, plan);
  return { openings: draft.openings, standing: draft.standing };
}
const only = ({ openings }: Triggered): readonly unknown[] =>
  Object.values(openings).map(({ begin, end, ended }) => ({ begin, end, ended }));

describe('a completed pattern', () => {
  it('opens with what was matched, and with the last of it as its event', () => {
    const { openings } = judge(nothing, { at: 5, completed: [completion(5)] });
    const opening = openings[`play|${ACCOUNT}|5`];
    expect(opening?.matched?.map(({ fact }) => fact)).to.deep.equal(['f0', 'f1']);
    expect(opening?.event?.fact).to.equal('f1');
  });
  it('opens once at one moment, and none while one is open', () => {
    const opened = judge(nothing, { at: 5, completed: [completion(5), completion(5, 'f2')] });
    const again = judge(opened, { at: 9, completed: [completion(9)] });
    expect(only(again)).to.deep.equal([{ begin: 5, end: undefined, ended: undefined }]);
  });
  it('opens again once the first has expired, and not after the play has ended', () => {
    const opened = judge(nothing, { at: 5, completed: [completion(5)] });
    const again = judge(opened, { at: 5 + DAY, completed: [completion(5 + DAY)] });
    expect(only(again)).to.deep.equal([
      { begin: 5, end: 5 + DAY, ended: 'expired' },
      { begin: 5 + DAY, end: undefined, ended: undefined },
    ]);
    expect(
      only(judge(nothing, { at: 4 * DAY, view: seen({}, 4), completed: [completion(4 * DAY)] })),
    ).to.deep.equal([]);
  });
  it('closes when until holds', () => {
    const opened = judge(nothing, { at: 5, completed: [completion(5)] });
    const view = seen({ 'account.won': true });
    expect(only(judge(opened, { at: 6, view }))).to.deep.equal([
      { begin: 5, end: 6, ended: 'until' },
    ]);
  });
  it('closes when the fact that opened it is revoked, and not when another one is', () => {
    const opened = judge(nothing, { at: 5, completed: [completion(5)] });
    const revoke = (fact: string): Triggered =>
      judge(opened, { at: 6, revoked: [{ play: 'play', record: ACCOUNT, event: fact }] });
    expect(only(revoke('f9'))).to.deep.equal([{ begin: 5, end: undefined, ended: undefined }]);
    expect(only(revoke('f1'))).to.deep.equal([{ begin: 5, end: 6, ended: 'until' }]);
  });
});
