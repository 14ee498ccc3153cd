import { startStory, tellNightly, tellPast } from '../story.js';
import type { Telling } from '../telling.js';

const HIRO = 'demo:rep:hiro';
const WEST = {
  region: 'West',
  owner: HIRO,
  service: 'demo:rep:tom',
  engineer: 'demo:rep:arne',
} as const;

/** They buy by themselves: three looks at the prices in ten days, and no wish for a call. */
export function tellLittleFern(seed: number): Telling {
  const story = startStory(seed, {
    key: 'little-fern-soaps',
    name: 'Little Fern Soaps',
    industry: 'Cosmetics',
    people: [
      {
        name: 'Naomi Feldman',
        title: 'Buyer',
        roles: ['purchasing', 'economicBuyer'],
        mayEmail: true,
        buysHow: 'self',
      },
    ],
    profile: {
      ...WEST,
      city: 'Bend, Oregon',
      employees: 28,
      segment: 'Small',
      lines: 1,
      machines: ['l2-labeller'],
      software: [],
      plan: 'None',
      warmth: 0.7,
      orderEvery: 60,
      orderSize: 1,
      preferredBrands: ['Norvik', 'Pressmark'],
    },
  });
  const { did } = story;
  tellPast(story, { until: -150, orders: -30 });
  did(-9, '20:14', 'page-visited', { by: 'Naomi', data: { page: 'prices' } });
  did(-4, '21:02', 'page-visited', { by: 'Naomi', data: { page: 'prices' } });
  did(-1, '19:48', 'page-visited', { by: 'Naomi', data: { page: 'prices' } });
  tellNightly(story);
  return story;
}

/** Sold through the reseller: no order for half a year, two deals that stand still, and nobody was there for two months. */
export function tellGorge(seed: number): Telling {
  const story = startStory(seed, {
    key: 'gorge-cidery',
    name: 'Gorge Cidery',
    industry: 'Beverage',
    people: [
      {
        name: 'Fiona Connolly',
        title: 'Owner',
        roles: ['economicBuyer', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Luis Acosta',
        title: 'Line supervisor',
        roles: ['user'],
        mayEmail: false,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...WEST,
      owner: 'demo:rep:joel',
      channel: 'Partner',
      city: 'Yakima, Washington',
      employees: 48,
      segment: 'Small',
      lines: 1,
      machines: ['l2-labeller'],
      software: [],
      plan: 'None',
      warmth: 0.65,
      orderEvery: 40,
      orderSize: 1,
    },
  });
  const { did, opens, set } = story;
  tellPast(story, { until: -75, orders: -185 });
  const deal = opens(1, -70, {
    name: 'P4 case printer, packing',
    kind: 'Machine',
    product: 'p4-printer',
    amount: 21_000,
    closes: 20,
    who: ['Fiona'],
    job: 'solution',
  });
  did(-63, '11:30', 'email-received', {
    by: 'Fiona',
    deal,
    data: { text: 'Codes on every case by spring, our retailer says.' },
  });
  did(-62, '09:00', 'email-sent', {
    by: 'demo:rep:joel',
    to: ['Fiona'],
    deal,
    data: { subject: 'Two ways to print codes' },
  });
  set(-24, '09:00', { stage: 'Evaluation' }, deal);
  const reports = opens(2, -90, {
    name: 'LineView reports, line 1',
    kind: 'Software',
    product: 'line-view',
    amount: 12_000,
    closes: 60,
    who: ['Fiona', 'Luis'],
    job: 'problem',
    registered: true,
  });
  set(-66, '09:00', { stage: 'Evaluation' }, reports);
  tellNightly(story);
  return story;
}
