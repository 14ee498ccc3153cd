import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { Agent, request as startRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordId } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import { openDatabase } from '../gateway/database/open-database.js';
import { workingIn } from '../gateway/database/orphans.js';
import {
  buildCommand,
  type GatewayProcess,
  startGatewayProcess,
  writeInputs,
} from '../gateway/torture/gateway-process.js';
import { playbookFiles, SETTINGS } from '../gateway/torture/world.js';

/** A gateway on an embedded store, in a process of its own. */
export interface BenchGateway {
  readonly url: string;
  readonly process: GatewayProcess;
  /** Posts facts; resolves when they are durable. */
  post(facts: readonly object[]): Promise<void>;
  /** As a rep. */
  ask(rep: RecordId, method: string, path: string, body?: object): Promise<Answer>;
  /** Resolves when everything is folded. */
  settled(): Promise<void>;
  /** Seconds of CPU that the gateway and its PostgreSQL have used, and all that runs on this machine. */
  cpu(): { readonly gateway: number; readonly postgres: number; readonly machine: number };
  /** Transactions that were committed in its database. */
  transactions(): Promise<number>;
  /** Bytes of the gateway's process. */
  memory(): number;
  remove(): Promise<void>;
}

const TICKS_A_SECOND = 100;
/** Requests a minute are limited for each caller. */
const CALLERS = 50;

export async function startBenchGateway(
  playbook: readonly SourceFile[] = playbookFiles(0),
): Promise<BenchGateway> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'opportune-bench-')));
  chmodSync(folder, 0o755);
  const store = join(folder, 'store');
  const inputs = writeInputs(folder, SETTINGS, playbook);
  const command = await buildCommand(new URL('../gateway/', import.meta.url));
  const gateway = startGatewayProcess(command, ['--store', store, ...inputs]);
  const url = await gateway.ready;
  let calls = 0;

  // The client's part of the processors is to be small: `fetch` takes several times as much.
  const agent = new Agent({ keepAlive: true });
  const connector = (): string => `crm:rep:connector-${calls++ % CALLERS} connector`;
  function ask(who: string, method: string, path: string, body?: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = startRequest(
        url + path,
        {
          ...{ method, agent },
          headers: {
            authorization: `Development acme ${who}`,
            'content-type': 'application/json',
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }
  return {
    url,
    process: gateway,
    async post(facts) {
      const { status, text } = await ask(connector(), 'POST', '/v1/facts', { facts });
      if (status !== 202) throw new Error(`${status}: ${text}`);
    },
    async settled() {
      for (;;) {
        const { text } = await ask(connector(), 'GET', '/v1/import-status');
        if ((JSON.parse(text) as { readonly waiting: number }).waiting === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    ask: (rep, method, path, body) => ask(`${rep} rep`, method, path, body),
    cpu: () => ({
      gateway: cpuOf(gateway.pid),
      postgres: workingIn(join(store, 'data')).reduce((sum, pid) => sum + cpuOf(pid), 0),
      machine: cpuOfMachine(),
    }),
    async transactions() {
      // A connection tells of its transactions a second late.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const database = await openDatabase({ folder: store, tables: 'as-they-are' });
      const rows = await database.asOwner((sql) =>
        sql.rows("select xact_commit from pg_stat_database where datname = 'opportune'"),
      );
      await database.close();
      return Number(rows[0]?.xact_commit);
    },
    memory() {
      const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
    },
    async remove() {
      agent.destroy();
      gateway.kill('SIGTERM');
      await gateway.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** All that is not idle or waiting for the disk. */
function cpuOfMachine(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) / TICKS_A_SECOND;
}

function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    // It has just ended.
    return 0;
  }
}
