import { startStory, tellNightly, tellPast } from '../story.js';
import type { Telling } from '../telling.js';

const MAYA = 'demo:rep:maya';
const TOM = 'demo:rep:tom';
const WEST = { region: 'West', owner: MAYA, service: TOM, engineer: 'demo:rep:arne' } as const;

/** Four of ten in the survey: below the floor, so nothing that costs satisfaction is offered. */
export function tellRidgeline(seed: number): Telling {
  const story = startStory(seed, {
    key: 'ridgeline-coatings',
    name: 'Ridgeline Coatings',
    industry: 'Chemicals',
    people: [
      {
        name: 'Helen Ochoa',
        title: 'Plant director',
        roles: ['economicBuyer'],
        mayEmail: true,
      },
      {
        name: 'Stuart Kang',
        title: 'Automation lead',
        roles: ['technical'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Wendy Abbott',
        title: 'Shift lead',
        roles: ['user'],
        mayEmail: false,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...WEST,
      city: 'Reno, Nevada',
      employees: 340,
      lines: 2,
      machines: ['l3-labeller', 'l3-labeller', 'p4-printer'],
      software: [],
      plan: 'Plus',
      planEnds: 160,
      preferredBrands: ['Halden'],
      warmth: 0.35,
      orderEvery: 30,
      orderSize: 2.5,
    },
  });
  const { did, set } = story;
  tellPast(story, { until: -35, orders: -12 });
  did(-150, '10:00', 'meeting-held', {
    by: 'Helen',
    to: ['Helen', 'Stuart'],
    data: { rep: MAYA, minutes: 60 },
  });
  did(-150, '15:00', 'note-added', {
    by: MAYA,
    data: { text: 'Wants a second hall in two years.' },
  });
  const about = {
    case: '20377',
    severity: 'high',
    subject: 'print head wears early',
    product: 'p4-printer',
  };
  did(-31, '08:10', 'case-opened', { by: 'Wendy', data: about });
  set(-31, '08:11', { openCases: 1 });
  set(-26, '09:00', { openEscalation: true });
  did(-13, '16:30', 'case-closed', { by: TOM, to: ['Wendy'], data: about });
  set(-13, '16:31', { openCases: 0, openEscalation: false });
  did(-5, '11:45', 'survey-answered', {
    by: 'Wendy',
    data: { score: 4, text: 'Too long until somebody came.' },
  });
  tellNightly(story);
  set(0, '03:10', {
    orderChange90: -0.03,
    lineUse: 0.94,
    walletGap: { amountMinor: 6_400_000, currency: 'USD' },
  });
  return story;
}

/** Kept aside to measure what the guidance adds. */
export function tellPinecrest(seed: number): Telling {
  const story = startStory(seed, {
    key: 'pinecrest-dairy',
    heldOut: true,
    name: 'Pinecrest Dairy',
    industry: 'Dairy',
    people: [
      { name: 'Frank Sorensen', title: 'General manager', roles: ['economicBuyer'] },
      { name: 'Linh Pham', title: 'Plant manager', roles: ['user', 'champion'] },
    ],
    profile: {
      ...WEST,
      city: 'Bend, Oregon',
      employees: 160,
      lines: 2,
      machines: ['l2-labeller', 'l3-labeller'],
      software: [],
      plan: 'Plus',
      planEnds: 58,
      warmth: 0.6,
    },
  });
  tellPast(story, { until: -12, orders: -20 });
  tellNightly(story);
  return story;
}

/** They asked for quiet. */
export function tellQuietHarbor(seed: number): Telling {
  const story = startStory(seed, {
    key: 'quiet-harbor-chemical',
    name: 'Quiet Harbor Chemical',
    industry: 'Chemicals',
    people: [
      {
        name: 'Walter Zimmer',
        title: 'Owner',
        roles: ['economicBuyer'],
        mayEmail: false,
        buysHow: 'self',
      },
      {
        name: 'Selma Duarte',
        title: 'Buyer',
        roles: ['purchasing'],
        mayEmail: true,
        buysHow: 'self',
      },
    ],
    profile: {
      ...WEST,
      city: 'Stockton, California',
      employees: 70,
      segment: 'Small',
      lines: 1,
      machines: ['l2-labeller'],
      software: [],
      plan: 'None',
      warmth: 0.55,
    },
  });
  const { did, set } = story;
  tellPast(story, { until: -60, orders: -18 });
  did(-11, '13:15', 'email-received', {
    by: 'Walter',
    data: { subject: 'Please', text: 'No calls before February. We order when we need to.' },
  });
  did(-10, '09:00', 'email-sent', { by: MAYA, to: ['Walter'], data: { subject: 'Understood' } });
  set(-10, '09:02', { askedForQuiet: true });
  tellNightly(story);
  return story;
}
