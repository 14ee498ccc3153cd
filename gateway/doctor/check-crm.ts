import { salesforceId } from '@opportune/connector-salesforce';
import type { Store } from 'opportune';
import { grantPorts } from '../crm/grant-places.js';
import { openCrm } from '../crm/open-crm.js';
import { readStatus } from '../crm/tenant-crm.js';
import type { SignIn, Sync } from '../identity/settings.js';
import { count, duration, plural } from '../text.js';
import { type Finding, lookAt } from './finding.js';

export interface CrmCheck {
  /** `acme/crm`. */
  readonly place: string;
  readonly connection: string;
  readonly sync: Sync;
  readonly signIn: readonly SignIn[];
  /** Absent: nothing of the company is in the database. */
  readonly store: Pick<Store, 'get' | 'put' | 'names'> | undefined;
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
}

/** Below this share of the day's requests reading pauses: the rest is left to others. */
const PAUSES_AT = 0.2;
const SOON_AT = 0.4;
/** Signatures and tokens are refused from other moments. */
const MOST_SKEW_MS = 30_000;

/** One connection: who it is, what it may, what is left, whether the map fits, and how fresh what is known is. */
export async function checkCrm(check: CrmCheck): Promise<readonly Finding[]> {
  const { place, sync, now } = check;
  const found: Finding[] = [];
  const skews: number[] = [];
  const observed: typeof globalThis.fetch = async (...asked) => {
    const began = now();
    const response = await check.fetch(...asked);
    const told = Date.parse(response.headers.get('date') ?? '');
    // The header has whole seconds, and was written at some moment of the way.
    if (!Number.isNaN(told)) skews.push((began + now()) / 2 - (told + 500));
    return response;
  };
  const what = `${place} sign-in`;
  const signedIn = await lookAt(what, async () => {
    const { connection, store } = check;
    const kept = store ? grantPorts(store, connection, sync.signIn) : {};
    const crm = await openCrm(sync.signIn, { fetch: observed, ...kept });
    const identity = await crm.connect(sync.map).identity?.();
    if (!identity) return [];
    const { name, company, limits, scopes } = identity;
    found.push({ state: 'good', what, found: `as ${name}, of ${company}` });
    found.push(...checkCompany(check, company));
    if (scopes) found.push(checkScopes(place, sync, scopes));
    found.push(...limits.map((limit) => checkLimit(place, limit)));
    found.push(
      ...(await lookAt(`${place} map`, async () =>
        checkMap(place, sync, await crm.check(sync.map)),
      )),
    );
    const { keyField } = sync;
    if (keyField !== undefined)
      found.push(
        ...(await lookAt(`${place} writing back`, async () => {
          await crm.checkKey(keyField);
          return [
            {
              state: 'good',
              what: `${place} writing back`,
              found: `${keyField} keeps each answer once`,
            },
          ];
        })),
      );
    return [];
  });
  return [
    ...signedIn,
    ...found,
    ...checkSkew(place, skews),
    ...(await lookAt(`${place} freshness`, async () => [await checkFreshness(check)])),
  ];
}

function checkCompany(
  { place, signIn, connection, sync }: CrmCheck,
  company: string,
): readonly Finding[] {
  const wrong = signIn.find(
    (one) =>
      (one.how === 'hubspot' || one.how === 'canvas') &&
      one.connection === connection &&
      (one.how === 'hubspot' ? String(one.portal) : one.organization) !==
        (sync.signIn.crm === 'salesforce' ? salesforceId(company) : company),
  );
  if (!wrong) return [];
  return [
    {
      state: 'bad',
      what: `${place} sign-in`,
      found: `people sign in from another company than the ${company} that is read`,
      remedy: 'Correct portal or organization under signIn, or the credentials under sync',
    },
  ];
}

/** Scopes by the object of the map that needs one of each; others are found by asking. */
const SCOPES: { readonly [object: string]: readonly string[] } = {
  companies: ['crm.objects.companies.read'],
  contacts: ['crm.objects.contacts.read'],
  deals: ['crm.objects.deals.read'],
  owners: ['crm.objects.owners.read'],
  products: ['crm.objects.products.read', 'e-commerce'],
  line_items: ['crm.objects.line_items.read', 'e-commerce'],
};

function checkScopes(place: string, { map }: Sync, scopes: readonly string[]): Finding {
  const missing = map.objects.flatMap(({ name }) => {
    const [needed, ...others] = SCOPES[name] ?? [];
    return needed === undefined || [needed, ...others].some((one) => scopes.includes(one))
      ? []
      : [needed];
  });
  const what = `${place} scopes`;
  return missing.length === 0
    ? { state: 'good', what, found: plural(scopes.length, 'scope') }
    : {
        state: 'warning',
        what,
        found: `the app has not ${missing.join(', ')}`,
        remedy: 'Add them to the app at HubSpot, and take its new token',
      };
}

function checkLimit(
  place: string,
  { name, max, left }: { readonly name: string; readonly max: number; readonly left: number },
): Finding {
  const share = max === 0 ? 1 : left / max;
  const what = `${place} limits`;
  const found = `${name}: ${count(left)} of ${count(max)} left`;
  // What runs over seconds fills again by itself.
  const isDaily = !/second/.test(name);
  if (!isDaily || share > SOON_AT) return { state: 'good', what, found };
  return {
    state: share > PAUSES_AT ? 'warning' : 'bad',
    what,
    found,
    remedy:
      share > PAUSES_AT
        ? 'See which integration uses them; reading pauses when a fifth is left'
        : 'Reading pauses until there are more: see which integration uses them, or read more seldom (minutes)',
  };
}

function checkMap(
  place: string,
  { map }: Sync,
  problems: Awaited<ReturnType<Awaited<ReturnType<typeof openCrm>>['check']>>,
): readonly Finding[] {
  const what = `${place} map`;
  if (problems.length === 0)
    return [
      { state: 'good', what, found: `${map.file} fits: ${plural(map.objects.length, 'object')}` },
    ];
  return problems.map(({ severity, file, line, message, remedy }) => ({
    state: severity === 'error' ? 'bad' : 'warning',
    what,
    found: `${file}:${line}: ${message}`,
    remedy,
  }));
}

function checkSkew(place: string, skews: readonly number[]): readonly Finding[] {
  if (skews.length === 0) return [];
  const what = `${place} clock`;
  const off = skews.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least));
  const found = `this machine is ${duration(Math.abs(off))} ${off < 0 ? 'behind' : 'ahead'}`;
  if (Math.abs(off) <= MOST_SKEW_MS) return [{ state: 'good', what, found }];
  return [
    {
      state: 'bad',
      what,
      found,
      remedy: 'Set the clock by a time server: signatures and tokens are refused',
    },
  ];
}

async function checkFreshness({ place, store, connection, sync, now }: CrmCheck): Promise<Finding> {
  const what = `${place} freshness`;
  const start = 'Start opportune serve, or see its log';
  const never: Finding = { state: 'bad', what, found: 'nothing was ever read', remedy: start };
  if (!store) return never;
  const { state, upTo, facts, problem, toWrite, left } = await readStatus(store, connection, sync);
  const refused = toWrite?.refused[0];
  if (problem)
    return {
      state: 'bad',
      what,
      found: `failing since ${problem.since}, ${plural(problem.tries, 'attempt')}${upTo === undefined ? '' : `; known up to ${upTo}`}`,
      remedy: problem.message,
    };
  if (state === 'loading')
    return facts === 0
      ? never
      : { state: 'warning', what, found: `loading: ${plural(facts, 'fact')} so far` };
  const age = now() - Date.parse(upTo ?? '');
  // Three rounds, and the time that one takes.
  if (age > 3 * sync.everyMs + 120_000)
    return { state: 'bad', what, found: `known up to ${upTo}, and nothing since`, remedy: start };
  if (refused)
    return {
      state: 'warning',
      what,
      found: `${plural(toWrite.refused.length, 'answer')} of reps refused by the CRM since ${refused.since}`,
      remedy: refused.because,
    };
  const skipped = left.reduce((sum, one) => sum + one.count, 0);
  return {
    state: 'good',
    what,
    found: `known up to ${upTo}${skipped === 0 ? '' : `; ${plural(skipped, 'record')} made no fact, such as ${left[0]?.object}: ${left[0]?.reason}`}`,
  };
}
