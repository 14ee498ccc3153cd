import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { OpportuneError } from 'opportune';
import type { Problem } from 'opportune/plan';
import {
  type Command,
  type Given,
  type Terminal,
  textOption,
  untilStopped,
  usageError,
} from '../command.js';
import { DATABASE_PLACE, readDatabasePlace } from '../database/database-place.js';
import { openDatabase } from '../database/open-database.js';
import { allowDevelopmentLogin } from '../identity/development-login.js';
import { readGatewaySettings } from '../identity/read-gateway-settings.js';
import type { GatewaySettings } from '../identity/settings.js';
import { readPlaybookFolder } from '../playbook-folder.js';
import { readSecret } from '../read-secret.js';
import { readDayScripts, readPageScript, readStudioFiles } from './read-page-script.js';
import { startGateway } from './start-gateway.js';
import { startTelemetry } from './telemetry.js';

const PORT = 8474;
const HOST = '127.0.0.1';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'The gateway: one agent for a team, over HTTP, with events pushed to every panel.',
  usage:
    'serve --settings FILE (--store FOLDER | --database URL) [--playbook P] [--host H] [--port N]',
  options: [
    { name: 'settings', value: 'FILE', about: 'gateway.yaml', needed: true },
    ...DATABASE_PLACE,
    { name: 'playbook', value: 'P', about: 'published to tenants that have none in force' },
    { name: 'host', value: 'H', about: `the address to listen on; ${HOST}` },
    { name: 'port', value: 'N', about: `the port to listen on; ${PORT}, and 0 for any free one` },
    {
      name: 'login-for-development',
      about: 'lets whoever reaches it be anybody; only on an address of this machine alone',
    },
  ],
  positionals: [],
  run: serve,
};

async function serve(given: Given, terminal: Terminal): Promise<number> {
  const host = textOption(given, 'host') ?? HOST;
  const port = readPort(textOption(given, 'port'));
  const settings = readSettings(textOption(given, 'settings') ?? '', terminal);
  const development = given.values['login-for-development']
    ? await allowDevelopmentLogin(host, async (name) =>
        (await lookup(name, { all: true })).map(({ address }) => address),
      )
    : undefined;
  const folder = textOption(given, 'playbook');
  const playbook = folder === undefined ? undefined : readPlaybookFolder(folder);
  const telemetry = await startTelemetry(process.env, terminal);
  const database = await openDatabase(readDatabasePlace(given));
  try {
    const gateway = await startGateway({
      settings,
      database,
      clock: terminal,
      telemetry,
      environment: process.env,
      embedScript: readPageScript('embed'),
      insightsScript: readPageScript('insights'),
      studioFiles: readStudioFiles(),
      dayScripts: readDayScripts(),
      ...(development && { development }),
      ...(playbook && { playbook }),
      log: (entry) =>
        terminal.out(
          `${JSON.stringify({ at: new Date(terminal.now()).toISOString(), ...entry })}\n`,
        ),
    });
    try {
      await gateway.app.listen({ host, port });
      const { port: taken } = gateway.app.server.address() as AddressInfo;
      terminal.problem(`The gateway listens on http://${host}:${taken} (Ctrl+C ends it)\n`);
      await untilStopped(terminal.signal);
    } finally {
      await gateway.close();
    }
  } finally {
    await database.close();
    await telemetry.close();
  }
  return 0;
}

function readPort(text = String(PORT)): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  throw usageError(`--port: "${text}" is no port`, 'Write a number below 65536');
}

/** Throws with the first error of the file; warnings are told, and do not stop the start. */
function readSettings(file: string, terminal: Terminal): GatewaySettings {
  const { settings, problems } = readGatewaySettings(readFileSync(file, 'utf8'), file, readSecret);
  const placeOf = ({ line }: Problem): string => `${file}:${line}`;
  if (settings) {
    for (const problem of problems)
      terminal.problem(`${placeOf(problem)}: ${problem.message}. ${problem.remedy}\n`);
    return settings;
  }
  const first = problems.find(({ severity }) => severity === 'error');
  throw new OpportuneError('opportune/usage', first?.message ?? 'the settings cannot be read', {
    where: first ? placeOf(first) : file,
    ...(first && { remedy: first.remedy }),
  });
}
