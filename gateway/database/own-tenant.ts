import type { Database } from './open-database.js';

/** The tenant under which the gateway keeps what is its own. */
export const OWN = 'gateway';

/** The value of its store by which tokens of an identity that were made before are refused; epoch milliseconds. */
export const notBeforeName = (tenant: string, identity: string): string =>
  `not-before/${tenant}/${identity}`;

/** Tenants that are somebody's. */
export async function companiesIn(database: Database): Promise<readonly string[]> {
  return (await database.tenants()).filter((tenant) => tenant !== OWN);
}
