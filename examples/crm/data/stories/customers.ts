import { dateOn } from '../calendar.js';
import { startStory, tellNightly, tellPast } from '../story.js';
import type { Telling } from '../telling.js';

const MAYA = 'demo:rep:maya';
const TOM = 'demo:rep:tom';
const WEST = { region: 'West', owner: MAYA, service: TOM, engineer: 'demo:rep:arne' } as const;

/** All is well here: an order last week, a meeting with a note, a full shelf. Nothing is worth doing. */
export function tellBrightwater(seed: number): Telling {
  const story = startStory(seed, {
    key: 'brightwater-dairy',
    name: 'Brightwater Dairy',
    industry: 'Dairy',
    people: [
      { name: 'Ellen Brightwater', title: 'Owner', roles: ['economicBuyer'], buysHow: 'rep' },
      { name: 'Samir Haddad', title: 'Plant manager', roles: ['user', 'champion'] },
    ],
    profile: {
      ...WEST,
      city: 'Salem, Oregon',
      employees: 210,
      lines: 2,
      machines: ['l3-labeller', 'l3-labeller', 'v1-vision'],
      software: ['line-view'],
      plan: 'Total',
      planEnds: 214,
      preferredBrands: ['Larkeye', 'Pressmark'],
      warmth: 0.95,
      orderEvery: 30,
      orderSize: 3,
    },
  });
  const { did, set, order } = story;
  tellPast(story, { until: -70, orders: -40 });
  did(-40, '10:00', 'survey-answered', {
    by: 'Samir',
    data: { score: 9, text: 'Stoppages are half of what they were.' },
  });
  did(-24, '11:00', 'meeting-held', {
    by: 'Ellen',
    to: ['Ellen', 'Samir'],
    data: { rep: MAYA, minutes: 60 },
  });
  did(-24, '15:00', 'note-added', {
    by: MAYA,
    data: { text: 'Everything runs. Next talk in spring, before the new hall.' },
  });
  did(-19, '09:40', 'email-sent', {
    by: MAYA,
    to: ['Samir'],
    data: { subject: 'Numbers from the last quarter' },
  });
  did(-19, '14:05', 'email-received', {
    by: 'Samir',
    data: { text: 'Thank you, just what I needed for the board.' },
  });
  did(-17, '08:50', 'email-sent', {
    by: MAYA,
    to: ['Samir'],
    data: { subject: 'Glad to hear it' },
  });
  order(-6, 'label-rolls', 4, 'Samir');
  tellNightly(story);
  set(0, '03:10', {
    orderChange90: 0.04,
    reorderDueOn: dateOn(31),
    shareOfWallet: 0.86,
    walletGap: { amountMinor: 900_000, currency: 'USD' },
    lineUse: 0.71,
    valuesMost: 'people',
    buysElsewhere: 'nothing',
  });
  return story;
}

/** Two colleagues have used up what Ben has for us this week; only what he asked for comes through. */
export function tellOrchard(seed: number): Telling {
  const story = startStory(seed, {
    key: 'orchard-vine-cider',
    name: 'Orchard & Vine Cider',
    industry: 'Beverage',
    people: [
      {
        name: 'Ben Castillo',
        title: 'General manager',
        roles: ['economicBuyer', 'champion', 'purchasing'],
        mayEmail: false,
        buysHow: 'rep',
      },
      {
        name: 'Irene Park',
        title: 'Line supervisor',
        roles: ['user'],
        mayEmail: false,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...WEST,
      city: 'Yakima, Washington',
      employees: 95,
      lines: 1,
      machines: ['l2-labeller', 'v1-vision'],
      software: [],
      plan: 'None',
      preferredBrands: ['Halden'],
      warmth: 0.7,
      orderEvery: 34,
      orderSize: 2,
    },
  });
  const { did, set, opens } = story;
  tellPast(story, { until: -50, orders: -8 });
  const deal = opens(1, -60, {
    name: 'L3 labeller, line 2',
    kind: 'Machine',
    product: 'l3-labeller',
    amount: 38_000,
    closes: 18,
    who: ['Ben'],
    job: 'requirements',
  });
  set(-45, '09:00', { stage: 'Evaluation', job: 'selection' }, deal);
  did(-33, '10:20', 'email-received', {
    by: 'Ben',
    deal,
    data: { text: 'We decide before Christmas.' },
  });
  set(-30, '09:00', { stage: 'Proposal', forecast: 'Best case' }, deal);
  did(-29, '14:00', 'proposal-sent', {
    by: MAYA,
    to: ['Ben'],
    deal,
    data: { document: 'Proposal, L3 labeller, line 2' },
  });
  did(-6, '11:15', 'call-made', {
    by: MAYA,
    to: ['Ben'],
    deal,
    data: { minutes: 0, text: 'Left a message.' },
  });
  did(-3, '09:30', 'email-sent', {
    by: MAYA,
    to: ['Ben'],
    deal,
    data: { subject: 'Questions on the proposal?' },
  });
  did(-2, '15:40', 'call-made', {
    by: TOM,
    to: ['Ben'],
    data: { minutes: 6, text: 'Told him the spare heads are here.' },
  });
  did(0, '09:50', 'callback-requested', {
    by: 'Ben',
    data: { text: 'Please call me about the delivery date, any time after ten.' },
  });
  tellNightly(story);
  set(0, '03:10', { orderChange90: -0.21, lineUse: 0.83 });
  return story;
}

/** The contract asks for two notices in writing: they come first, and no policy stops them. A meeting begins in twenty minutes. */
export function tellSummit(seed: number): Telling {
  const story = startStory(seed, {
    key: 'summit-therapeutics',
    name: 'Summit Therapeutics',
    industry: 'Pharmaceuticals',
    people: [
      {
        name: 'Nora Whitfield',
        title: 'VP Operations',
        roles: ['economicBuyer'],
        mayEmail: true,
        buysHow: 'rep',
      },
      {
        name: 'Cyrus Malik',
        title: 'Purchasing manager',
        roles: ['purchasing'],
        mayEmail: true,
        buysHow: 'both',
      },
      {
        name: 'Greta Olsen',
        title: 'Quality manager',
        roles: ['quality', 'champion'],
        mayEmail: true,
        buysHow: 'rep',
      },
    ],
    profile: {
      ...WEST,
      city: 'Tacoma, Washington',
      employees: 780,
      segment: 'Key',
      lines: 4,
      machines: ['l5-labeller', 'l3-labeller', 'v2-vision', 'p4-printer'],
      software: ['line-view'],
      plan: 'Total',
      planEnds: 39,
      preferredBrands: ['Larkeye'],
      warmth: 0.66,
      orderEvery: 18,
      orderSize: 6,
    },
  });
  const { did, set, opens } = story;
  tellPast(story, { until: -30, orders: -5 });
  did(-120, '10:00', 'survey-answered', { by: 'Greta', data: { score: 8 } });
  did(-3, '10:10', 'call-made', {
    by: MAYA,
    to: ['Nora'],
    data: { minutes: 11, text: 'The audit in January matters more to her than the price.' },
  });
  did(-2, '09:20', 'email-sent', {
    by: TOM,
    to: ['Nora'],
    data: { subject: 'Report of the yearly check' },
  });
  did(-1, '16:20', 'email-sent', {
    by: MAYA,
    to: ['Nora'],
    data: { subject: 'Papers for the audit' },
  });
  const vault = opens(1, -60, {
    name: 'Recipe Vault for the plant',
    kind: 'Software',
    product: 'recipe-vault',
    amount: 15_600,
    closes: 25,
    who: ['Nora', 'Greta'],
    job: 'selection',
  });
  set(-33, '09:00', { stage: 'Proposal', forecast: 'Best case' }, vault);
  did(-12, '10:00', 'email-received', {
    by: 'Greta',
    deal: vault,
    data: { text: 'The auditors like it.' },
  });
  set(-9, '09:00', { stage: 'Negotiation', job: 'consensus', forecast: 'Commit' }, vault);
  did(-7, '15:10', 'call-received', { by: 'Nora', deal: vault, data: { minutes: 12 } });
  did(-5, '11:30', 'meeting-booked', {
    by: 'Greta',
    to: ['Greta'],
    // Today at a quarter to eleven.
    data: { startsAt: `${dateOn(0)}T18:45:00.000Z`, rep: MAYA },
  });
  did(-1, '08:40', 'email-received', {
    by: 'Nora',
    deal: vault,
    data: { text: 'Legal has it. You hear from me on Monday.' },
  });
  tellNightly(story);
  set(0, '03:10', {
    orderChange90: 0.06,
    lineUse: 0.93,
    priceChangeOn: '2027-01-01',
    oldestMachineEnds: dateOn(150),
  });
  return story;
}
