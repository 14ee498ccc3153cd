import { comparePositions, type Fact } from '../../../src/domain/fact.js';
import {
  COMPANY,
  isMoney,
  type JsonObject,
  kindOf,
  type RecordId,
} from '../../../src/domain/value.js';
import { FIRST_DAY, tellAccount } from './account.js';
import { at, monthOn, NOW } from './calendar.js';
import { CATALOGUE } from './catalogue.js';
import { tellExtras } from './extras.js';
import { companyFact } from './fact-log.js';
import { INDUSTRIES, STEMS, TRADES } from './names.js';
import { drawProfile } from './profile.js';
import { createDraws } from './random.js';
import { REPS } from './reps.js';
import { tellStories } from './stories.js';

/** 1 October, the first day of the quarter. */
const QUARTER_DAY = -49;
/** How many accounts there are beside the hand-made ones. */
const ORDINARY = 280;

export interface DemoWorld {
  /** In order of (occurredAt, id). */
  readonly facts: readonly Fact[];
  /** Epoch milliseconds: where the story stands. */
  readonly now: number;
}

/** Halden Line Systems, its reps, and two years with its customers. The same seed gives the same bytes. */
export function createDemoWorld(seed: number): DemoWorld {
  const facts: Fact[] = [];
  facts.push(...companyFacts());
  const tellings = [...tellStories(seed)];
  for (const { id, name, industry } of drawFirms(seed)) {
    const draws = createDraws(seed, id);
    tellings.push(tellAccount(drawProfile(id, name, industry, draws), draws));
  }
  for (const { log } of tellings) for (const fact of log.facts) facts.push(fact);
  for (const day of [-60, -30, 0])
    facts.push(companyFact(at(day, 2), COMPANY, sumCompany(facts, day)));
  // The parts desk books these: they are not in the revenue that the sales team is measured by.
  for (const telling of tellings) for (const fact of tellExtras(seed, telling)) facts.push(fact);
  return { facts: sortByTime(facts), now: NOW };
}

/** By day first: many small sorts are a third of the work of a large one. */
function sortByTime(facts: readonly Fact[]): Fact[] {
  const days = new Map<number, Fact[]>();
  for (const fact of facts) {
    const day = Math.floor(fact.occurredAt / 86_400_000);
    const others = days.get(day);
    if (others) others.push(fact);
    else days.set(day, [fact]);
  }
  return [...days.keys()]
    .sort((a, b) => a - b)
    .flatMap((day) => days.get(day)?.sort(comparePositions) ?? []);
}

/** The company's own levels as of a night: what the goals of the playbook are measured by. */
function sumCompany(facts: readonly Fact[], day: number): JsonObject {
  const night = at(day, 2);
  const quarter = at(Math.floor(monthOn(day) / 3) * 3 === 9 ? QUARTER_DAY : QUARTER_DAY - 92);
  let revenue = 0;
  let scores = 0;
  let answers = 0;
  for (const { type, occurredAt, data } of facts) {
    if (occurredAt > night) continue;
    if (type === 'purchase' && occurredAt >= quarter && isMoney(data.amount))
      revenue += data.amount.amountMinor;
    if (type === 'survey-answered' && occurredAt > night - 180 * 86_400_000) {
      scores += Number(data.score);
      answers++;
    }
  }
  return {
    revenueThisQuarter: { amountMinor: revenue, currency: 'USD' },
    satisfaction: Math.round((scores / Math.max(1, answers)) * 10) / 10,
    retentionRate: 0.91,
    answersThisMonth: 34,
    weeksWithinHoursRate: 0.84,
    replyDaysOfWonDeals: averageReplyDays(facts, night),
  };
}

/** Whole days between one word of the buyer and the next, on average over the deals that were won. */
function averageReplyDays(facts: readonly Fact[], until: number): number {
  const won = new Set<RecordId>();
  const words = new Map<RecordId, number[]>();
  for (const { type, about, occurredAt, data } of facts) {
    if (occurredAt > until) continue;
    const [first] = about;
    const { stage } = (data.values ?? {}) as JsonObject;
    if (type === 'record-changed' && stage === 'Won' && first !== undefined) won.add(first);
    if (!['email-received', 'call-received', 'meeting-held'].includes(type)) continue;
    for (const id of about) {
      if (kindOf(id) === 'opportunity') words.set(id, [...(words.get(id) ?? []), occurredAt]);
    }
  }
  const gaps = [...won].flatMap((id) => {
    const times = (words.get(id) ?? []).sort((a, b) => a - b);
    return times.slice(1).map((time, i) => (time - (times[i] ?? time)) / 86_400_000);
  });
  return Math.max(
    1,
    Math.round(gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length)),
  );
}

function drawFirms(seed: number) {
  const draws = createDraws(seed, 'firms');
  const names = new Set<string>();
  const firms: { id: RecordId; name: string; industry: (typeof INDUSTRIES)[number] }[] = [];
  while (firms.length < ORDINARY) {
    const industry = draws.pickZipf(INDUSTRIES);
    const name = `${draws.pick(STEMS)} ${draws.pick(TRADES[industry])}`;
    if (names.has(name)) continue;
    names.add(name);
    firms.push({ id: `demo:account:${101 + firms.length}`, name, industry });
  }
  return firms;
}

function companyFacts(): Fact[] {
  const start = at(FIRST_DAY - 2, 6);
  return [
    ...REPS.map(({ id, name, team, role, trainedOn }) =>
      companyFact(start, id, {
        name,
        team,
        role,
        partner: team === 'Partner',
        trainedOn: [...trainedOn],
      }),
    ),
    ...CATALOGUE.map(({ id, label, brand, family, price }) =>
      companyFact(start, `demo:product:${id}`, {
        name: label,
        brand,
        family,
        price: { amountMinor: price * 100, currency: 'USD' },
      }),
    ),
  ];
}
