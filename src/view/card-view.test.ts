import { expect } from '@open-wc/testing';
import type { Card } from '../domain/decision.js';
import type { CardView } from '../domain/view.js';
import { toCardView } from './card-view.js';
import { arbitration, card, DANA, decision, MAYA, PLAYBOOK } from './fixtures.js';
import { createReading } from './reading.js';
import { ENGLISH } from './strings.js';

function view(change: Partial<Card> = {}, playbook = PLAYBOOK): CardView {
  return toCardView(card('silent-buyer', change), createReading(decision(), playbook, ENGLISH));
}

const fact = (label: string, change: Partial<Card>): string => {
  const found = view(change).facts.find((one) => one.label === label);
  return found ? `${found.strong} / ${found.text}` : 'none';
};

describe('a card in words', () => {
  it('has a title, a sentence, a folded line and what changed', () => {
    const { title, why, line, changed } = view();
    expect([title, why, line]).to.deep.equal([
      'Call Dana Ruiz about the renewal',
      'She signs it.',
      'No reply for 14 days.',
    ]);
    expect(changed).to.deep.equal({ text: 'No reply for 14 days', when: 'today 08:05' });
  });

  it('draws what is against what is usual, and says what the tick is', () => {
    const changed = { text: ['No reply for 14 days'], at: '2026-11-19T16:05:00Z', actual: 14 };
    const compared = ['Won deals like this average 4'];
    expect(view({ changed: { ...changed, required: 4, compared } }).changed).to.deep.include({
      scale: { kind: 'gap', dot: 1, tick: 4 / 14 },
      compared: 'Won deals like this average 4',
    });
    const days = { ...changed, unit: 'days' };
    expect(view({ changed: { ...days, required: 7 } }).changed?.compared).to.equal(
      'Shows from 7 days on',
    );
    expect(view({ changed: { ...days, required: 30 } }).changed?.compared).to.equal(
      'Shows at 30 days or less',
    );
    expect(view({ changed: { ...days, required: 14 } }).changed).to.not.have.any.keys(
      'scale',
      'compared',
    );
    expect(view({ changed: { ...changed, trueSinceBefore: true } }).changed?.when).to.equal(
      'true since before',
    );
  });

  it('calls the buyer by the first name where that is one, and opens the phone', () => {
    expect(view().primary).to.deep.equal({
      kind: 'call',
      label: 'Call Dana',
      description: 'Opens your phone and logs the call',
      href: 'tel:+15035550142',
    });
    const label = (name: string): string =>
      view({ action: { kind: 'call', minutes: 5, contact: { id: DANA, name } } }).primary.label;
    expect(label('Dr. Ada Osei')).to.equal('Call Dr. Ada Osei');
    expect(label('Wu Lin')).to.equal('Call Wu Lin');
    expect(view({ action: { kind: 'call', minutes: 5 } }).primary.label).to.equal('Call the buyer');
  });

  it('opens a mail or a page, and nothing that could run', () => {
    const href = (action: Partial<Card['action']>): string | undefined =>
      view({ action: { kind: 'email', minutes: 5, ...action } }).primary.href;
    const contact = { id: DANA, name: 'Dana', email: 'dana+crm@kestrel.example' };
    expect(href({ contact })).to.equal('mailto:dana+crm@kestrel.example');
    expect(href({ contact: { ...contact, email: 'a@b?bcc=all@x.example' } })).to.equal(undefined);
    expect(href({ link: 'https://example.com/order' })).to.equal('https://example.com/order');
    expect(href({ link: 'javascript:alert(1)' })).to.equal(undefined);
    expect(href({ kind: 'call', contact: { id: DANA, phone: 'x:1' } })).to.equal(undefined);
  });

  it('says which touch of the buyer this would be, and nothing of it where it is exempt', () => {
    expect(view().touches).to.deep.equal({
      text: 'Dana: this would be touch 2 of 3 in 7 days',
      used: 1,
      limit: 3,
    });
    expect(view({ mandatory: true }).touches).to.equal(undefined);
    expect(view({ buyerRequested: true }).touches).to.equal(undefined);
  });

  it('names the goal that decided, where it stands, and what leading with it puts off', () => {
    const goal = card('x').goal;
    expect(fact('Goal', {})).to.equal('Keep customers / Comes first: 91%, above our floor of 90%');
    expect(fact('Goal', { rank: 2 })).to.equal('Keep customers / 91%, above our floor of 90%');
    if (!goal) throw new Error('the fixture has a goal');
    expect(fact('Goal', { goal: { ...goal, level: 0.82 } })).to.equal(
      'Keep customers / Comes first: 82%, below our floor of 90%',
    );
    expect(fact('Goal', { rank: 2, goal: { ...goal, level: 0.97, target: 0.95 } })).to.equal(
      'Keep customers / 97%, at or above our target of 95%',
    );
    const { level: _, ...unknown } = goal;
    expect(fact('Goal', { goal: unknown })).to.equal(
      'Keep customers / Its level here is not known',
    );
    expect(fact('Goal', { mandatory: true })).to.equal(
      'Required / Comes first, whatever the goals',
    );
    expect(fact('Goal', { buyerRequested: true })).to.equal(
      'Keep customers / The buyer asked for it',
    );
    const deferred = {
      play: 'upsell',
      title: ['Offer the L5 labeller'],
      goal: 'revenue',
      value: 4_000_000,
      unit: 'money',
    };
    expect(fact('Puts off', { deferred })).to.equal('Offer the L5 labeller / $40,000 for Revenue');
  });

  it('calls a number that nobody measured the figure of its author', () => {
    expect(fact('Worth', {})).to.equal(
      '$31,000 if the buyer acts / The author’s figure, nothing is measured yet',
    );
    expect(fact('Chance', {})).to.equal(
      'No number yet / The author of the play expects about 30 in 100',
    );
  });

  it('tells a measured number with its range and from how many', () => {
    const measured = arbitration({
      propensity: { rate: 0.3, sampleSize: 412, low: 0.11, high: 0.49 },
    });
    const { facts } = view({ arbitration: measured });
    const [, worth, chance] = facts;
    expect([worth?.strong, worth?.text]).to.deep.equal([
      'About $9,200 expected',
      'Likely $3,400 to $15,000',
    ]);
    expect(worth?.scale?.high).to.equal(0.75);
    expect([chance?.strong, chance?.text]).to.deep.equal([
      'About 30 in 100 act on it',
      'From 412 similar cases',
    ]);
  });

  it('says what another goal pays for it', () => {
    const goals = [
      ...arbitration().goals,
      { goal: 'calm', label: 'Satisfaction', share: -1, weight: 1, credit: 1, value: -0.2 },
    ];
    expect(fact('Worth', { arbitration: arbitration({ goals }) })).to.equal(
      '$31,000 if the buyer acts / The author’s figure, nothing is measured yet. Costs 0.2 of Satisfaction',
    );
  });

  it('puts the strongest evidence first, quotes words, and names who said them', () => {
    const at = '2026-11-05T12:00:00Z';
    const { evidence } = view({
      evidence: [
        {
          text: ['A note'],
          quote: 'The budget is <b>approved</b>',
          grade: 'claimed',
          type: 'note-added',
          at,
          by: { id: MAYA, name: 'Tom Okafor' },
        },
        { text: ['Orders fell 18%'], grade: 'observed', type: 'order-returned', at },
        { text: ['Dana asked'], grade: 'buyer-verified', type: 'email-received', at },
      ],
    });
    expect(evidence.map(({ text, gradeLabel, meta }) => [text, gradeLabel, meta])).to.deep.equal([
      ['Dana asked', 'Buyer-verified', 'email, 5 Nov'],
      ['Orders fell 18%', 'Observed', 'order returned, 5 Nov'],
      ['“The budget is <b>approved</b>”', 'Claimed', 'Tom Okafor, note, 5 Nov'],
    ]);
  });

  it('fills the holes of material, and drops a link that could run something', () => {
    const { contents } = view({
      contents: [
        {
          id: 'talk',
          title: 'Talk track',
          kind: 'talk-track',
          revision: 2,
          matched: [],
          values: { 'opportunity.closeDate': { value: '2026-12-11', type: 'date' } },
          body: [
            {
              type: 'paragraph',
              children: [
                { type: 'text', text: 'Your plan ends on ' },
                { type: 'hole', attribute: 'opportunity.closeDate' },
                { type: 'hole', attribute: 'account.city', otherwise: ' soon' },
                {
                  type: 'link',
                  href: 'javascript:x()',
                  children: [{ type: 'text', text: '.' }],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(contents[0]).to.deep.include({
      meta: '',
      folded: false,
      copyText: 'Your plan ends on Fri 11 Dec soon.',
    });
    expect(JSON.stringify(contents)).to.not.contain('javascript');
  });

  it("offers the playbook's reasons between two that are always there, and says how far they reach", () => {
    expect(view().reasons.map(({ label }) => label)).to.deep.equal([
      'Already done',
      'Wrong person',
      'Bought elsewhere',
      'Another reason',
    ]);
    expect(view().reasonsNote).to.equal(
      'Hides this for Kestrel Foods only. Your team keeps the play.',
    );
    const twice = { id: 'alreadyDone', label: 'Already done', scope: 'record' } as const;
    expect(view({ reasons: [twice] }).reasons.map(({ id }) => id)).to.deep.equal([
      'already-done',
      'other',
    ]);
    const [mine, ours] = PLAYBOOK.reasons;
    if (!mine || !ours) throw new Error('the fixture has two reasons');
    expect(view({ reasons: [mine] }).reasonsNote).to.equal(
      'Hides this for you, on Kestrel Foods only.',
    );
    expect(view({ reasons: [ours] }).reasonsNote).to.equal(
      'Hides this for everybody, on Kestrel Foods only.',
    );
  });

  it('offers three weeks of working days, without holidays and days gone by', () => {
    const { snooze } = view();
    expect(snooze.weekdays).to.deep.equal(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']);
    expect(snooze.days).to.have.length(15);
    expect(snooze.days.filter(({ enabled }) => enabled).map(({ label }) => label)).to.deep.equal([
      '20',
      '23',
      '24',
      '25',
      '30',
      '1 Dec',
      '2',
      '3',
      '4',
    ]);
    expect(snooze.days[6]?.fullLabel).to.equal('Tuesday 24 November');
    expect([snooze.earliest, snooze.latest, snooze.suggested]).to.deep.equal([
      '2026-11-20',
      '2027-11-19',
      '2026-12-07',
    ]);
  });

  it('begins the week on Sunday where people work from Sunday to Thursday', () => {
    const { snooze } = view({}, { ...PLAYBOOK, workdays: [7, 1, 2, 3, 4] });
    expect(snooze.weekdays).to.deep.equal(['Sun', 'Mon', 'Tue', 'Wed', 'Thu']);
    // Of the week of Thursday 19 November no working day is left.
    expect(snooze.days[0]?.date).to.equal('2026-11-22');
  });

  it('survives a name of a megabyte and control characters', () => {
    const name = `${'<img src=x onerror=alert(1)>\u202e'.repeat(40_000)}`;
    const { title, primary } = view({
      title: ['Call ', { value: name, type: 'text' }],
      action: { kind: 'call', minutes: 5, contact: { id: DANA, name } },
    });
    expect(title.length).to.be.lessThan(320);
    expect(primary.label.length).to.be.lessThan(80);
    expect(title + primary.label).to.not.contain('\u202e');
  });
});
