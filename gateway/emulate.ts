import { APP, emulateSalesforce } from '../test/emulators/salesforce/emulate-salesforce.js';
import { FAULTS } from '../test/emulators/salesforce/faults.js';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from './command.js';

export const emulateCommand: Command = {
  name: 'emulate',
  summary: 'Runs a CRM on this machine to try a connector with, until it is stopped.',
  usage: 'emulate salesforce [--port N] [--seed TEXT] [--accounts N] [--failing PERCENT] [--json]',
  options: [
    { name: 'port', value: 'N', about: 'default: any that is free' },
    { name: 'seed', value: 'TEXT', about: 'the same seed gives the same company' },
    { name: 'accounts', value: 'N', about: 'how large the company is; default: 40' },
    {
      name: 'failing',
      value: 'PERCENT',
      about: `of requests that go wrong: ${FAULTS.join(', ')}; default: 0`,
    },
    JSON_OPTION,
  ],
  positionals: ['CRM'],
  run: emulate,
};

const MOST_ACCOUNTS = 100_000;

async function emulate(given: Given, terminal: Terminal): Promise<number> {
  const [crm = ''] = given.positionals;
  if (crm !== 'salesforce')
    throw usageError(`there is no emulator of "${crm}"`, 'This version has salesforce');
  const seed = textOption(given, 'seed');
  const failing = numberOption(given, 'failing', 100, 0);
  const emulator = await emulateSalesforce({
    port: numberOption(given, 'port', 65_535, 0),
    accounts: numberOption(given, 'accounts', MOST_ACCOUNTS, 40),
    ...(seed === undefined ? {} : { seed }),
  });
  try {
    emulator.faults.atRate(failing / 100);
    const { origin: loginUrl } = emulator;
    const { clientId, clientSecret = '', redirectUri } = APP;
    terminal.out(
      given.values.json === true
        ? `${JSON.stringify({ loginUrl, clientId, clientSecret, redirectUri })}\n`
        : `Salesforce, emulated, on ${loginUrl}\n\n  client id      ${clientId}\n  client secret  ${clientSecret}\n  redirect URI   ${redirectUri}\n\nIt keeps nothing. Stop it with Ctrl+C.\n`,
    );
    await new Promise<void>((resolve) => {
      if (terminal.signal.aborted) resolve();
      else terminal.signal.addEventListener('abort', () => resolve(), { once: true });
    });
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
