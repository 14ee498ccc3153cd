import { expect } from '@open-wc/testing';
import type { Changed } from '../domain/decision.js';
import type { Appointment, Pattern } from '../domain/pattern.js';
import type { Trigger } from '../domain/playbook.js';
import { toCardView } from './card-view.js';
import { card, decision, PLAYBOOK, play, verdict } from './fixtures.js';
import { createReading } from './reading.js';
import { ENGLISH } from './strings.js';
import { toWhyNotItem } from './why-not.js';

const prices = { event: 'page-visited', where: { attribute: 'event.page', in: ['prices'] } };
const call = [{ event: 'call-made' }, { event: 'call-received' }, { event: 'meeting-held' }];
const NO_CALL: Pattern = {
  sequence: [{ one: [{ event: 'proposal-sent' }] }, { no: call, within: { workdays: 2 } }],
};
const PRICES: Pattern = { count: 3, of: [prices], within: { days: 7 } };
const BACK: Pattern = {
  sequence: [
    { no: [{ event: 'email-received' }], within: { days: 30 } },
    { one: [{ event: 'email-received' }] },
    { no: [{ event: 'case-opened' }] },
    { one: [{ event: 'purchase' }] },
  ],
  within: { days: 7 },
};
const TRIO: Pattern = {
  all: [[{ event: 'trial-started' }], [prices], [{ event: 'survey-answered' }]],
  within: { days: 30 },
  without: [{ event: 'case-opened' }],
};
const FIRST: Pattern = {
  first: [{ event: 'purchase', where: { attribute: 'event.product', in: ['l3-labeller'] } }],
};
const SOON: Appointment = {
  before: { ms: 1_800_000 },
  time: 'startsAt',
  of: [{ event: 'meeting-booked' }],
};
const product = { id: 'l3-labeller', label: 'L3 labeller', priceMinor: 100, attributes: {} };

function readingOf(trigger: Trigger) {
  const plays = [play('waits', { trigger })];
  return createReading(decision(), { ...PLAYBOOK, products: [product], plays }, ENGLISH);
}

const waits = (trigger: Trigger): string =>
  toWhyNotItem(
    { play: 'waits', record: verdict({}).record, title: ['It'], stage: 'trigger' },
    readingOf(trigger),
  )
    .need.map(({ text }) => text)
    .join('');

function changed(trigger: Trigger, change: Partial<Changed>): string | undefined {
  const told: Changed = {
    text: [{ value: 'proposal-sent', type: 'text', unit: 'fact-type' }],
    at: '2026-11-17T23:10:00Z',
    ...change,
  };
  return toCardView(card('waits', { changed: told }), readingOf(trigger)).changed?.text;
}
const on = (type: string, day: number) => ({ type, at: `2026-11-${day}T20:00:00Z` });

describe('what a play waits for', () => {
  it('says a pattern in plain words, with its lengths of time', () => {
    expect(waits({ pattern: NO_CALL })).to.equal(
      'Waits for: proposal sent, then no call or meeting within 2 working days.',
    );
    expect(waits({ pattern: PRICES })).to.equal(
      'Waits for: page looked at (prices), 3 times within 7 days.',
    );
    expect(waits({ pattern: BACK })).to.equal(
      'Waits for: no email from them for 30 days, then email received, then no case meanwhile, then order, all within 7 days.',
    );
    expect(waits({ pattern: TRIO })).to.equal(
      'Waits for: trial started, page looked at (prices), and survey answered, all within 30 days, and no case meanwhile.',
    );
    expect(waits({ pattern: FIRST })).to.equal('Waits for: the first order (L3 labeller).');
    expect(waits({ pattern: { ...BACK, strict: true } })).to.contain('with nothing in between');
  });

  it('says what is compared with an earlier event, also of what must not come', () => {
    const lower: Pattern = {
      sequence: [
        { one: [{ event: 'proposal-sent' }] },
        {
          one: [
            {
              event: 'proposal-sent',
              compare: [
                { field: 'amount', is: 'lt', step: 0, of: 'amount' },
                { field: 'product', is: 'eq', step: 0, of: 'product' },
              ],
            },
          ],
        },
        {
          no: [
            {
              event: 'email-received',
              compare: [{ field: 'contact', is: 'ne', step: 0, of: 'contact' }],
            },
          ],
          within: { days: 3 },
        },
      ],
      within: { days: 30 },
    };
    expect(waits({ pattern: lower })).to.equal(
      'Waits for: proposal sent, then proposal sent (lower amount than proposal and same product as proposal), then no email from them (other contact than proposal) within 3 days, all within 30 days.',
    );
  });

  it('says a moment by its distance: minutes, hours, working days', () => {
    expect(waits({ at: SOON })).to.equal(
      'Waits for: 30 minutes before the start of the next meeting.',
    );
    const { before: _, ...at } = SOON;
    expect(waits({ at: { ...at, after: { ms: 7_200_000 }, time: 'endsAt' } })).to.equal(
      'Waits for: 2 hours after the end of the next meeting.',
    );
    expect(waits({ at: { ...at, before: { workdays: 1 }, time: 'when' } })).to.equal(
      'Waits for: 1 working day before the time of the next meeting.',
    );
  });

  it('says a type of activity that an attribute holds as an activity', () => {
    const facts = { types: ['meeting-held', 'note-added'] };
    const playbook = {
      ...PLAYBOOK,
      attributes: [
        {
          id: 'account.lastWord',
          label: 'Last word',
          type: 'text',
          of: 'account',
          derive: { op: 'last', facts, field: 'type' },
        },
      ] as const,
    };
    const condition = { attribute: 'account.lastWord', textIn: ['meeting-held'] };
    const item = toWhyNotItem(
      verdict({ condition: { truth: false, condition, actual: 'note-added' } }),
      createReading(decision(), playbook, ENGLISH),
    );
    expect(item.need.map(({ text }) => text).join('')).to.equal(
      'Last word: note added, needs meeting held',
    );
  });

  it('says an event with the values that its fields must have', () => {
    expect(waits(prices)).to.equal('Waits for: page looked at (prices).');
    expect(waits({ event: 'contact-joined' })).to.equal('Waits for: contact joined.');
  });
});

describe('what changed, of a pattern, a moment or a machine', () => {
  it('tells what happened when, and what did not', () => {
    expect(changed({ pattern: NO_CALL }, { matched: [on('proposal-sent', 13)] })).to.equal(
      'Proposal sent 13 Nov, no call or meeting since',
    );
    const visits = [on('page-visited', 16), on('page-visited', 17), on('page-visited', 18)];
    expect(changed({ pattern: PRICES }, { matched: visits })).to.equal(
      'Page looked at (prices), 3 times since 16 Nov',
    );
    expect(
      changed({ pattern: BACK }, { matched: [on('email-received', 16), on('purchase', 18)] }),
    ).to.equal('No email from them for 30 days, then email received 16 Nov, then order 18 Nov');
    expect(
      changed({ pattern: TRIO }, { matched: [on('trial-started', 10), on('page-visited', 12)] }),
    ).to.equal('Trial started 10 Nov and page looked at (prices) 12 Nov');
    expect(changed({ pattern: FIRST }, { matched: [on('purchase', 18)] })).to.equal(
      'The first order (L3 labeller) 18 Nov',
    );
  });

  it('tells the moment in the company zone, whether it names a zone, none, or a day', () => {
    const at = { at: SOON };
    expect(changed(at, { moment: '2026-11-19T18:45:00Z' })).to.equal('Meeting today 10:45');
    expect(changed(at, { moment: '2026-11-19T10:45' })).to.equal('Meeting today 10:45');
    expect(changed(at, { moment: '2026-11-20' })).to.equal('Meeting Fri 20 Nov');
    expect(changed(at, { moment: 'soon' })).to.equal('Proposal sent');
    expect(changed({ event: 'proposal-sent' }, {})).to.equal('Proposal sent');
  });

  it('tells the state of a machine with the one before', () => {
    const from = { value: 'slow', type: 'choice', labels: ['Slowing down'] } as const;
    expect(changed({ opened: true }, { text: ['Health: Stalled'], from })).to.equal(
      'Health: Stalled (before: Slowing down)',
    );
  });
});

describe('why not, for the state of a machine', () => {
  const state = (id: string, label: string) => ({ id, label });
  const values = [
    state('fresh', 'First order'),
    state('quiet', 'Gone quiet'),
    state('former', 'Former'),
  ];
  const playbook = {
    ...PLAYBOOK,
    attributes: [
      {
        id: 'account.lifecycle',
        label: 'Lifecycle',
        type: 'choice',
        of: 'account',
        machine: true,
        values,
      },
    ] as const,
    machines: [
      {
        id: 'lifecycle',
        label: 'Lifecycle',
        of: 'account',
        initial: 'customer',
        file: 'machines/lifecycle.yaml',
        states: [
          { id: 'customer', label: 'Customer', initial: 'fresh', states: values.slice(0, 2) },
          { id: 'former', label: 'Former' },
        ],
      },
    ] as const,
  };
  const need = (states: readonly string[], actual: string): string =>
    toWhyNotItem(
      verdict({
        stage: 'trigger',
        condition: {
          truth: false,
          condition: { attribute: 'account.lifecycle', in: states },
          actual,
        },
      }),
      createReading(decision(), playbook, ENGLISH),
    )
      .need.map(({ text }) => text)
      .join('');

  it('names the machine and the state, and a state with states inside by its own label', () => {
    expect(need(['quiet'], 'fresh')).to.equal('Lifecycle: First order, needs Gone quiet');
    expect(need(['fresh', 'quiet'], 'former')).to.equal('Lifecycle: Former, needs Customer');
    expect(need(['quiet', 'former'], 'fresh')).to.equal(
      'Lifecycle: First order, needs Gone quiet or Former',
    );
  });
});
