import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { isOpportuneError } from 'opportune';
import { analyzeCommand } from './analysis/analyze.js';
import { backupCommand, restoreCommand } from './backup.js';
import { checkCommand } from './check.js';
import { type Command, helpOf, parseCommand, type Terminal, usageError } from './command.js';
import { connectCommand } from './crm/connect.js';
import { planCommand } from './day/plan.js';
import { decideCommand } from './decide.js';
import { digestCommand } from './digest/digest-command.js';
import { doctorCommand } from './doctor/doctor.js';
import { emulateCommand } from './emulate.js';
import { tokenCommand } from './identity/token-command.js';
import { importCommand } from './import.js';
import { learnCommand } from './learning/learn.js';
import { machineCommand } from './machine.js';
import { keysCommand } from './people/keys-command.js';
import { personCommand } from './people/person-command.js';
import { replayCommand } from './replay.js';
import { serveCommand } from './serve/serve.js';
import { simulateCommand } from './simulating/simulate.js';
import { cut, printable } from './text.js';
import { trialCommand } from './trial/trial.js';
import { whyCommand } from './why.js';

const COMMANDS: readonly Command[] = [
  checkCommand,
  connectCommand,
  importCommand,
  decideCommand,
  whyCommand,
  digestCommand,
  replayCommand,
  analyzeCommand,
  trialCommand,
  learnCommand,
  planCommand,
  simulateCommand,
  machineCommand,
  serveCommand,
  doctorCommand,
  tokenCommand,
  personCommand,
  keysCommand,
  backupCommand,
  restoreCommand,
  emulateCommand,
];

/** Commands that later versions have. */
const LATER = ['find'];

const EXIT_STOPPED = 130;
/** A file that is none of ours may have anything in it. */
const LONGEST_LINE = 1_000;

export interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** Runs `opportune ARGS`. Resolves with the exit code: 0 good, 1 the answer is no, 2 wrong usage or input. */
export async function runCommand(
  args: readonly string[],
  { stdout, stderr }: Streams,
): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Error('stopped'));
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  // A reader that has seen enough (`| head`) is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const write = (stream: Writable) => (text: string) => {
    if (stream.writable) stream.write(text);
  };
  const terminal: Terminal = {
    out: write(stdout),
    problem: write(stderr),
    ...(stderr.isTTY === true && {
      progress: (text: string) => write(stderr)(`\r\u001b[2K${text}`),
    }),
    signal: stop.signal,
    now: () => Date.now(),
    input: () => process.stdin,
  };
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (stop.signal.aborted) return EXIT_STOPPED;
    terminal.problem(`opportune: ${cut(toLine(error), LONGEST_LINE)}\n`);
    return 2;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    terminal.out(`${createRequire(import.meta.url)('@opportune/gateway/package.json').version}\n`);
    return 0;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    const names = COMMANDS.map((one) => one.name).join(', ');
    throw LATER.includes(name)
      ? usageError(`"${name}" is not in this version`, `This version has ${names}`)
      : usageError(`there is no command "${printable(name)}"`, `Use one of ${names}`);
  }
  const given = parseCommand(command, rest);
  if (given.values.help === true) {
    terminal.out(helpOf(command));
    return 0;
  }
  return command.run(given, terminal);
}

function overview(): string {
  const rows = COMMANDS.map(({ usage, summary }) => `  ${usage.split('\n')[0]}\n      ${summary}`);
  return `opportune: the next best action, from your CRM's data

${rows.join('\n')}

Every command knows --help and --json. Exit codes: 0 good, 1 the answer is no, 2 wrong usage or input.
`;
}

/** One line, whatever went wrong. */
function toLine(error: unknown): string {
  if (isOpportuneError(error)) return printable(error.message);
  const { code, path, message } = error as NodeJS.ErrnoException;
  const place = path === undefined ? '' : `${path}: `;
  if (code === 'EACCES' || code === 'EPERM')
    return printable(
      `${place}it may not be read or written. Change its permissions, or name another place`,
    );
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return printable(`${place}it is a file, and a folder is needed. Name another place`);
  if (code === 'EISDIR')
    return printable(`${place}it is a folder, and a file is needed. Name another place`);
  if (code === 'ENOSPC')
    return printable(`${place}the disk is full. Make room, and run the command again`);
  return printable(`${place}${message ?? String(error)}`);
}
