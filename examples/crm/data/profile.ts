import type { RecordId } from '../../../src/domain/value.js';
import { dateOn } from './calendar.js';
import { CATALOGUE, type Family } from './catalogue.js';
import {
  CITIES,
  FAMILY,
  GIVEN,
  type Industry,
  REGIONS,
  type Region,
  type Role,
  TITLES,
} from './names.js';
import type { Draws } from './random.js';
import { REPS, repsOf } from './reps.js';

export interface Person {
  readonly id: RecordId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly title: string;
  readonly email: string;
  readonly phone: string;
  readonly mayEmail: boolean;
  /** How they like to buy, where somebody has asked. */
  readonly buysHow?: 'rep' | 'self' | 'both';
  /** Day on which they joined or left, when that was within the two years. */
  readonly joined?: number;
  readonly left?: number;
}

/** What an account is like before anything happens there. */
export interface Profile {
  readonly id: RecordId;
  readonly name: string;
  readonly industry: Industry;
  readonly region: Region;
  readonly city: string;
  readonly employees: number;
  readonly segment: 'Key' | 'Core' | 'Small';
  readonly status: 'Prospect' | 'Customer' | 'Former customer';
  readonly channel: 'Direct' | 'Partner';
  readonly parent?: RecordId;
  readonly owner: RecordId;
  readonly service: RecordId;
  readonly engineer: RecordId;
  readonly customerSince?: number;
  readonly paymentDays: number;
  readonly lines: number;
  readonly machines: readonly string[];
  readonly software: readonly string[];
  readonly plan: 'None' | 'Plus' | 'Total';
  readonly planEnds?: number;
  readonly preferredBrands: readonly string[];
  /** In [0, 1]: how well things go between us. */
  readonly warmth: number;
  /** How long they take to answer, typically. */
  readonly replyHours: number;
  /** Days between two orders of consumables; how many label rolls one is. */
  readonly orderEvery: number;
  readonly orderSize: number;
  readonly people: readonly Person[];
}

const personId = (account: RecordId, n: number): RecordId =>
  `demo:contact:${account.slice(account.lastIndexOf(':') + 1)}-${n}`;

/** Latin letters of a name, for an address at a domain that cannot exist. */
const slug = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]+/g, '') || 'firm';

export function createPerson(
  profile: { readonly id: RecordId; readonly name: string },
  n: number,
  name: string,
  title: string,
  roles: readonly Role[],
  draws: Draws,
): Person {
  return {
    id: personId(profile.id, n),
    name,
    roles,
    title,
    email: `${name
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z ]/g, '')
      .replace(/ +/g, '.')}@${slug(profile.name)}.example`,
    phone: `+1 ${draws.pick([503, 206, 414, 402, 604, 614])} 555 01${String(draws.whole(0, 99)).padStart(2, '0')}`,
    mayEmail: draws.chance(0.75),
    ...(draws.chance(0.7) && { buysHow: draws.pickZipf(['rep', 'both', 'self'] as const) }),
  };
}

const SEATS: readonly (readonly [Exclude<Role, 'champion'>, number])[] = [
  ['user', 0.9],
  ['economicBuyer', 0.92],
  ['technical', 0.55],
  ['purchasing', 0.4],
  ['finance', 0.35],
  ['quality', 0.25],
];

function drawPeople(
  base: { readonly id: RecordId; readonly name: string; readonly segment: Profile['segment'] },
  draws: Draws,
): Person[] {
  const more = base.segment === 'Key' ? 1.7 : base.segment === 'Core' ? 1 : 0.55;
  const people: Person[] = [];
  for (const [role, rate] of SEATS) {
    const filled = draws.chance(Math.min(rate * more, 0.97));
    if (!filled && !(role === 'quality' && people.length === 0)) continue;
    const champion = draws.chance(0.22) ? (['champion'] as const) : [];
    const person = createPerson(
      base,
      people.length + 1,
      `${draws.pick(GIVEN)} ${draws.pick(FAMILY)}`,
      draws.pick(TITLES[role]),
      [role, ...champion],
      draws,
    );
    const joined = people.length > 0 && draws.chance(0.12) ? { joined: -draws.whole(3, 600) } : {};
    const left =
      people.length > 0 && !('joined' in joined) && draws.chance(0.06)
        ? { left: -draws.whole(10, 500) }
        : {};
    people.push({ ...person, ...joined, ...left });
  }
  return people;
}

const machinesOf = (family: Family): readonly string[] =>
  CATALOGUE.filter((product) => product.family === family).map((product) => product.id);

function drawMachines(lines: number, draws: Draws): string[] {
  const machines: string[] = [];
  for (let line = 0; line < lines; line++) machines.push(draws.pickZipf(machinesOf('labeller')));
  if (draws.chance(0.45)) machines.push(draws.pickZipf(['p4-printer', 'p1-printer']));
  if (draws.chance(0.28)) machines.push('v1-vision');
  if (machines.includes('l5-labeller') && draws.chance(0.4)) machines.push('v2-vision');
  return machines;
}

/** One account as they come: many small ones, a few large ones. */
export function drawProfile(id: RecordId, name: string, industry: Industry, draws: Draws): Profile {
  const region = draws.pick([...REGIONS, 'West', 'Central', 'Central', 'West'] as const);
  const employees = Math.round(Math.min(6000, Math.max(9, draws.logNormal(130, 1.05))));
  const segment = employees >= 600 ? 'Key' : employees >= 85 ? 'Core' : 'Small';
  const fate = draws.unit();
  const status = fate < 0.75 ? 'Customer' : fate < 0.92 ? 'Prospect' : 'Former customer';
  const channel = draws.chance(0.09) ? 'Partner' : 'Direct';
  const team =
    region === 'Central'
      ? 'Central'
      : draws.chance(0.3) && region === 'Canada'
        ? 'Central'
        : 'West';
  const seller = draws.pick(repsOf(team, 'Sales'));
  const partner = REPS.find((one) => one.team === 'Partner');
  const lines = Math.max(1, Math.round(draws.logNormal(employees / 190, 0.4)));
  const bought = status !== 'Prospect';
  const plan =
    bought && status === 'Customer' ? draws.pickZipf(['Plus', 'None', 'Total'] as const) : 'None';
  const warmth = Math.min(
    0.98,
    Math.max(0.08, draws.between(0.2, 0.75) + draws.between(-0.1, 0.28)),
  );
  return {
    id,
    name,
    industry,
    region,
    city: draws.pick(CITIES[region]),
    employees,
    segment,
    status,
    channel,
    owner: (channel === 'Partner' ? partner : seller)?.id ?? seller.id,
    service: repsOf(team, 'Service')[0]?.id ?? seller.id,
    engineer: repsOf(team, 'Engineer')[0]?.id ?? seller.id,
    ...(bought && { customerSince: -draws.whole(draws.chance(0.12) ? 90 : 740, 4200) }),
    paymentDays: draws.pickZipf([30, 45, 14, 60]),
    lines,
    machines: bought ? drawMachines(Math.min(lines, 6), draws) : [],
    software:
      bought && draws.chance(0.3)
        ? ['line-view', ...(draws.chance(0.3) ? ['recipe-vault'] : [])]
        : [],
    plan,
    ...(plan !== 'None' && {
      planEnds: draws.chance(0.06) ? -draws.whole(1, 90) : draws.whole(4, 360),
    }),
    preferredBrands: draws.sample(['Halden', 'Pressmark', 'Larkeye', 'Norvik'], draws.whole(1, 2)),
    warmth,
    replyHours: draws.logNormal(26 - 18 * warmth, 0.7),
    orderEvery: draws.between(segment === 'Key' ? 14 : 24, segment === 'Small' ? 75 : 45),
    orderSize: draws.logNormal(0.4 + Math.min(lines, 14) * 0.54, 0.45),
    people: drawPeople({ id, name, segment }, draws),
  };
}

/** The attributes of an account record. */
export function accountValues(profile: Profile): {
  readonly [attribute: string]: string | number | string[];
} {
  const families = new Set(
    [...profile.machines, ...profile.software].flatMap(
      (id) => CATALOGUE.find((product) => product.id === id)?.family ?? [],
    ),
  );
  const team = REPS.find(({ id }) => id === profile.service)?.team;
  if (profile.machines.length > 0) families.add('consumable');
  if (profile.plan !== 'None') families.add('service');
  return {
    name: profile.name,
    owner: profile.owner,
    service: profile.service,
    engineer: profile.engineer,
    ...(team && team !== 'Partner' && { team }),
    industry: profile.industry,
    region: profile.region,
    city: profile.city,
    employees: profile.employees,
    segment: profile.segment,
    status: profile.status === 'Former customer' ? 'Customer' : profile.status,
    channel: profile.channel,
    paymentDays: profile.paymentDays,
    labellingLines: profile.lines,
    families: [...families],
    preferredBrands: [...profile.preferredBrands],
    planLevel: profile.plan,
    ...(profile.parent && { ultimateParent: profile.parent }),
    ...(profile.customerSince !== undefined && { customerSince: dateOn(profile.customerSince) }),
    ...(profile.planEnds !== undefined && {
      planEnds: dateOn(profile.planEnds),
      planNoticeBy: dateOn(profile.planEnds - 30),
      // Half a year before the plan ends, or after: the next of the two that is to come.
      inspectionDueOn: dateOn(
        profile.planEnds > 182 ? profile.planEnds - 182 : profile.planEnds + 183,
      ),
    }),
  };
}
