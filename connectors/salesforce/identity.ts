import type { Identity } from '../../src/domain/connector.js';
import type { Wire } from './wire.js';

/** Allowances that a connector uses up. */
const LIMITS = ['DailyApiRequests', 'DailyBulkV2QueryJobs', 'DailyBulkV2QueryFileStorageMB'];

/** Who the session speaks for. The token goes in a header: jsforce's `identity()` writes it into the address. */
export async function readIdentity(
  wire: Wire,
  connection: string,
  signal: AbortSignal | undefined,
): Promise<Identity> {
  const { value } = await wire.ask({ path: '/services/oauth2/userinfo', signal });
  const { user_id, organization_id, name } = value as { readonly [name: string]: unknown };
  const limits = (await wire.ask({ path: '/limits', signal })).value as {
    readonly [name: string]: { readonly Max: number; readonly Remaining: number } | undefined;
  };
  return {
    user: `${connection}:rep:${String(user_id)}`,
    name: String(name),
    company: String(organization_id),
    limits: LIMITS.flatMap((limit) => {
      const held = limits[limit];
      // More may be used than is allowed: a company that goes over is told so later.
      return held ? [{ name: limit, max: held.Max, left: Math.max(0, held.Remaining) }] : [];
    }),
  };
}
