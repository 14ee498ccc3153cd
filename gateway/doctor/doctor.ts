import { existsSync, readFileSync } from 'node:fs';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { DATABASE_PLACE, readDatabasePlace } from '../database/database-place.js';
import { type Database, openDatabase } from '../database/open-database.js';
import { openPostgresStore } from '../database/postgres-store.js';
import { readGatewaySettings } from '../identity/read-gateway-settings.js';
import type { GatewaySettings } from '../identity/settings.js';
import { readSecret } from '../read-secret.js';
import { plural, printable } from '../text.js';
import { checkCrm } from './check-crm.js';
import { checkDatabase, checkGateway } from './check-running.js';
import { checkSettings } from './check-settings.js';
import { type Finding, lookAt, toFinding } from './finding.js';

export const doctorCommand: Command = {
  name: 'doctor',
  summary:
    'Looks at a gateway and the CRMs it is connected to: what works, what does not, and what to do.',
  usage: 'doctor --settings FILE (--store FOLDER | --database URL) [--url URL] [--json]',
  options: [
    { name: 'settings', value: 'FILE', about: 'gateway.yaml', needed: true },
    ...DATABASE_PLACE,
    { name: 'url', value: 'URL', about: 'where the gateway answers; default: its publicUrl' },
    JSON_OPTION,
  ],
  positionals: [],
  run: doctor,
};

async function doctor(given: Given, terminal: Terminal): Promise<number> {
  const place = readDatabasePlace(given);
  const file = textOption(given, 'settings') ?? '';
  if (!existsSync(file)) throw usageError(`${file}: there is no such file`, 'Name gateway.yaml');
  const found: Finding[] = [];
  const tell = (findings: readonly Finding[]): void => {
    found.push(...findings);
    if (given.values.json !== true) for (const one of findings) terminal.out(toText(one));
  };
  const read = readGatewaySettings(readFileSync(file, 'utf8'), file, readSecret);
  tell(checkSettings(file, read));
  const { settings } = read;
  const database = await openDatabase({ ...place, tables: 'as-they-are' }).catch(
    (error: unknown) => {
      tell([toFinding('database', error)]);
      return undefined;
    },
  );
  try {
    if (database) tell(await lookAt('database', () => checkDatabase(database, terminal.now)));
    if (settings) {
      tell(await checkGateway(textOption(given, 'url') ?? settings.publicUrl, fetch));
      await checkConnections(settings, database, terminal, tell);
    }
  } finally {
    await database?.close();
  }
  const [bad, warnings] = ['bad', 'warning'].map(
    (state) => found.filter((one) => one.state === state).length,
  );
  if (given.values.json === true)
    terminal.out(`${JSON.stringify({ good: bad === 0, findings: found })}\n`);
  else
    terminal.out(
      `\n${plural(bad ?? 0, 'thing')} to mend, ${plural(warnings ?? 0, 'warning')}, ${plural(found.length, 'thing')} looked at.\n`,
    );
  return bad === 0 ? 0 : 1;
}

async function checkConnections(
  { tenants }: GatewaySettings,
  database: Database | undefined,
  terminal: Terminal,
  tell: (findings: readonly Finding[]) => void,
): Promise<void> {
  const known = new Set(await database?.tenants().catch(() => []));
  for (const { id, connections, signIn } of tenants) {
    const store = database && known.has(id) ? await openPostgresStore(database, id) : undefined;
    for (const { name, sync } of connections)
      if (sync)
        tell(
          await checkCrm({
            place: `${id}/${name}`,
            connection: name,
            ...{ sync, signIn, store, fetch },
            now: terminal.now,
          }),
        );
  }
}

const WORDS = { good: 'good   ', warning: 'warning', bad: 'BAD    ' } as const;

function toText({ state, what, found, remedy }: Finding): string {
  const line = `${WORDS[state]}  ${printable(what)}: ${printable(found)}\n`;
  return state === 'good' || remedy === undefined
    ? line
    : `${line}         -> ${printable(remedy)}\n`;
}
