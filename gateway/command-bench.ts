import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { runCommand } from './main.js';

const AT_ROOT = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
export const PLAYBOOK: string = AT_ROOT('examples/maven/playbook');
export const MAP: string = AT_ROOT('examples/maven/map.yaml');

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own in which the command runs as a person would run it. */
export interface CommandBench {
  /** The bundle that `run` starts. */
  command(): Promise<string>;
  /** In a process of its own, from a bundle as the published package has it. */
  run(...args: readonly string[]): Promise<Ran>;
  /** In this process, which is quicker. */
  ask(...args: readonly string[]): Promise<Ran>;
  /** A path in the folder. */
  path(name: string): string;
  read(name: string): string;
  write(name: string, text: string): void;
  /** A copy of the Maven playbook with one text replaced in one of its files. */
  playbookWith(name: string, file: string, from: string, to: string): string;
  end(): void;
}

/**
 * In the folder lies a small pipeline in the form of the Maven files: one deal past every win, one that was won, one
 * without an account, one with a misspelt product. This process works in it until the end.
 */
export async function openCommandBench(): Promise<CommandBench> {
  const root = mkdtempSync(join(tmpdir(), 'opportune-command-'));
  const before = process.cwd();
  process.chdir(root);
  // Beside the packages that it loads.
  const cache = mkdtempSync(AT_ROOT('node_modules/.opportune-command-'));
  let bundled: Promise<string> | undefined;
  const command = (): Promise<string> => {
    bundled ??= bundle(join(cache, 'opportune.mjs'));
    return bundled;
  };
  const path = (name: string): string => join(root, name);
  mkdirSync(path('crm'));
  for (const [name, text] of Object.entries(CRM)) writeFileSync(path(`crm/${name}`), text);
  return {
    path,
    command,
    async run(...args) {
      const child = spawn(process.execPath, [await command(), ...args], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [out, err] = [collect(child.stdout), collect(child.stderr)];
      const code = await new Promise<number | null>((resolve, reject) =>
        child.on('error', reject).on('close', resolve),
      );
      return { code, out: await out, err: await err };
    },
    async ask(...args) {
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      const [out, err] = [collect(stdout), collect(stderr)];
      const code = await runCommand(args, { stdout, stderr });
      stdout.end();
      stderr.end();
      return { code, out: await out, err: await err };
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    write: (name, text) => writeFileSync(path(name), text),
    playbookWith(name, file, from, to) {
      cpSync(PLAYBOOK, path(name), { recursive: true });
      const text = readFileSync(path(`${name}/${file}`), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
      writeFileSync(path(`${name}/${file}`), text.replace(from, to));
      return path(name);
    },
    end() {
      process.chdir(before);
      rmSync(root, { recursive: true });
      rmSync(cache, { recursive: true });
    },
  };
}

async function collect(stream: Readable): Promise<string> {
  let text = '';
  for await (const piece of stream.setEncoding('utf8')) text += piece;
  return text;
}

async function bundle(outfile: string): Promise<string> {
  const contents = `import { runCommand } from ${JSON.stringify(AT_ROOT('gateway/main.ts'))};
process.exitCode = await runCommand(process.argv.slice(2), process);`;
  await build({
    stdin: { contents, resolveDir: AT_ROOT('.') },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['libsql'],
    outfile,
    tsconfig: AT_ROOT('tsconfig.json'),
    banner: {
      js: "import { createRequire as ofBundle } from 'node:module'; const require = ofBundle(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return outfile;
}

const CRM = {
  'accounts.csv':
    'account,sector,year_established,revenue,employees,office_location,subsidiary_of\nIsdom,medical,2002,3178.24,4540,United States,\nBetatech,technolgy,1986,647.18,1185,Kenya,Isdom\n',
  'products.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n',
  'sales_teams.csv': 'sales_agent,manager,regional_office\nMoses Frase,Dustin Brinkmann,Central\n',
  'sales_pipeline.csv':
    'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nA1,Moses Frase,GTXPro,Isdom,Engaging,2017-06-01,,\nA2,Moses Frase,MG Special,Isdom,Won,2017-09-01,2017-11-20,55\nA3,Moses Frase,MG Special,,Engaging,2017-09-01,,\nA4,Moses Frase,MG Speciale,Isdom,Lost,2017-09-01,2017-10-01,0\n',
} as const;
