import { dateOn } from '../calendar.js';
import { startStory, tellNightly, tellPast } from '../story.js';
import type { Telling } from '../telling.js';

const CENTRAL = {
  region: 'Central',
  owner: 'demo:rep:samira',
  service: 'demo:rep:ruth',
  engineer: 'demo:rep:gus',
} as const;
const WEST = {
  region: 'West',
  owner: 'demo:rep:maya',
  service: 'demo:rep:tom',
  engineer: 'demo:rep:arne',
} as const;
const MAYA = 'demo:rep:maya';
const SAMIRA = 'demo:rep:samira';

/** A competitor is in, a trial ends in five days, four people must agree, and nobody called about the proposal. */
export function tellCopperCanyon(seed: number): Telling {
  const story = startStory(seed, {
    key: 'copper-canyon',
    name: 'Copper Canyon Brewing',
    industry: 'Beverage',
    people: [
      {
        name: 'Hector Ramos',
        title: 'Chief operating officer',
        roles: ['economicBuyer'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Mira Das',
        title: 'Packaging engineer',
        roles: ['technical'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Colin Marsh',
        title: 'Packaging supervisor',
        roles: ['user', 'champion'],
        mayEmail: false,
        buysHow: 'rep',
      },
      {
        name: 'Teresa Quinn',
        title: 'Controller',
        roles: ['finance'],
        mayEmail: false,
        buysHow: 'both',
      },
    ],
    profile: {
      ...WEST,
      city: 'Tucson, Arizona',
      employees: 420,
      lines: 3,
      machines: ['l2-labeller', 'l2-labeller'],
      software: [],
      plan: 'Plus',
      planEnds: 190,
      warmth: 0.75,
      preferredBrands: ['Halden'],
    },
  });
  const { did, set, opens } = story;
  tellPast(story, { until: -60, orders: -9 });
  const deal = opens(1, -58, {
    name: 'L5 high-speed labeller, the new hall',
    kind: 'Machine',
    product: 'l5-labeller',
    amount: 156_000,
    closes: 34,
    who: ['Hector', 'Mira', 'Colin'],
    job: 'requirements',
  });
  set(-40, '09:00', { stage: 'Evaluation', job: 'selection' }, deal);
  did(-25, '08:30', 'trial-started', { by: 'Colin', deal, data: { product: 'l5-labeller' } });
  set(-25, '08:31', { trialEnds: dateOn(5) }, deal);
  did(-18, '10:00', 'visit-made', {
    by: MAYA,
    to: ['Colin', 'Mira'],
    deal,
    data: { minutes: 120 },
  });
  did(-18, '16:00', 'note-added', {
    by: MAYA,
    deal,
    data: {
      text: 'The trial unit ran 280 a minute. Operators like it, finance asks why not cheaper.',
    },
  });
  did(-9, '15:20', 'competitor-named', {
    by: 'Mira',
    deal,
    data: {
      competitor: 'Corvane',
      text: 'Corvane offers two of theirs for the price of one of yours.',
    },
  });
  set(-6, '09:00', { stage: 'Proposal', job: 'consensus', forecast: 'Best case' }, deal);
  did(-6, '10:00', 'quote-begun', { by: MAYA, deal });
  did(-6, '15:10', 'proposal-sent', {
    by: MAYA,
    to: ['Hector'],
    deal,
    data: { document: 'Proposal, L5 high-speed labeller' },
  });
  did(-5, '14:30', 'email-received', {
    by: 'Teresa',
    deal,
    data: { subject: 'Payback', text: 'What do we save a year, in our numbers?' },
  });
  did(-5, '16:00', 'email-sent', {
    by: MAYA,
    to: ['Teresa'],
    deal,
    data: { subject: 'Re: Payback' },
  });
  set(-20, '06:00', { inspectionDueOn: dateOn(14) });
  tellNightly(story);
  set(0, '03:10', { orderChange90: 0.02, lineUse: 0.97 });
  return story;
}

/** The forecast says Commit, and the buyer has done nothing for weeks. */
export function tellBluebird(seed: number): Telling {
  const story = startStory(seed, {
    key: 'bluebird-naturals',
    name: 'Bluebird Naturals',
    industry: 'Cosmetics',
    people: [
      {
        name: 'Paige Donovan',
        title: 'Owner',
        roles: ['economicBuyer'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Theo Lam',
        title: 'Line supervisor',
        roles: ['user'],
        mayEmail: false,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...CENTRAL,
      owner: 'demo:rep:luke',
      city: 'Grand Rapids, Michigan',
      employees: 120,
      status: 'Prospect',
      lines: 1,
      machines: [],
      software: [],
      plan: 'None',
      warmth: 0.5,
    },
  });
  const { did, set, opens } = story;
  tellPast(story, { until: -90 });
  const deal = opens(1, -85, {
    name: 'L3 labeller, line 1',
    kind: 'Machine',
    product: 'l3-labeller',
    amount: 38_000,
    closes: -4,
    who: ['Paige'],
    job: 'problem',
  });
  set(-70, '09:00', { stage: 'Evaluation', job: 'selection' }, deal);
  did(-52, '10:30', 'meeting-held', {
    by: 'Paige',
    to: ['Paige'],
    deal,
    data: { rep: 'demo:rep:luke', minutes: 45 },
  });
  did(-52, '13:00', 'note-added', {
    by: 'demo:rep:luke',
    deal,
    data: { text: 'She loves it. Closes this month for sure.' },
  });
  set(-40, '09:00', { stage: 'Proposal' }, deal);
  did(-39, '11:00', 'proposal-sent', {
    by: 'demo:rep:luke',
    to: ['Paige'],
    deal,
    data: { document: 'Proposal, L3 labeller, line 1' },
  });
  did(-36, '19:05', 'document-opened', {
    by: 'Paige',
    deal,
    data: { document: 'Proposal, L3 labeller, line 1' },
  });
  set(-10, '09:00', { stage: 'Negotiation', forecast: 'Commit', job: 'validation' }, deal);
  did(-9, '15:00', 'email-sent', {
    by: 'demo:rep:luke',
    to: ['Paige'],
    deal,
    data: { subject: 'Ready to sign?' },
  });
  return story;
}

/** Their question has waited for three days; a quote was begun and never sent; and one deal is lost, nobody knows why. */
export function tellMeridian(seed: number): Telling {
  const story = startStory(seed, {
    key: 'meridian-biologics',
    name: 'Meridian Biologics',
    industry: 'Pharmaceuticals',
    people: [
      {
        name: 'Anika Mehta',
        title: 'Plant director',
        roles: ['economicBuyer', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Sade Osborne',
        title: 'Purchasing manager',
        roles: ['purchasing'],
        mayEmail: true,
        joined: -6,
      },
      {
        name: 'Leonard Weber',
        title: 'Packaging engineer',
        roles: ['technical'],
        mayEmail: true,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...CENTRAL,
      city: 'Columbus, Ohio',
      employees: 510,
      lines: 3,
      machines: ['l3-labeller', 'l5-labeller'],
      software: ['line-view'],
      plan: 'Total',
      planEnds: 250,
      warmth: 0.6,
    },
  });
  const { did, set, opens } = story;
  tellPast(story, { until: -40, orders: -10 });
  const lost = opens(1, -120, {
    name: 'P4 case printer, packing',
    kind: 'Machine',
    product: 'p4-printer',
    amount: 21_000,
    closes: -20,
    who: ['Anika'],
    job: 'selection',
  });
  set(-80, '09:00', { stage: 'Evaluation' }, lost);
  set(-8, '17:10', { stage: 'Lost', open: false }, lost);
  const deal = opens(2, -26, {
    name: 'V2 six-camera check, line 3',
    kind: 'Upgrade',
    product: 'v2-vision',
    amount: 72_000,
    closes: 50,
    who: ['Anika', 'Leonard'],
    job: 'solution',
  });
  set(-15, '09:00', { stage: 'Evaluation' }, deal);
  did(-7, '10:15', 'quote-begun', { by: SAMIRA, deal });
  did(-3, '11:40', 'email-received', {
    by: 'Leonard',
    deal,
    data: {
      subject: 'Validation papers',
      text: 'Do you have the validation papers for the camera? Quality asks.',
    },
  });
  tellNightly(story);
  return story;
}
