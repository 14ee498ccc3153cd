import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  /** Resolves when everything is folded. */
  settled(): Promise<void>;
  /** Seconds of CPU that the gateway and its PostgreSQL have used. */
  cpu(): { readonly gateway: number; readonly postgres: number };
  /** Bytes of the gateway's process. */
  memory(): number;
  remove(): Promise<void>;
}

const TICKS_A_SECOND = 100;
/** Requests a minute are limited for each caller. */
const CALLERS = 50;

export async function startBenchGateway(): Promise<BenchGateway> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'opportune-bench-')));
  chmodSync(folder, 0o755);
  const store = join(folder, 'store');
  const inputs = writeInputs(folder, SETTINGS, playbookFiles(0));
  const command = await buildCommand(new URL('../gateway/', import.meta.url));
  const gateway = startGatewayProcess(command, ['--store', store, ...inputs]);
  const url = await gateway.ready;
  let calls = 0;

  async function ask(method: string, path: string, body?: object): Promise<Response> {
    const caller = `crm:rep:connector-${calls++ % CALLERS}`;
    return fetch(url + path, {
      method,
      headers: {
        authorization: `Development acme ${caller} connector`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
  return {
    url,
    process: gateway,
    async post(facts) {
      const answer = await ask('POST', '/v1/facts', { facts });
      if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    },
    async settled() {
      for (;;) {
        const answer = await ask('GET', '/v1/import-status');
        if (((await answer.json()) as { readonly waiting: number }).waiting === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    cpu: () => ({
      gateway: cpuOf(gateway.pid),
      postgres: workingIn(join(store, 'data')).reduce((sum, pid) => sum + cpuOf(pid), 0),
    }),
    memory() {
      const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
    },
    async remove() {
      gateway.kill('SIGTERM');
      await gateway.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
