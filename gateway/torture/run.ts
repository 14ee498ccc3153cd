/** `npm run torture -- --kills 1000 --on embedded|postgres|both --away SECONDS --seed S`: see torture.ts. Ends with 1 when anything was violated. */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { PlaceKind } from './place.js';
import { type Tortured, torture } from './torture.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    on: { type: 'string', default: 'both' },
    away: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
const places = (['embedded', 'postgres'] as const).filter(
  (kind) => values.on === 'both' || values.on === kind,
);
const away = values.away === undefined ? undefined : Number(values.away);
const usable = kills >= 0 && (away === undefined || (away > 0 && values.on === 'postgres'));
if (places.length === 0 || !usable || !Number.isFinite(seed)) {
  console.error(
    'Usage: npm run torture -- [--kills N] [--on embedded|postgres|both] [--away SECONDS, on postgres] [--seed N]',
  );
  process.exit(2);
}

const results: (Tortured & { readonly on: PlaceKind })[] = [];
for (const on of places) {
  console.log(`\n${on}, ${kills} kills, seed ${seed}`);
  const began = Date.now();
  const seconds = (): string => `${((Date.now() - began) / 1000).toFixed(0)} s`.padStart(7);
  const progress = (line: string): void => console.log(`${seconds()}  ${line}`);
  results.push({
    on,
    ...(await torture({
      on,
      kills,
      seed,
      progress,
      ...(away !== undefined && { awayMs: away * 1000 }),
    })),
  });
}

const ROWS: readonly (readonly [string, (result: Tortured) => string | number])[] = [
  ['kills', (r) => r.kills],
  ['of these the database too', (r) => r.databaseKills],
  ['facts taken', (r) => r.facts],
  ['answers recorded', (r) => r.answers],
  ['playbooks published', (r) => r.publishes],
  ['events to panels', (r) => r.events],
  ['of these resets', (r) => r.resets],
  ['lost', (r) => r.lost],
  ['doubled', (r) => r.doubled],
  ['restart, median', (r) => ms(r.restarts, 0.5)],
  ['restart, longest', (r) => ms(r.restarts, 1)],
  ['database back, a fact taken', (r) => (r.backMs === undefined ? '-' : `${r.backMs} ms`)],
  ['violations', (r) => r.violations.length],
];
console.log(`\n${''.padEnd(28)}${results.map(({ on }) => on.padStart(12)).join('')}`);
for (const [name, read] of ROWS)
  console.log(
    `${name.padEnd(28)}${results.map((result) => String(read(result)).padStart(12)).join('')}`,
  );
console.log(`load ${loadavg()[0]?.toFixed(1)}`);
for (const { on, violations } of results) {
  for (const violation of violations) console.error(`${on}: ${violation}`);
  if (violations.length > 0) {
    console.error(`again: npm run torture -- --on ${on} --kills ${kills} --seed ${seed}`);
    process.exitCode = 1;
  }
}

function ms(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${Math.round(sorted[Math.round((sorted.length - 1) * share)] ?? 0)} ms`;
}
