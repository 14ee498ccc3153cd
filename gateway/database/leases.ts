import type { Database } from './open-database.js';

const CLAIM = `insert into opportune.leases (name, holder, until)
  values ($1, $2, now() + make_interval(secs => $3::float8 / 1000))
  on conflict (tenant, name) do update set holder = excluded.holder, until = excluded.until
    where leases.holder = excluded.holder or leases.until < now()
  returning name`;

/**
 * Whether this holder has the lease, by the database's clock, for so many milliseconds from now on; the same holder renews
 * it. It spares work that several processes would do at once, and nothing is wrong where two have it for a moment.
 */
export async function claimLease(
  database: Database,
  tenant: string,
  { name, holder, ms }: { readonly name: string; readonly holder: string; readonly ms: number },
): Promise<boolean> {
  const rows = await database.ask(tenant, CLAIM, [name, holder, ms], { durable: false });
  return rows.length > 0;
}

/** Where this process is alone: what the one before it held when it was killed. */
export async function endOldLeases(database: Database, tenant: string): Promise<void> {
  if (database.alone) await database.ask(tenant, 'delete from opportune.leases', []);
}

/** Lets another process go on at once. */
export async function endLease(
  database: Database,
  tenant: string,
  { name, holder }: { readonly name: string; readonly holder: string },
): Promise<void> {
  await database.ask(tenant, 'delete from opportune.leases where name = $1 and holder = $2', [
    name,
    holder,
  ]);
}
