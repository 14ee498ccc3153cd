import type { Database } from '../database/open-database.js';
import { companiesIn } from '../database/own-tenant.js';
import { plural } from '../text.js';
import type { Finding } from './finding.js';

const TIMEOUT_MS = 10_000;
const MOST_SKEW_MS = 30_000;

/** The database, and its clock: leases and waiting facts go by it. */
export async function checkDatabase(
  database: Database,
  now: () => number,
): Promise<readonly Finding[]> {
  const companies = await companiesIn(database);
  const began = now();
  const [row] = await database.asOwner((sql) =>
    sql.rows('select extract(epoch from clock_timestamp()) * 1000 as at'),
  );
  const off = (began + now()) / 2 - Number(row?.at);
  return [
    {
      state: 'good',
      what: 'database',
      found: `it answers, and has ${plural(companies.length, 'company', 'companies')}`,
    },
    ...(Math.abs(off) > MOST_SKEW_MS
      ? [
          {
            state: 'warning' as const,
            what: 'database',
            found: `its clock is ${Math.round(Math.abs(off) / 1_000)} s off`,
            remedy: 'Set both clocks by a time server',
          },
        ]
      : []),
  ];
}

/** Whether the gateway answers where panels and CRMs call it. */
export async function checkGateway(
  url: string,
  fetch: typeof globalThis.fetch,
): Promise<readonly Finding[]> {
  const what = 'gateway';
  const bad = (found: string, remedy: string): readonly Finding[] => [
    { state: 'bad', what, found, remedy },
  ];
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    if (response.ok) return [{ state: 'good', what, found: `it answers on ${url}` }];
    return response.status === 503
      ? bad(`${url} answers, and cannot reach its database`, 'See the database, and its log')
      : bad(`${url} answers with ${response.status}`, 'See which service stands there');
  } catch {
    return bad(
      `nothing answers on ${url}`,
      'Start opportune serve, and see that the proxy leads to it; name another address with --url',
    );
  }
}
