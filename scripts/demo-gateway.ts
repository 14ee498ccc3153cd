/** The gateway of `npm start -- --gateway`: a dozen accounts of the demo's world, at the moment where its story stands. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPANY, type Fact, OpportuneError } from 'opportune';
import { compilePlaybook, type SourceFile } from 'opportune/plan';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { ACCOUNTS, type GatewayPlace, TENANT } from '../examples/gateway/team.js';
import { openDatabase } from '../gateway/database/open-database.js';
import { openPostgresStore } from '../gateway/database/postgres-store.js';
import { allowDevelopmentLogin } from '../gateway/identity/development-login.js';
import { readGatewaySettings } from '../gateway/identity/read-gateway-settings.js';
import { readPlaybookFolder } from '../gateway/playbook-folder.js';
import { type LogEntry, startGateway } from '../gateway/serve/start-gateway.js';
import { startTelemetry } from '../gateway/serve/telemetry.js';
import type { Tenant } from '../gateway/serve/tenant.js';
import { kindOf } from '../src/domain/value.js';

const HOST = '127.0.0.1';
const SEED = 7;
const DAY_MS = 86_400_000;
/** The playbook has been in force for so long when the story begins; what happened before is history. */
const IN_FORCE_MS = 28 * DAY_MS;

export interface DemoGateway {
  place(): GatewayPlace;
  /** Lets a day pass. */
  skipDay(): Promise<void>;
  /** What the gateway could not do, since it began. */
  readonly troubles: readonly LogEntry[];
  /** Ends it, and forgets a folder of its own. */
  close(): Promise<void>;
}

export interface DemoGatewayOptions {
  readonly playbook: string;
  /** Kept when it ends; without it all is in a temporary folder, which goes. */
  readonly store?: string;
  readonly port: number;
  /** Origins of the page. */
  readonly pages: readonly string[];
  say(progress: string): void;
}

export async function startDemoGateway(options: DemoGatewayOptions): Promise<DemoGateway> {
  const { store: kept, port, pages, say } = options;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'opportune-gateway-'));
  if (kept !== undefined) mkdirSync(kept, { recursive: true });
  // As root, PostgreSQL runs as another user, who has to come through.
  else chmodSync(folder, 0o711);
  const forget = (): void => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const undo: (() => unknown)[] = [forget];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    say(`The gateway's database starts, in ${folder}`);
    const database = await openDatabase({ folder });
    undo.push(() => database.close());
    const store = await openPostgresStore(database, TENANT);
    const world = createDemoWorld(SEED);
    // A clock that jumped back when it starts again would be a fault of ours.
    const since = ((await store.get('demo/now')) as number | undefined) ?? world.now;
    let ahead = since - Date.now();
    const clock = { now: () => Date.now() + ahead };
    const keepTime = (): Promise<void> => store.put('demo/now', clock.now());
    const troubles: LogEntry[] = [];
    const url = `http://${HOST}:${port}`;
    const telemetry = await startTelemetry({}, clock);
    undo.push(() => telemetry.close());
    const gateway = await startGateway({
      settings: settingsOf(url, pages),
      database,
      clock,
      telemetry,
      environment: {},
      development: await allowDevelopmentLogin(HOST, async () => []),
      log(entry) {
        if (entry.log === 'trouble' || entry.status >= 500) troubles.push(entry);
      },
    });
    undo.push(() => gateway.close(), keepTime);
    const tenant = gateway.tenants.get(TENANT) as Tenant;
    const version = await publish(tenant, readPlaybookFolder(options.playbook), clock.now());
    const brought = groupBySubject(world.facts);
    for (const [i, [subject, facts]] of brought.entries()) {
      if (await store.get(`demo/brought/${subject}`)) continue;
      say(`Facts of ${nameIn(facts, subject)}: ${facts.length}, ${i + 1} of ${brought.length}`);
      await tenant.agent.record(
        [...facts, inForce(subject, facts, version, world.now - IN_FORCE_MS)],
        { history: true },
      );
      await store.put(`demo/brought/${subject}`, true);
    }
    await gateway.app.listen({ host: HOST, port });
    return {
      place: () => ({ url, ahead }),
      async skipDay() {
        ahead += DAY_MS;
        await keepTime();
      },
      troubles,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function settingsOf(url: string, pages: readonly string[]) {
  const text = `
publicUrl: ${url}
pages: [${pages.join(', ')}]
tenants:
  ${TENANT}: { connections: { demo: { rules: { records: { account: team, contact: team, opportunity: team } } } } }
`;
  const { settings, problems } = readGatewaySettings(text, 'gateway.yaml', () => undefined);
  if (settings) return settings;
  throw new OpportuneError('opportune/usage', problems[0]?.message ?? 'no settings');
}

/** In this team whoever is there takes what is to be done: what is for the owner elsewhere is for the team here. */
async function publish(
  { agent }: Tenant,
  files: readonly SourceFile[],
  now: number,
): Promise<string> {
  const { playbook, problems } = compilePlaybook(
    files.map((file) => ({ ...file, text: file.text.replace(/^for: owner$/m, 'for: team') })),
    { today: new Date(now).toISOString().slice(0, 10) },
  );
  if (!playbook)
    throw new OpportuneError('opportune/usage', problems[0]?.message ?? 'no playbook', {
      remedy: 'npx opportune check examples/crm/playbook',
    });
  if ((await agent.playbook())?.version !== playbook.version) await agent.publish(playbook);
  return playbook.version;
}

/** Each account with all that is about it; the company with its reps and products first, by which the others are read. */
function groupBySubject(facts: readonly Fact[]): readonly (readonly [string, readonly Fact[]])[] {
  const accountsOf = ({ subjects }: Fact): readonly string[] =>
    subjects.filter((subject) => kindOf(subject) === 'account');
  return [
    [COMPANY, facts.filter((fact) => accountsOf(fact).length === 0)] as const,
    ...ACCOUNTS.map(
      (account) => [account, facts.filter((fact) => accountsOf(fact).includes(account))] as const,
    ),
  ];
}

function inForce(subject: string, facts: readonly Fact[], version: string, at: number): Fact {
  return {
    id: `published/${version}/${subject}`,
    type: 'published',
    subjects: [...new Set(facts.flatMap(({ subjects }) => subjects))],
    about: [],
    occurredAt: at,
    learnedAt: at,
    grade: 'observed',
    data: { version },
  };
}

function nameIn(facts: readonly Fact[], subject: string): string {
  if (subject === COMPANY) return 'the company';
  const named = facts.find(
    ({ type, about, data }) =>
      type === 'record-changed' &&
      about[0] === subject &&
      'name' in (data.values as { readonly name?: unknown }),
  );
  return String((named?.data.values as { readonly name?: unknown } | undefined)?.name ?? subject);
}
