import { dateOn } from '../calendar.js';
import { startStory, tellNightly, tellPast } from '../story.js';
import type { Telling } from '../telling.js';

const CENTRAL = {
  region: 'Central',
  owner: 'demo:rep:samira',
  service: 'demo:rep:ruth',
  engineer: 'demo:rep:gus',
} as const;
const SAMIRA = 'demo:rep:samira';
const RUTH = 'demo:rep:ruth';

const NORTHSTAR = 'demo:account:northstar-foods';
const KATZ = 'demo:contact:northstar-foods-1';

/** A meeting tomorrow, one without a note behind it, and the man who spoke for us is gone. */
export function tellTallgrass(seed: number): Telling {
  const story = startStory(seed, {
    key: 'tallgrass-dairy',
    name: 'Tallgrass Dairy',
    industry: 'Dairy',
    people: [
      {
        name: 'Margaret Poole',
        title: 'VP Operations',
        roles: ['economicBuyer'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Emmett Shaw',
        title: 'Plant manager',
        roles: ['user', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
        left: -6,
      },
      {
        name: 'Rekha Iyer',
        title: 'Finance director',
        roles: ['finance'],
        mayEmail: false,
        buysHow: 'both',
        joined: -9,
      },
    ],
    profile: {
      ...CENTRAL,
      city: 'Des Moines, Iowa',
      employees: 260,
      lines: 2,
      machines: ['l2-labeller'],
      software: [],
      plan: 'None',
      warmth: 0.65,
    },
  });
  const { did, set, opens } = story;
  tellPast(story, { until: -50, orders: -15 });
  const deal = opens(1, -48, {
    name: 'L3 labeller, the filling hall',
    kind: 'Machine',
    product: 'l3-labeller',
    amount: 76_000,
    closes: 45,
    who: ['Margaret', 'Emmett'],
    job: 'solution',
  });
  set(-33, '09:00', { stage: 'Evaluation' }, deal);
  did(-5, '13:00', 'meeting-held', {
    by: 'Margaret',
    to: ['Margaret', 'Rekha'],
    deal,
    data: { rep: SAMIRA, minutes: 50 },
  });
  did(-4, '10:00', 'meeting-booked', {
    by: 'Margaret',
    to: ['Margaret', 'Rekha'],
    deal,
    data: { startsAt: `${dateOn(1)}T18:00:00.000Z`, rep: SAMIRA },
  });
  did(-60, '11:00', 'survey-answered', { by: 'Margaret', data: { score: 8, text: 'As agreed.' } });
  tellNightly(story);
  set(0, '03:10', { walletGap: { amountMinor: 5_200_000, currency: 'USD' } });
  return story;
}

/** A group: its finance chief sits at the parent and decides for the daughter too, with one ledger for both. */
export function tellNorthstar(seed: number): readonly Telling[] {
  const parent = startStory(seed, {
    key: 'northstar-foods',
    name: 'Northstar Foods Group',
    industry: 'Food',
    people: [
      {
        name: 'Miriam Katz',
        title: 'Chief financial officer',
        roles: ['economicBuyer', 'finance'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Omar Haddad',
        title: 'Plant manager',
        roles: ['user'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Julia Stein',
        title: 'Packaging engineer',
        roles: ['technical', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...CENTRAL,
      owner: 'demo:rep:ines',
      city: 'Milwaukee, Wisconsin',
      employees: 2400,
      segment: 'Key',
      lines: 9,
      machines: ['l5-labeller', 'l5-labeller', 'l3-labeller', 'p4-printer', 'v2-vision'],
      software: ['line-view', 'recipe-vault'],
      plan: 'Total',
      planEnds: 120,
      warmth: 0.7,
      orderEvery: 12,
      orderSize: 9,
    },
    shared: { [KATZ]: 'demo:account:northstar-snacks' },
  });
  tellPast(parent, { until: -30, orders: -3 });
  const swap = parent.opens(1, -70, {
    name: 'L5 high-speed labeller, line 4',
    kind: 'Machine',
    product: 'l5-labeller',
    amount: 78_000,
    closes: 28,
    who: ['Miriam', 'Omar', 'Julia'],
    job: 'requirements',
  });
  parent.set(-50, '09:00', { stage: 'Evaluation' }, swap);
  parent.set(-21, '09:00', { stage: 'Proposal', job: 'validation', forecast: 'Best case' }, swap);
  parent.did(-20, '10:00', 'proposal-sent', {
    by: 'demo:rep:ines',
    to: ['Miriam'],
    deal: swap,
    data: { document: 'Proposal, L5 high-speed labeller, line 4' },
  });
  parent.did(-8, '14:00', 'email-received', {
    by: 'Julia',
    deal: swap,
    data: { text: 'How long would the line stand still?' },
  });
  parent.did(-8, '15:30', 'email-sent', {
    by: 'demo:rep:ines',
    to: ['Julia'],
    deal: swap,
    data: { subject: 'Re: Downtime' },
  });
  parent.did(-3, '09:30', 'call-made', {
    by: 'demo:rep:ines',
    to: ['Miriam'],
    deal: swap,
    data: { minutes: 8 },
  });
  parent.did(-40, '11:00', 'email-received', {
    by: 'Julia',
    data: { text: 'The reports are what I hoped for.' },
  });
  parent.did(-2, '10:30', 'survey-answered', {
    by: 'Julia',
    data: { score: 10, text: 'The best supplier on our floor.' },
  });
  // The line that was put in a year ago lost the gap twice.
  parent.set(-340, '09:00', { machineStartsOn: dateOn(-335) });
  const gap = { severity: 'medium', subject: 'sensor loses the gap', product: 'l5-labeller' };
  for (const [number, opened, closed] of [
    ['20391', -72, -70],
    ['20402', -27, -26],
  ] as const) {
    const about = { ...gap, case: number };
    parent.did(opened, '08:30', 'case-opened', { by: 'Omar', data: about });
    parent.set(opened, '08:31', { openCases: 1 });
    parent.did(closed, '15:00', 'case-closed', { by: RUTH, to: ['Omar'], data: about });
    parent.set(closed, '15:01', { openCases: 0 });
  }
  tellNightly(parent);

  const daughter = startStory(seed, {
    key: 'northstar-snacks',
    name: 'Northstar Snacks',
    industry: 'Food',
    people: [
      {
        name: 'Harold Jennings',
        title: 'Plant manager',
        roles: ['user', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...CENTRAL,
      owner: 'demo:rep:peter',
      parent: NORTHSTAR,
      city: 'Rockford, Illinois',
      employees: 310,
      lines: 2,
      machines: ['l3-labeller', 'l2-labeller'],
      software: [],
      plan: 'None',
      planEnds: -17,
      warmth: 0.55,
    },
    shared: { [KATZ]: NORTHSTAR },
  });
  const first = parent.log.facts.find(
    (fact) => fact.about[0] === KATZ && fact.type === 'record-changed',
  );
  tellPast(daughter, { until: -40, orders: -14 });
  const case_ = daughter.opens(1, -32, {
    name: 'V1 label check, line 1',
    kind: 'Upgrade',
    product: 'v1-vision',
    amount: 46_000,
    closes: 60,
    who: ['Harold'],
    job: 'problem',
  });
  daughter.set(-14, '09:00', { stage: 'Evaluation' }, case_);
  daughter.did(-12, '10:45', 'email-received', {
    by: 'Harold',
    deal: case_,
    data: { text: 'I want it. Miriam wants to see what it saves.' },
  });
  daughter.did(-11, '09:30', 'email-sent', {
    by: 'demo:rep:peter',
    to: ['Harold'],
    deal: case_,
    data: { subject: 'What it saves' },
  });
  daughter.log.happened(Number(first?.occurredAt ?? 0) + 30 * 86_400_000, 'email-sent', {
    by: 'demo:rep:peter',
    contacts: [KATZ],
    data: { subject: 'Your plans for the snacks plant' },
  });
  // A machine that nobody was trained on, and a case that we closed and they did not.
  daughter.did(-34, '07:30', 'delivery-made', { data: { product: 'l3-labeller' } });
  daughter.set(-40, '09:00', { machineStartsOn: dateOn(-27) });
  const skew = { case: '20411', severity: 'low', subject: 'labels skewed after changeover' };
  const about = { ...skew, product: 'l3-labeller' };
  daughter.did(-13, '10:20', 'case-opened', { by: 'Harold', data: about });
  daughter.set(-13, '10:21', { openCases: 1 });
  daughter.did(-9, '14:40', 'case-closed', { by: RUTH, to: ['Harold'], data: about });
  daughter.set(-9, '14:41', { openCases: 0 });
  tellNightly(daughter);
  return [parent, daughter];
}
