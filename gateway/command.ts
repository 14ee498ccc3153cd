import { type ParseArgsConfig, parseArgs } from 'node:util';
import { OpportuneError } from 'opportune';

/** Where a command reads and writes. Texts go to `out`; `problem` is for people, on standard error. */
export interface Terminal {
  out(text: string): void;
  problem(text: string): void;
  /** A line that is written over, where a person is watching; absent: nobody is. */
  readonly progress?: (text: string) => void;
  /** Rejects when the person asks to stop. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  now(): number;
  /** Everything on standard input. */
  input(): AsyncIterable<Uint8Array>;
}

export interface Given {
  readonly positionals: readonly string[];
  readonly values: { readonly [name: string]: string | boolean | undefined };
}

export interface Command {
  readonly name: string;
  /** One line of the list of commands. */
  readonly summary: string;
  /** `check PLAYBOOK`, then a line an option. */
  readonly usage: string;
  readonly options: readonly Option[];
  /** Names of what must be given, in order. */
  readonly positionals: readonly string[];
  /** Resolves with the exit code: 0 good, 1 the answer is no. Wrong usage and input is thrown. */
  run(given: Given, terminal: Terminal): Promise<number>;
}

export interface Option {
  readonly name: string;
  /** What stands for the value in the help; absent: there is none, the option is a switch. */
  readonly value?: string;
  readonly about: string;
  readonly needed?: boolean;
}

export const JSON_OPTION: Option = { name: 'json', about: 'one JSON document in place of text' };

export function usageError(what: string, remedy: string): OpportuneError {
  return new OpportuneError('opportune/usage', what, { remedy });
}

export function parseCommand(command: Command, args: readonly string[]): Given {
  const options: ParseArgsConfig['options'] = { help: { type: 'boolean', short: 'h' } };
  for (const { name, value } of command.options)
    options[name] = { type: value === undefined ? 'boolean' : 'string' };
  const see = `See opportune ${command.name} --help`;
  let parsed: { positionals: string[]; values: { [name: string]: unknown } };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw usageError(
      message.replace(/\. To specify.*$/s, '').replace(/^./, (letter) => letter.toLowerCase()),
      see,
    );
  }
  const values = parsed.values as Given['values'];
  if (values.help === true) return { positionals: [], values };
  const { positionals } = parsed;
  const [missing] = command.positionals.slice(positionals.length);
  if (missing !== undefined) throw usageError(`${command.name} needs ${missing}`, see);
  const [extra] = positionals.slice(command.positionals.length);
  if (extra !== undefined) throw usageError(`"${extra}" is one argument too many`, see);
  for (const { name, needed } of command.options)
    if (needed && values[name] === undefined)
      throw usageError(`${command.name} needs --${name}`, see);
  return { positionals, values };
}

export function textOption(given: Given, name: string): string | undefined {
  const value = given.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Resolves when the person asks to stop. */
export const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

export function helpOf({ usage, options, summary }: Command): string {
  const rows = [...options, { name: 'help', about: 'this text' }].map((option: Option) => {
    const head = `--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`;
    return `  ${head.padEnd(22)} ${option.about}`;
  });
  return `${summary}\n\n  opportune ${usage}\n\n${rows.join('\n')}\n`;
}
