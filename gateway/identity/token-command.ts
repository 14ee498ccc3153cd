import { randomBytes } from 'node:crypto';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { writeAudit } from '../database/audit.js';
import { DATABASE_PLACE, readDatabasePlace } from '../database/database-place.js';
import { type Database, openDatabase } from '../database/open-database.js';
import { companiesIn, notBeforeName, OWN } from '../database/own-tenant.js';
import { openPostgresStore } from '../database/postgres-store.js';
import { plural, printable } from '../text.js';
import { ROLES, type Role } from './identity.js';
import { createServiceToken, type ServiceTokenRecord, TOKENS } from './service-token.js';

const VERBS = ['issue', 'list', 'revoke', 'sign-out'] as const;
const DAYS = 365;
const MOST_DAYS = 3_650;
/** A machine asks in no rep's name. */
const ROLES_OF_MACHINES: readonly Role[] = ROLES.filter((role) => role !== 'rep');

export const tokenCommand: Command = {
  name: 'token',
  summary:
    'Tokens of machines that talk to the gateway: makes one, lists them, takes one back; signs a person out.',
  usage: 'token issue|list|revoke|sign-out (--store FOLDER | --database URL)',
  options: [
    ...DATABASE_PLACE,
    { name: 'tenant', value: 'T', about: 'issue, sign-out: the company; list: of this one alone' },
    { name: 'name', value: 'N', about: 'issue: who uses it, for people: "nightly import"' },
    {
      name: 'roles',
      value: 'R,R',
      about: `issue: what it may, of ${ROLES_OF_MACHINES.join(', ')}; connector`,
    },
    {
      name: 'connection',
      value: 'C',
      about: 'issue: of the role host, whose reps it may get panel tokens for',
    },
    { name: 'days', value: 'N', about: `issue: until it ends; ${DAYS}` },
    { name: 'id', value: 'ID', about: 'revoke: which, as list says' },
    {
      name: 'identity',
      value: 'ID',
      about: 'sign-out: whose tokens until now are refused, as the audit trail names the actor',
    },
    JSON_OPTION,
  ],
  positionals: [VERBS.join('|')],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const verb = VERBS.find((one) => one === given.positionals[0]);
  if (!verb)
    throw usageError(
      `"${printable(given.positionals[0] ?? '')}" is nothing to do with a token`,
      `Write ${VERBS.join(', ')}`,
    );
  const doing = { issue, list, revoke, 'sign-out': signOut }[verb](given);
  const database = await openDatabase({ ...readDatabasePlace(given), tables: 'as-they-are' });
  try {
    return await doing(database, terminal);
  } finally {
    await database.close();
  }
}

/** What is asked for is read before the database is opened. */
type Doing = (database: Database, terminal: Terminal) => Promise<number>;

function issue(given: Given): Doing {
  const tenant = needed(given, 'issue', 'tenant');
  const name = needed(given, 'issue', 'name');
  const words = (textOption(given, 'roles') ?? 'connector').split(',');
  const wrong = words.find((word) => !ROLES_OF_MACHINES.includes(word as Role));
  if (wrong !== undefined)
    throw usageError(
      `--roles: "${printable(wrong)}" is no role of a machine`,
      `Use ${ROLES_OF_MACHINES.join(', ')}`,
    );
  const connection = textOption(given, 'connection');
  if (words.includes('host') !== (connection !== undefined))
    throw usageError(
      '--connection and the role host go together',
      'Write --roles host --connection C, where record ids begin with "C:"',
    );
  const text = textOption(given, 'days') ?? String(DAYS);
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > MOST_DAYS)
    throw usageError(
      `--days: "${printable(text)}" is no number of days`,
      `Write 1 to ${MOST_DAYS}`,
    );
  return async (database, terminal) => {
    await checkTenant(database, tenant);
    const wanted = { tenant, name, roles: words as Role[], connection, days };
    const { token, record } = createServiceToken(wanted, randomBytes, { now: terminal.now });
    const own = await openPostgresStore(database, OWN);
    await own.put(TOKENS + record.id, record);
    await note(database, record, 'issued');
    const { hash: _, ...shown } = record;
    terminal.out(
      given.values.json === true ? `${JSON.stringify({ token, ...shown })}\n` : `${token}\n`,
    );
    terminal.problem(
      `opportune: ${record.id} for ${printable(tenant)}, until ${dayOf(record.expiresAt)}. It is shown this once; put it where ${printable(name)} reads it\n`,
    );
    return 0;
  };
}

function list(given: Given): Doing {
  return async (database, terminal) => {
    const only = textOption(given, 'tenant');
    const own = await openPostgresStore(database, OWN);
    const all = (await Promise.all((await own.names(TOKENS)).map(own.get))) as ServiceTokenRecord[];
    const shown = all
      .filter(({ tenant }) => only === undefined || tenant === only)
      .sort((a, b) => a.createdAt - b.createdAt);
    if (given.values.json === true)
      terminal.out(`${JSON.stringify(shown.map(({ hash: _, ...rest }) => rest))}\n`);
    else
      for (const { id, tenant, name, roles, connection, createdAt, expiresAt } of shown) {
        const over = expiresAt <= terminal.now() ? 'ended' : 'until';
        const may =
          roles.join(',') + (connection === undefined ? '' : ` of ${printable(connection)}`);
        terminal.out(
          `${id}  ${printable(tenant)}  ${may}  ${dayOf(createdAt)} ${over} ${dayOf(expiresAt)}  ${printable(name)}\n`,
        );
      }
    terminal.problem(`opportune: ${plural(shown.length, 'token')}\n`);
    return 0;
  };
}

function revoke(given: Given): Doing {
  const id = needed(given, 'revoke', 'id');
  return async (database, terminal) => {
    const own = await openPostgresStore(database, OWN);
    const record = (await own.get(TOKENS + id)) as ServiceTokenRecord | undefined;
    if (!record) {
      terminal.problem('opportune: there is no such token\n');
      return 1;
    }
    await own.drop(TOKENS + id);
    await note(database, record, 'revoked');
    terminal.problem(`opportune: ${id} is refused from now on\n`);
    return 0;
  };
}

function signOut(given: Given): Doing {
  const tenant = needed(given, 'sign-out', 'tenant');
  const identity = needed(given, 'sign-out', 'identity');
  return async (database, terminal) => {
    await checkTenant(database, tenant);
    const now = terminal.now();
    const own = await openPostgresStore(database, OWN);
    await own.put(notBeforeName(tenant, identity), now);
    const entry = { actor: 'command-line', roles: [], action: 'signed-out', target: identity };
    await writeAudit(database, tenant, [entry]);
    terminal.problem(
      `opportune: tokens of ${printable(identity)} that were made before ${new Date(now).toISOString()} are refused from now on\n`,
    );
    return 0;
  };
}

async function checkTenant(database: Database, tenant: string): Promise<void> {
  const known = await companiesIn(database);
  if (!known.includes(tenant))
    throw usageError(
      `there is no tenant "${printable(tenant)}" here`,
      `Use one of ${known.map(printable).join(', ')}; opportune serve makes those of its settings`,
    );
}

const note = (
  database: Database,
  { id, tenant, roles }: ServiceTokenRecord,
  what: 'issued' | 'revoked',
): Promise<void> =>
  writeAudit(database, tenant, [
    {
      actor: 'command-line',
      roles: [],
      action: `token-${what}`,
      target: `service:${id}`,
      detail: { roles: roles.join(',') },
    },
  ]);

function needed(given: Given, verb: string, name: string): string {
  const value = textOption(given, name)?.trim();
  if (value) return value;
  throw usageError(`token ${verb} needs --${name}`, 'See opportune token --help');
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
