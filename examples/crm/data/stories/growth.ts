import { dateOn } from '../calendar.js';
import { startStory, tellNightly, tellPast } from '../story.js';
import type { Telling } from '../telling.js';

const HIRO = 'demo:rep:hiro';
const WEST = {
  region: 'West',
  owner: HIRO,
  service: 'demo:rep:tom',
  engineer: 'demo:rep:arne',
} as const;

/** New here: the first order is four days old, the machine starts next week, and yesterday's meeting is not written down. */
export function tellFernwood(seed: number): Telling {
  const story = startStory(seed, {
    key: 'fernwood-creamery',
    name: 'Fernwood Creamery',
    industry: 'Dairy',
    people: [
      {
        name: 'Geneviève Roy',
        title: 'Owner',
        roles: ['economicBuyer', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Isaac Farrow',
        title: 'Line supervisor',
        roles: ['user'],
        mayEmail: true,
        buysHow: 'both',
      },
    ],
    profile: {
      ...WEST,
      city: 'Boise, Idaho',
      employees: 65,
      segment: 'Small',
      status: 'Prospect',
      lines: 1,
      machines: [],
      software: [],
      plan: 'None',
      warmth: 0.85,
      preferredBrands: ['Halden'],
    },
  });
  const { did, set, opens, order } = story;
  tellPast(story, { until: -120 });
  const deal = opens(1, -95, {
    name: 'L2 labeller, line 1',
    kind: 'Machine',
    product: 'l2-labeller',
    amount: 24_000,
    closes: -4,
    who: ['Geneviève', 'Isaac'],
    job: 'problem',
  });
  set(-70, '09:00', { stage: 'Evaluation', job: 'requirements' }, deal);
  did(-41, '10:00', 'meeting-held', {
    by: 'Geneviève',
    to: ['Geneviève', 'Isaac'],
    deal,
    data: { rep: HIRO, minutes: 60 },
  });
  did(-41, '14:00', 'note-added', {
    by: HIRO,
    deal,
    data: { text: 'Small line, big plans. Isaac will run it.' },
  });
  set(-35, '09:00', { stage: 'Proposal' }, deal);
  did(-34, '11:00', 'proposal-sent', {
    by: HIRO,
    to: ['Geneviève'],
    deal,
    data: { document: 'Proposal, L2 labeller, line 1' },
  });
  set(-15, '09:00', { stage: 'Negotiation', job: 'consensus' }, deal);
  did(-4, '14:10', 'contract-signed', {
    by: 'Geneviève',
    deal,
    data: { document: 'Contract, L2 labeller' },
  });
  set(-4, '14:20', { stage: 'Won', open: false, forecast: 'Commit' }, deal);
  order(-4, 'l2-labeller', 1, 'Geneviève');
  set(-4, '14:30', {
    status: 'Customer',
    customerSince: dateOn(-4),
    families: ['labeller'],
    machineStartsOn: dateOn(8),
    trainingSeatsLeft: 4,
    trainingEnds: dateOn(56),
  });
  did(-4, '16:00', 'meeting-booked', {
    by: 'Geneviève',
    to: ['Geneviève', 'Isaac'],
    // Yesterday at four.
    data: { startsAt: `${dateOn(0)}T00:00:00.000Z`, rep: HIRO },
  });
  return story;
}

/** They left fourteen months ago, for Brantex, and look at our prices again. */
export function tellHarborMills(seed: number): Telling {
  const story = startStory(seed, {
    key: 'harbor-mills-snacks',
    name: 'Harbor Mills Snacks',
    industry: 'Food',
    people: [
      {
        name: 'Victor Goodwin',
        title: 'Plant director',
        roles: ['economicBuyer'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Brooke Ellis',
        title: 'Plant manager',
        roles: ['user', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...WEST,
      city: 'Modesto, California',
      employees: 380,
      status: 'Former customer',
      lines: 3,
      machines: ['l3-labeller', 'l3-labeller'],
      software: [],
      plan: 'None',
      warmth: 0.45,
    },
  });
  const { did, set } = story;
  tellPast(story, { until: -400, orders: -430 });
  did(-425, '10:00', 'competitor-named', {
    by: 'Victor',
    data: { competitor: 'Brantex', text: 'Brantex made us an offer for the whole plant.' },
  });
  set(-420, '09:00', { status: 'Former customer' });
  did(-200, '14:30', 'call-made', {
    by: HIRO,
    to: ['Brooke'],
    data: { minutes: 7, text: 'The new machines stop more than ours did, she says.' },
  });
  for (const day of [-3, -2, -1]) {
    did(day, '19:20', 'page-visited', { by: 'Brooke', data: { page: 'prices' } });
  }
  return story;
}

/** Orders fall, a bill is unpaid, and somebody read how to cancel. */
export function tellCascade(seed: number): Telling {
  const story = startStory(seed, {
    key: 'cascade-springs',
    name: 'Cascade Springs',
    industry: 'Beverage',
    people: [
      {
        name: 'Roberto Ibarra',
        title: 'General manager',
        roles: ['economicBuyer'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Daphne Yates',
        title: 'Controller',
        roles: ['finance'],
        mayEmail: true,
        buysHow: 'both',
      },
      {
        name: 'Neil Bautista',
        title: 'Purchasing manager',
        roles: ['purchasing'],
        mayEmail: true,
        buysHow: 'both',
      },
    ],
    profile: {
      ...WEST,
      owner: 'demo:rep:maya',
      city: 'Fresno, California',
      employees: 230,
      lines: 3,
      machines: ['l3-labeller', 'l3-labeller', 'p1-printer', 'v1-vision'],
      software: [],
      plan: 'Plus',
      planEnds: 140,
      warmth: 0.4,
      orderEvery: 25,
      orderSize: 4,
    },
  });
  const { did, set, order, opens } = story;
  tellPast(story, { until: -60, orders: -110 });
  order(-84, 'label-rolls', 2, 'Neil');
  order(-41, 'label-rolls', 1, 'Neil');
  did(-70, '10:00', 'survey-answered', {
    by: 'Neil',
    data: { score: 6, text: 'Good people, slow parts.' },
  });
  did(-20, '07:00', 'invoice-overdue', {
    data: { amount: { amountMinor: 1_184_000, currency: 'USD' } },
  });
  set(-20, '07:01', { overdueAmount: { amountMinor: 1_184_000, currency: 'USD' } });
  did(-6, '22:31', 'page-visited', { by: 'Roberto', data: { page: 'cancellation' } });
  const printer = opens(1, -80, {
    name: 'P4 case printer, packing',
    kind: 'Machine',
    product: 'p4-printer',
    amount: 21_000,
    closes: 30,
    who: ['Roberto'],
  });
  set(-52, '09:00', { stage: 'Evaluation' }, printer);
  tellNightly(story);
  set(-30, '10:30', { buysElsewhere: 'consumables', valuesMost: 'price' });
  set(0, '03:10', {
    lineUse: 0.62,
    orderChange90: -0.64,
    shareOfWallet: 0.31,
    walletGap: { amountMinor: 8_800_000, currency: 'USD' },
  });
  return story;
}
