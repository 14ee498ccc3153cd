import { startStory, tellNightly, tellPast } from '../story.js';
import type { Telling } from '../telling.js';

/** The account a visitor sees first: a renewal gone quiet, a proposal that is read, a case that hurts. */
export function tellKestrel(seed: number): Telling {
  const story = startStory(seed, {
    key: 'kestrel-foods',
    name: 'Kestrel Foods',
    industry: 'Food',
    people: [
      {
        name: 'Dana Ruiz',
        title: 'VP Operations',
        roles: ['economicBuyer'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Priya Nair',
        title: 'Finance director',
        roles: ['finance'],
        mayEmail: true,
        buysHow: 'both',
      },
      {
        name: 'Lena Brandt',
        title: 'Plant manager',
        roles: ['user', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Marcus Cole',
        title: 'Plant engineer',
        roles: ['technical'],
        joined: -2,
        mayEmail: false,
        buysHow: 'both',
      },
    ],
    profile: {
      region: 'West',
      city: 'Portland, Oregon',
      employees: 640,
      segment: 'Key',
      owner: 'demo:rep:maya',
      service: 'demo:rep:tom',
      engineer: 'demo:rep:arne',
      customerSince: -2803,
      paymentDays: 30,
      lines: 3,
      machines: ['l3-labeller', 'l3-labeller', 'l2-labeller', 'v1-vision'],
      software: [],
      plan: 'Total',
      planEnds: 22,
      preferredBrands: ['Halden', 'Larkeye'],
      warmth: 0.72,
      orderSize: 4,
      orderEvery: 22,
    },
  });
  const { did, set, order, opens } = story;
  const MAYA = 'demo:rep:maya';
  const TOM = 'demo:rep:tom';
  tellPast(story, { until: -30, orders: -370 });

  // $312,400 in twelve months: four plans, 66 rolls and some small things; 14 rolls in 90 days after 17 before.
  order(-345, 'plan-total', 4, 'Dana');
  for (const [day, rolls] of [
    [-355, 4],
    [-333, 4],
    [-311, 4],
    [-289, 5],
    [-267, 5],
    [-243, 4],
    [-222, 5],
    [-201, 4],
  ] as const)
    order(day, 'label-rolls', rolls, 'Lena');
  order(-331, 'ribbons', 3, 'Lena');
  order(-241, 'ribbons', 3, 'Lena');
  order(-288, 'care-kit', 1, 'Lena');
  for (const [day, rolls] of [
    [-171, 4],
    [-149, 5],
    [-127, 4],
    [-104, 4],
    [-79, 4],
    [-57, 4],
    [-36, 3],
    [-15, 3],
  ] as const)
    order(day, 'label-rolls', rolls, 'Lena');
  did(-150, '14:10', 'survey-answered', {
    by: 'Lena',
    data: { score: 7, text: 'Works. Reports could be easier.' },
  });

  const renewal = opens(1, -52, {
    name: 'Service plan renewal 2027',
    kind: 'Renewal',
    product: 'plan-total',
    amount: 84_000,
    closes: 22,
    who: ['Dana', 'Priya'],
    job: 'validation',
    forecast: 'Best case',
  });
  did(-51, '10:05', 'email-sent', {
    by: MAYA,
    to: ['Dana'],
    deal: renewal,
    data: { subject: 'Your plan for 2027' },
  });
  did(-50, '08:40', 'email-received', {
    by: 'Dana',
    deal: renewal,
    data: { subject: 'Re: Your plan for 2027', text: 'Let us look at it after the harvest run.' },
  });
  set(-38, '09:00', { stage: 'Evaluation' }, renewal);
  did(-31, '11:00', 'call-made', {
    by: MAYA,
    to: ['Dana'],
    deal: renewal,
    data: {
      minutes: 14,
      text: 'Stoppages went from six a month to two. She wants to keep the plan.',
    },
  });
  set(-24, '09:00', { stage: 'Proposal' }, renewal);
  did(-16, '13:30', 'meeting-held', {
    by: 'Dana',
    to: ['Dana', 'Priya'],
    deal: renewal,
    data: { rep: MAYA, minutes: 45 },
  });
  did(-16, '16:05', 'note-added', {
    by: MAYA,
    deal: renewal,
    data: { text: 'Price is fine. Priya asks for one page for the board.' },
  });
  did(-14, '11:20', 'email-received', {
    by: 'Dana',
    deal: renewal,
    data: { subject: 'Renewal', text: 'Could you send the renewal terms?' },
  });
  set(-9, '09:30', { stage: 'Negotiation', job: 'consensus', forecast: 'Commit' }, renewal);
  did(-6, '10:30', 'email-sent', {
    by: MAYA,
    to: ['Dana'],
    deal: renewal,
    data: { subject: 'Renewal terms, two options' },
  });

  const vision = opens(2, -29, {
    name: 'Vision check, line 2',
    kind: 'Upgrade',
    product: 'v1-vision',
    amount: 46_000,
    closes: 71,
    who: ['Priya', 'Lena'],
    job: 'requirements',
  });
  did(-22, '10:00', 'visit-made', { by: MAYA, to: ['Lena'], deal: vision, data: { minutes: 90 } });
  did(-22, '15:10', 'note-added', {
    by: MAYA,
    deal: vision,
    data: { text: 'Two mislabelled pallets came back in October. Lena wants a camera on line 2.' },
  });
  set(-20, '09:00', { stage: 'Evaluation', job: 'selection' }, vision);
  did(-13, '10:40', 'quote-begun', { by: MAYA, deal: vision });
  set(-12, '09:00', { stage: 'Proposal' }, vision);
  did(-12, '15:45', 'proposal-sent', {
    by: MAYA,
    to: ['Priya'],
    deal: vision,
    data: { document: 'Proposal, Vision check, line 2' },
  });
  did(-10, '09:50', 'call-made', {
    by: MAYA,
    to: ['Priya'],
    deal: vision,
    data: { minutes: 8, text: 'The proposal is with her. She reads it with the plant.' },
  });
  did(-9, '17:05', 'email-received', {
    by: 'Lena',
    deal: vision,
    data: { subject: 'Visit', text: 'Thank you for coming by.' },
  });
  did(-2, '11:05', 'document-opened', {
    by: 'Priya',
    deal: vision,
    data: { document: 'Proposal, Vision check, line 2' },
  });
  did(-1, '16:42', 'document-opened', {
    by: 'Priya',
    deal: vision,
    data: { document: 'Proposal, Vision check, line 2', text: 'Second time.' },
  });

  const jam = { severity: 'high', subject: 'label jam on line 1', product: 'l3-labeller' };
  const before = { ...jam, case: '20355', severity: 'medium' };
  did(-64, '09:40', 'case-opened', { by: 'Lena', data: before });
  set(-64, '09:41', { openCases: 1 });
  did(-60, '16:10', 'case-closed', { by: TOM, to: ['Lena'], data: before });
  set(-60, '16:11', { openCases: 0 });
  const about = { ...jam, case: '20418' };
  did(-9, '08:20', 'case-opened', { by: 'Lena', data: about });
  set(-9, '08:21', { openCases: 1 });
  did(-3, '14:05', 'call-made', {
    by: TOM,
    to: ['Lena'],
    data: { minutes: 12, text: '“Line 1 jams again, case is open.”' },
  });
  did(-2, '15:20', 'email-sent', {
    by: MAYA,
    to: ['Lena'],
    data: { subject: 'Seats for the user day' },
  });
  tellNightly(story);
  set(-31, '11:30', { valuesMost: 'people' });
  set(0, '03:10', { orderChange90: -0.18, lineUse: 0.91 });
  return story;
}
