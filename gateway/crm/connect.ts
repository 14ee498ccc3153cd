import { existsSync, writeFileSync } from 'node:fs';
import { type FieldMap, type MapProblem, proposeFieldMap } from '@opportune/connector-salesforce';
import { isOpportuneError, type OpportuneError } from 'opportune';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { readSecret } from '../read-secret.js';
import { plural, printable } from '../text.js';
import { CRM_NAMES, type CrmName, isCrmName } from './crm-sign-in.js';
import { type Crm, openCrm } from './open-crm.js';
import { readFieldMap } from './read-field-map.js';
import { signInFromEnvironment } from './sign-in-from-environment.js';

export const connectCommand: Command = {
  name: 'connect',
  summary: 'Proposes the mapping file of a CRM (salesforce, hubspot), or checks one against it.',
  usage: `connect CRM [--to FILE] [--connection NAME] [--zone ZONE] [--currency CODE] [--objects A,B]
connect CRM --check FILE [--write-to FIELD] [--prepare] [--json]`,
  options: [
    { name: 'to', value: 'FILE', about: 'where the proposal goes; default: standard output' },
    { name: 'connection', value: 'NAME', about: 'what record ids begin with; default: crm' },
    { name: 'zone', value: 'ZONE', about: 'the time zone in which a day begins; default: UTC' },
    { name: 'currency', value: 'CODE', about: 'of money that names none; default: EUR' },
    { name: 'objects', value: 'A,B', about: 'to look at, in place of those that usually matter' },
    { name: 'check', value: 'FILE', about: 'hold this mapping file against the CRM' },
    { name: 'write-to', value: 'FIELD', about: 'and see whether what reps do can be written back' },
    { name: 'prepare', about: 'of HubSpot: make that property where it is not there' },
    JSON_OPTION,
  ],
  positionals: ['CRM'],
  run: connect,
};

async function connect(given: Given, terminal: Terminal): Promise<number> {
  const [name = ''] = given.positionals;
  if (!isCrmName(name))
    throw usageError(`there is no CRM "${name}"`, `Use one of ${CRM_NAMES.join(', ')}`);
  const file = textOption(given, 'check');
  const map = file === undefined ? undefined : readFieldMap(name, file);
  const keyField = textOption(given, 'write-to');
  const crm = await openCrm(signInFromEnvironment(name, readSecret));
  if (given.values.prepare === true) await prepare(crm, keyField);
  if (map) return check(crm, map, keyField, given, terminal);
  const to = textOption(given, 'to');
  if (to !== undefined && existsSync(to))
    throw usageError(`${to} is there already`, 'Name another file, or check it with --check');
  const text = await propose(name, crm, given, terminal);
  if (to === undefined) terminal.out(text);
  else {
    writeFileSync(to, text, { flag: 'wx' });
    terminal.problem(
      `${printable(to)} is written. Look it through, then: opportune connect ${name} --check ${printable(to)}\n`,
    );
  }
  return 0;
}

async function propose(name: CrmName, crm: Crm, given: Given, terminal: Terminal): Promise<string> {
  const connection = textOption(given, 'connection') ?? 'crm';
  const objects = textOption(given, 'objects')
    ?.split(',')
    .map((one) => one.trim());
  const described = await crm.connect(emptyMap(connection)).describe?.({
    signal: terminal.signal,
    ...(objects && { objects }),
  });
  const proposed = proposeFieldMap(described ?? [], {
    connection,
    zone: textOption(given, 'zone') ?? 'UTC',
    currency: textOption(given, 'currency') ?? 'EUR',
  });
  return `${HEAD(name)}${proposed}`;
}

const HEAD = (
  name: CrmName,
): string => `# yaml-language-server: $schema=node_modules/opportune/schema/field-map.json
# What ${name === 'salesforce' ? 'Salesforce' : 'HubSpot'} holds, as facts. Proposed from what is there; it is yours from now on.
#
# - Look at each line: on the left stands what plays call it, on the right the field it is read from, then its label
#   and how many in 100 records have it. Take out what nobody should see a play about.
# - "fields:" says of what type a field is. When that changes at the CRM, reading stops and says so.
# - Raise "revision:" when a line says something new of records that do not change: everything is read again then.
# - Check it:  opportune connect ${name} --check THIS_FILE
# - Read it:   opportune import ${name} --map THIS_FILE --into STORE

revision: 1
`;

/** For what is asked without a map. */
const emptyMap = (connection: string): FieldMap => ({
  file: '',
  connection,
  zone: 'UTC',
  revision: 1,
  grade: 'observed',
  objects: [],
});

async function prepare(crm: Crm, keyField: string | undefined): Promise<void> {
  if (keyField === undefined)
    throw usageError('--prepare needs --write-to', 'Name the property, such as opportune_key');
  if (!crm.prepare)
    throw usageError(
      '--prepare is for HubSpot',
      'In Salesforce an admin makes the field on Activity: see docs/install-salesforce.md',
    );
  await crm.prepare(keyField);
}

async function check(
  crm: Crm,
  map: FieldMap,
  keyField: string | undefined,
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const problems: MapProblem[] = [...(await crm.check(map))];
  let writes: string | undefined;
  if (keyField !== undefined)
    try {
      await crm.checkKey(keyField);
    } catch (error) {
      if (!isOpportuneError(error, 'opportune/push')) throw error;
      writes = printable((error as OpportuneError).message);
    }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const isGood = errors === 0 && writes === undefined;
  if (given.values.json === true)
    terminal.out(
      `${JSON.stringify({ map: map.file, good: isGood, problems, ...(keyField !== undefined && { writesBack: writes === undefined, ...(writes !== undefined && { because: writes }) }) })}\n`,
    );
  else {
    for (const { severity, file, line, message, remedy } of problems)
      terminal.out(printable(`${file}:${line}: ${severity}: ${message}. ${remedy}`).concat('\n'));
    if (writes !== undefined) terminal.out(`Nothing can be written back: ${writes}\n`);
    terminal.out(
      isGood
        ? `${printable(map.file)} fits: ${plural(map.objects.length, 'object')}${keyField === undefined ? '' : `, and ${printable(keyField)} takes what is written back`}.\n`
        : `${plural(errors, 'error')} in ${printable(map.file)}.\n`,
    );
  }
  return isGood ? 0 : 1;
}
