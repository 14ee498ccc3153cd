import type { Clock } from 'opportune';
import type { ReplayMemory } from '../identity/replay-memory.js';
import type { Database } from './open-database.js';

const MOST = 1_000_000;
const DROP_EVERY_MS = 60_000;

const CLAIM = `insert into opportune.replays (key, until)
  select $1, $2::float8 where (select count(*) from opportune.replays) < $4
  on conflict (tenant, key) do update set until = excluded.until where replays.until <= $3::float8
  returning key`;
const KNOWN = 'select from opportune.replays where key = $1 and until > $2::float8';

/** Signed requests that were believed once, for every process of the gateway and over a restart. */
export function openReplayLog(database: Database, tenant: string, clock: Clock): ReplayMemory {
  let droppedAt = Number.NEGATIVE_INFINITY;
  return {
    claim: (key, until) =>
      database.inTenant(tenant, async (sql) => {
        const now = clock.now();
        if (now - droppedAt > DROP_EVERY_MS) {
          droppedAt = now;
          await sql.rows('delete from opportune.replays where until <= $1::float8', [now]);
        }
        if ((await sql.rows(CLAIM, [key, until, now, MOST])).length > 0) return 'new';
        return (await sql.rows(KNOWN, [key, now])).length > 0 ? 'known' : 'full';
      }),
    async forget(key) {
      await database.ask(tenant, 'delete from opportune.replays where key = $1', [key]);
    },
  };
}
