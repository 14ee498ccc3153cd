import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  untilStopped,
  usageError,
} from './command.js';

export const emulateCommand: Command = {
  name: 'emulate',
  summary: 'Runs a CRM on this machine to try a connector with, until it is stopped.',
  usage: 'emulate CRM [--port N] [--seed TEXT] [--accounts N] [--failing PERCENT] [--json]',
  options: [
    { name: 'port', value: 'N', about: 'default: any that is free' },
    { name: 'seed', value: 'TEXT', about: 'the same seed gives the same company' },
    { name: 'accounts', value: 'N', about: 'how large the company is; default: 40' },
    {
      name: 'failing',
      value: 'PERCENT',
      about: 'of requests that go wrong, in all the ways of that CRM; default: 0',
    },
    JSON_OPTION,
  ],
  positionals: ['CRM'],
  run: emulate,
};

const MOST_ACCOUNTS = 100_000;

interface Asked {
  readonly port: number;
  readonly accounts: number;
  readonly seed?: string;
}

interface Running {
  /** What is needed to sign in, by its name in JSON. */
  readonly told: { readonly [name: string]: string };
  /** What other commands sign in to it with. */
  readonly variables: { readonly [name: string]: string };
  readonly faults: { atRate(rate: number): void };
  close(): Promise<void>;
}

// Loaded when they are asked for: no other command has to wait for them.
const EMULATORS: { readonly [crm: string]: (asked: Asked) => Promise<Running> } = {
  async salesforce(asked) {
    const { emulateSalesforce, APP } = await import(
      '../test/emulators/salesforce/emulate-salesforce.js'
    );
    const emulator = await emulateSalesforce(asked);
    const { clientId, clientSecret = '', redirectUri } = APP;
    return {
      ...emulator,
      told: { loginUrl: emulator.origin, clientId, clientSecret, redirectUri },
      variables: {
        SALESFORCE_LOGIN_URL: emulator.origin,
        SALESFORCE_CLIENT_ID: clientId,
        SALESFORCE_CLIENT_SECRET: clientSecret,
      },
    };
  },
  async hubspot(asked) {
    const { emulateHubspot, APP } = await import('../test/emulators/hubspot/emulate-hubspot.js');
    const emulator = await emulateHubspot(asked);
    const { origin: basePath, oauth } = emulator;
    return {
      ...emulator,
      told: { basePath, accessToken: oauth.privateToken, ...APP },
      variables: { HUBSPOT_URL: basePath, HUBSPOT_TOKEN: oauth.privateToken },
    };
  },
};

async function emulate(given: Given, terminal: Terminal): Promise<number> {
  const [crm = ''] = given.positionals;
  const start = Object.hasOwn(EMULATORS, crm) ? EMULATORS[crm] : undefined;
  if (!start)
    throw usageError(
      `there is no emulator of "${crm}"`,
      `This version has ${Object.keys(EMULATORS).join(' and ')}`,
    );
  const seed = textOption(given, 'seed');
  const failing = numberOption(given, 'failing', 100, 0);
  const emulator = await start({
    port: numberOption(given, 'port', 65_535, 0),
    accounts: numberOption(given, 'accounts', MOST_ACCOUNTS, 40),
    ...(seed === undefined ? {} : { seed }),
  });
  try {
    emulator.faults.atRate(failing / 100);
    const lines = Object.entries(emulator.told).map(
      ([name, value]) => `  ${name.padEnd(14)}${value}`,
    );
    const variables = Object.entries(emulator.variables).map(
      ([name, value]) => `  export ${name}=${value}`,
    );
    terminal.out(
      given.values.json === true
        ? `${JSON.stringify({ ...emulator.told, ...emulator.variables })}\n`
        : `An emulated ${crm}\n\n${lines.join('\n')}\n\nFor other commands\n\n${variables.join('\n')}\n\nIt keeps nothing. Stop it with Ctrl+C.\n`,
    );
    await untilStopped(terminal.signal);
  } finally {
    await emulator.close();
  }
  return 0;
}

function numberOption(given: Given, name: string, most: number, otherwise: number): number {
  const text = textOption(given, name);
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw usageError(`--${name} is "${text}"`, `Write a whole number up to ${most}`);
}
