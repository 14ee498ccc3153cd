import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createActionBook, type RepAction } from '../src/action-book.js';
import { analyzeActions } from '../src/analyze-actions.js';
import { createRandom } from '../src/core/random.js';
import { wilsonInterval } from '../src/core/statistics.js';
import type { Fact } from '../src/domain/fact.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { DAY, START, TOLD_PLAYBOOK, tell } from './told-deals.js';

const FILES = Object.entries(TOLD_PLAYBOOK).map(([path, text]) => ({
  path,
  text: text.replace('{ call-made: call }', '{ call-made: call, email-sent: email }'),
}));
const { playbook } = compilePlaybook(FILES, { today: '2026-01-01' });
assert.ok(playbook);
const { contactPolicy } = playbook;

const ACCOUNT = 't:account:1';
const day = (number: number): number => START + number * DAY;
const did = (type: string, at: number, by: string, ...about: readonly string[]): Fact =>
  tell(type, ACCOUNT, at, {}, [ACCOUNT, ...about], { by });
const acted = (type: string, at: number, by: string, ...about: readonly string[]): Fact => ({
  ...did(type, at, by, ...about),
  grade: 'buyer-verified',
});
const marked = (id: string, at: number, response: object, executed = true): Fact =>
  tell(
    'response',
    ACCOUNT,
    at,
    {
      play: 'p',
      record: ACCOUNT,
      opening: 'o',
      scope: 'record',
      executed,
      response: { ...response },
      touch: { channel: 'call', contact: 't:contact:1' },
    },
    [ACCOUNT],
    { id: `response/${id}`, by: 't:rep:ana' },
  );

function gather(facts: readonly Fact[]): ReadonlyMap<string, readonly RepAction[]> {
  const book = createActionBook({ contactPolicy }, { windowDays: 14 });
  book.add(
    ACCOUNT,
    [...facts].sort((one, other) => one.occurredAt - other.occurredAt),
  );
  return book.finish().byRep;
}
const answers = (facts: readonly Fact[], rep = 'ana'): readonly (string | undefined)[] =>
  (gather(facts).get(`t:rep:${rep}`) ?? []).map(({ answer }) => answer?.type);

describe('what buyers did after what a rep did', () => {
  const call = did('call-made', day(0), 't:rep:ana', 't:contact:1');
  const mail = did('email-sent', day(2), 't:rep:ben', 't:contact:2');

  it('is credited to the last action with that person, else with that customer', () => {
    const reply = acted('email-received', day(3), 't:contact:1');
    const colleague = acted('contract-signed', day(4), 't:contact:3');
    assert.deepEqual(answers([call, mail, reply]), ['email-received']);
    assert.deepEqual(answers([call, mail, reply], 'ben'), [undefined]);
    assert.deepEqual(answers([call, mail, colleague]), [undefined]);
    assert.deepEqual(answers([call, mail, colleague], 'ben'), ['contract-signed']);
  });

  it('is nothing before it, later than its days, or about another deal', () => {
    const reply = (at: number, ...about: readonly string[]): Fact =>
      acted('email-received', at, 't:contact:1', ...about);
    const about = did('call-made', day(0), 't:rep:ana', 't:contact:1', 't:opportunity:1');
    assert.deepEqual(answers([call, reply(day(-1))]), [undefined]);
    assert.deepEqual(answers([call, reply(day(14))]), ['email-received']);
    assert.deepEqual(answers([call, reply(day(14) + 1)]), [undefined]);
    assert.deepEqual(answers([about, reply(day(1), 't:opportunity:2')]), [undefined]);
    assert.deepEqual(answers([about, reply(day(1), 't:opportunity:1')]), ['email-received']);
  });

  it('is no scanner that opens 40 mails in two seconds, and no meeting to which the buyer was copied in', () => {
    const opens = Array.from({ length: 40 }, (_, i) =>
      acted('document-opened', day(1) + 50 * i, 't:contact:1'),
    );
    const meeting = did('meeting-held', day(2), 't:rep:ana', 't:contact:1');
    const [action, ...others] = gather([call, ...opens, meeting]).get('t:rep:ana') ?? [];
    assert.deepEqual([action?.answer, action?.machineActs, others], [undefined, 40, []]);
    const opened = acted('document-opened', day(3), 't:contact:1');
    assert.deepEqual(answers([call, ...opens, opened]), ['document-opened']);
  });

  it('follows one action where a card was marked done and the call logged', () => {
    const done = { kind: 'done' };
    assert.equal(answers([marked('1', day(0) + 3_600_000, done)]).length, 1);
    assert.equal(answers([call, marked('1', day(0) + 3_600_000, done)]).length, 1);
    assert.equal(answers([call, marked('1', day(2), done)]).length, 2);
    const twice = did('call-made', day(0) + 3_600_000, 't:rep:ana', 't:contact:1');
    assert.equal(answers([call, twice]).length, 2);
    assert.equal(answers([marked('1', day(0), { kind: 'not-relevant', reason: 'x' })]).length, 0);
    assert.equal(answers([marked('1', day(0), done, false)]).length, 0);
    const undo = marked('2', day(1), { kind: 'undo', of: '1' });
    assert.equal(answers([marked('1', day(0), done), undo]).length, 0);
  });
});

describe('how often buyers act', () => {
  const action = (at: number, account: number, isAnswered: boolean): RepAction => ({
    ...{ at, account: `t:account:${account}`, channel: 'call', machineActs: 0 },
    ...(isAnswered && { answer: { at: at + 1, type: 'email-received' } }),
  });
  const options = { windowDays: 14, zone: 'UTC', until: day(400) };

  it('counts no action of which the time is not over, answered or not', () => {
    const over = Array.from({ length: 20 }, (_, i) => action(day(i), i % 5, i % 4 === 0));
    const open = [action(day(390), 1, true), action(day(391), 2, false)];
    const { all } = analyzeActions([...over, ...open], options);
    assert.deepEqual([all.actions, all.settled, all.answered], [22, 20, 5]);
    assert.ok('rate' in all.share && all.share.rate === 0.25);
  });

  it('has no share of nine actions, nor of ten with four customers, and says what it takes', () => {
    const nine = analyzeActions(
      Array.from({ length: 9 }, (_, i) => action(day(i), i, true)),
      options,
    );
    assert.deepEqual(nine.all.share, { needed: '10 actions whose time is over', got: 9 });
    const four = analyzeActions(
      Array.from({ length: 40 }, (_, i) => action(day(i), i % 4, true)),
      options,
    );
    assert.deepEqual(four.all.share, { needed: 'actions with 5 customers', got: 4 });
    assert.ok('needed' in four.trend);
  });

  it('tells a trend of the last three months against the three before', () => {
    const of = (from: number, every: number): RepAction[] =>
      Array.from({ length: 80 }, (_, i) => action(day(from + i), i % 17, i % every === 0));
    const { trend } = analyzeActions([...of(205, 5), ...of(300, 2)], options);
    assert.ok('difference' in trend);
    assert.deepEqual([trend.before, trend.recent], [0.2, 0.5]);
    assert.ok(trend.interval[0] > 0 && trend.interval[1] < 0.5);
  });

  it('has an interval that holds the truth also where customers differ, which one over actions does not', () => {
    const random = createRandom('coverage');
    const worlds = 400;
    let [held, naive] = [0, 0];
    for (let world = 0; world < worlds; world++) {
      // Each customer answers nearly always or hardly ever: 0.1 or 0.7, so 0.4 in truth.
      const actions = Array.from({ length: 16 }, (_, customer) => {
        const often = random() < 0.5 ? 0.1 : 0.7;
        return Array.from({ length: 15 }, (_, i) => action(day(i), customer, random() < often));
      }).flat();
      const { share, answered } = analyzeActions(actions, options).all;
      assert.ok('interval' in share);
      const isIn = ([low, high]: readonly [number, number]): number =>
        Number(low <= 0.4 && 0.4 <= high);
      held += isIn(share.interval);
      naive += isIn(wilsonInterval(answered, actions.length));
    }
    assert.ok(held / worlds > 0.93, `${held / worlds}`);
    assert.ok(naive / worlds < 0.75, `${naive / worlds}`);
  });
});
