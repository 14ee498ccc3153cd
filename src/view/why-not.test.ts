import { expect } from '@open-wc/testing';
import type { HistoryEntry } from '../domain/agent.js';
import type { Condition, Explanation } from '../domain/condition.js';
import type { Verdict } from '../domain/decision.js';
import type { AttributeValue } from '../domain/value.js';
import {
  ACCOUNT,
  arbitration,
  card,
  decision,
  MAYA,
  PLAYBOOK,
  play,
  TOM,
  verdict,
} from './fixtures.js';
import { toLifeText } from './life-text.js';
import { toHistory } from './lists.js';
import { createReading } from './reading.js';
import { ENGLISH } from './strings.js';
import { toWhyNot, toWhyNotItem } from './why-not.js';

function say(change: Partial<Verdict>, shown = [card('silent-buyer')]): string[] {
  const reading = createReading(decision({ shown }), PLAYBOOK, ENGLISH);
  const item = toWhyNotItem(verdict(change), reading);
  return [
    item.need.map(({ text, strong }) => (strong ? `*${text}*` : text)).join(''),
    ...(item.touches ? [item.touches.text] : []),
    item.change,
  ];
}

function test(condition: Condition, actual?: AttributeValue, truth = false): Explanation {
  return { condition, truth, ...(actual !== undefined && { actual }) };
}

const replies = { attribute: 'opportunity.replies', range: { gte: 2 } };
const stage = { attribute: 'opportunity.stage', in: ['evaluation', 'negotiation'] };

describe('why not, in words', () => {
  it('tells actual against required and the smallest change', () => {
    expect(
      say({
        condition: test(replies, 0),
        change: [{ attribute: 'opportunity.replies', from: 0, to: 2, range: { gte: 2 } }],
      }),
    ).to.deep.equal(['Replies in 14 days: *0*, needs *2 or more*', 'Shows after 2 more.']);
    expect(
      say({
        condition: test(stage, 'won'),
        change: [{ attribute: 'opportunity.stage', from: 'won', to: 'evaluation' }],
      }),
    ).to.deep.equal([
      'Stage: *won*, needs *Evaluation or Negotiation*',
      'Shows when Stage is Evaluation.',
    ]);
    const since = { attribute: 'opportunity.daysSinceBuyerReply', range: { gte: 14 } };
    expect(
      say({ condition: test(since, 13), change: [{ ...since, from: 13, to: 14 }] })[1],
    ).to.equal('Shows after one more day, if nothing changes.');
  });

  it('draws the distance with the tick at the same place every time', () => {
    const reading = createReading(decision(), PLAYBOOK, ENGLISH);
    const scale = (needed: number, actual: number): unknown =>
      toWhyNotItem(
        verdict({
          condition: test({ attribute: 'opportunity.replies', range: { gte: needed } }, actual),
        }),
        reading,
      ).scale;
    expect(scale(2, 1)).to.deep.equal({ kind: 'need', dot: 0.36, tick: 0.72 });
    expect(scale(20, 5)).to.deep.equal({ kind: 'need', dot: 0.18, tick: 0.72 });
    expect(scale(0, 1)).to.equal(undefined);
  });

  it('finds the parts that failed in groups, and turns what stands under "not"', () => {
    const city = { attribute: 'account.city', textIn: ['portland'] };
    const both: Explanation = {
      truth: false,
      condition: { all: [replies, stage, city] },
      parts: [test(replies, 0), test(stage, 'evaluation', true), test(city)],
    };
    expect(say({ condition: both })[0]).to.equal(
      'Replies in 14 days: *0*, needs *2 or more*. City: *not known*, needs *portland*',
    );
    const either: Explanation = { ...both, condition: { any: [replies, city] } };
    expect(say({ condition: either })[0]).to.contain('2 or more*, or City');
    const escalated = { attribute: 'account.openEscalation', in: [true] };
    const not: Explanation = {
      truth: false,
      condition: { not: escalated },
      parts: [test(escalated, true, true)],
    };
    expect(say({ condition: not })[0]).to.equal('Open escalation: *yes*, needs *no*');
  });

  it('has words for every kind of test', () => {
    const needs = (condition: Condition, actual?: AttributeValue): string | undefined =>
      say({ condition: test(condition, actual) })[0];
    const brands = 'account.brands';
    expect(needs({ attribute: brands, hasAll: ['halden', 'larkeye'] }, ['halden'])).to.equal(
      'Brands: *Halden*, needs *Halden and Larkeye*',
    );
    expect(needs({ attribute: brands, hasNone: ['halden'] }, ['halden'])).to.equal(
      'Brands: *Halden*, needs *anything but Halden*',
    );
    expect(needs({ attribute: 'account.city', startsWith: 'port' }, 'Salem')).to.equal(
      'City: *Salem*, needs *text that begins with port*',
    );
    expect(needs({ attribute: 'account.city', missing: true }, 'Salem')).to.equal(
      'City: *Salem*, noted already',
    );
    expect(needs({ attribute: 'account.city', missing: false })).to.equal(
      'City: *not known*, needs *a value*',
    );
    expect(needs({ attribute: 'account.city', inAttribute: 'account.brands' }, 'Salem')).to.equal(
      'City: *Salem*, needs *the same as Brands*',
    );
    const range = { gt: 1_000_000, lte: 5_000_000 };
    expect(needs({ attribute: 'opportunity.amount', range }, 900_000)).to.equal(
      'Amount: *$9,000*, needs *more than $10,000 and $50,000 or less*',
    );
    expect(needs({ has: 'opportunity', where: stage })).to.equal(
      'Needs *a deal* that fits: there is none',
    );
    expect(needs({ attribute: 'opportunity.somethingNew', in: [1] }, 2)).to.contain(
      'SomethingNew: *2*',
    );
  });

  it('says margin and the price that would do', () => {
    const margin = {
      rate: 0.11,
      required: 0.18,
      priceMinor: 3_800_000,
      neededPriceMinor: 4_125_000,
    };
    expect(say({ stage: 'profit-gate', margin })).to.deep.equal([
      'Margin after cost to serve: *11%*, needs *18%*',
      'Shows at a price of $41,250, now $38,000.',
    ]);
  });

  it('names who used the touches and when one frees, and a colleague the asker may not know', () => {
    const at = (text: string): number => Date.parse(text);
    const touches = [
      { id: '1', at: at('2026-11-16T20:00:00Z'), channel: 'call', by: TOM },
      { id: '2', at: at('2026-11-17T20:00:00Z'), channel: 'email', by: MAYA },
      { id: '3', at: at('2026-11-18T20:00:00Z'), channel: 'mailing', by: 'demo:rep:hidden' },
    ];
    expect(
      say({
        stage: 'contact-policy',
        ledger: { used: 3, limit: 3, days: 7, touches },
        until: '2026-11-23T08:00:00Z',
      }),
    ).to.deep.equal([
      'Touches in 7 days: *3*, at most *3*',
      'call by Tom Okafor 16 Nov; email by you 17 Nov; mailing by a colleague 18 Nov',
      'Shows on Mon 23 Nov, 7 days after the call of 16 Nov.',
    ]);
  });

  it('says that a higher goal holds the free touch', () => {
    const outbid = { play: 'silent-buyer', priority: 4 };
    expect(
      say({ stage: 'contact-policy', ledger: { used: 2, limit: 3, days: 7, touches: [], outbid } }),
    ).to.deep.equal([
      'The free touch is held for “Call Dana Ruiz about the renewal”, which serves a higher goal now.',
      'Shows when that one is answered or withdrawn.',
    ]);
  });

  it('says which goal decided, a floor first', () => {
    const behind = { play: 'silent-buyer', lacks: 1.2, why: 'ranked-lower' } as const;
    expect(say({ stage: 'arbitration', arbitration: arbitration({ behind }) })).to.deep.equal([
      'Priority: *3.1*, needs *4.3*',
      '“Call Dana Ruiz about the renewal” comes first: Keep customers counts more now.',
    ]);
    const same = { ...behind, why: 'same-action' } as const;
    expect(say({ stage: 'arbitration', arbitration: arbitration({ behind: same }) })[0]).to.equal(
      'One card of this action is enough, and “Call Dana Ruiz about the renewal” comes first.',
    );
    const goals = [
      {
        goal: 'retention',
        label: 'Keep customers',
        share: -1,
        weight: 1,
        credit: 1,
        value: -1,
        unit: 'rate',
        level: 0.82,
        floor: 0.9,
      },
    ];
    expect(
      say({
        stage: 'arbitration',
        arbitration: arbitration({ goals, vetoedBy: 'retention' }),
      }),
    ).to.deep.equal([
      'It would hurt Keep customers: *82%*, our floor is *90%*',
      'Shows when Keep customers is back at 90%.',
    ]);
  });

  it('says what was answered before, by whom, and when it may come back', () => {
    expect(
      say({
        stage: 'answered',
        answered: {
          kind: 'not-relevant',
          reason: 'bought-elsewhere',
          asker: TOM,
          at: '2026-11-02T20:00:00Z',
        },
        until: '2027-01-31T08:00:00Z',
      }),
    ).to.deep.equal([
      'Hidden by Tom Okafor, 2 Nov: Bought elsewhere',
      'Shows on 31 Jan 2027, if it still holds.',
    ]);
  });

  it('says where a play stands that nothing calls for, where that is news', () => {
    const reading = createReading(decision(), PLAYBOOK, ENGLISH);
    const life = (life: Verdict['life']): string | undefined =>
      toWhyNotItem(verdict({ stage: 'trigger', ...(life && { life }) }), reading).life;
    const at = '2026-11-02T20:00:00Z';
    const until = '2026-12-12T08:00:00Z';
    expect(
      life({ state: 'done', since: at, until, answered: { kind: 'done', asker: MAYA, at } }),
    ).to.equal('Done by you, 2 Nov; rests until Sat 12 Dec');
    expect(life({ state: 'spent', since: at, ended: 'expired' })).to.equal(
      'Expired 2 Nov. Opens again only after it was not so for once.',
    );
    expect(life({ state: 'armed', since: at, ended: 'no-longer-true' })).to.equal(
      'Withdrawn 2 Nov. Armed: opens as soon as it is so.',
    );
    expect(life({ state: 'armed' })).to.equal(undefined);
    expect(toLifeText({ state: 'armed' }, reading)).to.equal('Armed: opens as soon as it is so.');
    expect(toLifeText({ state: 'open', since: at, until }, reading)).to.equal(
      'Open since 2 Nov, until Sat 12 Dec at the latest.',
    );
  });

  it('tells in the history who answered what, and until when it rests', () => {
    const entry: HistoryEntry = {
      at: Date.parse('2026-11-02T20:00:00Z'),
      type: 'answered',
      play: 'silent-buyer',
      record: ACCOUNT,
      opening: 'opening',
      title: ['Call Dana'],
      text: [],
      asker: TOM,
      askerName: 'Tom Okafor',
    };
    const meta = (more: Partial<HistoryEntry>): string | undefined =>
      toHistory([{ ...entry, ...more }], createReading(decision(), PLAYBOOK, ENGLISH)).steps[0]
        ?.meta;
    const restsUntil = Date.parse('2026-12-12T08:00:00Z');
    expect(meta({ response: 'done', restsUntil })).to.equal(
      'Done by Tom Okafor, 2 Nov; rests until Sat 12 Dec',
    );
    expect(meta({ response: 'snooze', restsUntil, asker: MAYA })).to.equal(
      'Snoozed by you, 2 Nov; rests until Sat 12 Dec',
    );
    expect(meta({ response: 'not-relevant', text: ['Bought elsewhere'] })).to.equal(
      'Hidden by Tom Okafor, 2 Nov: Bought elsewhere',
    );
    expect(meta({ response: 'done', restsUntil: 1 })).to.equal('Done by Tom Okafor, 2 Nov');
    expect(meta({ response: 'done', restsUntil, undone: true })).to.equal('Taken back 2 Nov');
  });

  it('tells of the holdout, of another audience and of an event that has not come', () => {
    expect(say({ stage: 'holdout' })).to.deep.equal([
      '1 in 10 accounts goes without it, drawn by lot.',
      'Nothing changes that while we measure.',
    ]);
    const playbook = {
      ...PLAYBOOK,
      plays: [
        play('for-partners', { for: 'partner' }),
        play('on-arrival', { trigger: { event: 'contact-joined' } }),
      ],
    };
    const reading = createReading(decision(), playbook, ENGLISH);
    const need = (change: Partial<Verdict>): string | undefined =>
      toWhyNotItem(verdict(change), reading).need[0]?.text;
    expect(need({ play: 'for-partners', stage: 'audience' })).to.equal('It is for partners.');
    expect(need({ play: 'on-arrival', stage: 'trigger' })).to.equal('Waits for: contact joined.');
  });

  it('groups by stage, what waits for an event last, and counts what is not shown', () => {
    const stages = ['shown', 'trigger', 'arbitration', 'eligibility', 'eligibility'] as const;
    const verdicts = stages.map((one) => verdict({ stage: one }));
    const view = toWhyNot(createReading(decision({ verdicts }), PLAYBOOK, ENGLISH));
    expect(view.count).to.equal('4 not shown');
    expect(view.groups.map(({ title, items }) => [title, items.length])).to.deep.equal([
      ['Not allowed', 2],
      ['Ranked lower', 1],
      ['Nothing calls for it yet', 1],
    ]);
  });
});
