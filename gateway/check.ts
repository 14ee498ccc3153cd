import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { parseCsvMap } from '@opportune/connector-csv';
import type { Playbook } from 'opportune';
import { type Command, type Given, JSON_OPTION, type Terminal, textOption } from './command.js';
import { parseDay } from './moments.js';
import { compileFolder, placeOf } from './playbook-folder.js';
import { plural, printable } from './text.js';

export const checkCommand: Command = {
  name: 'check',
  summary:
    'Lints and compiles a playbook folder (or lints a mapping file), and prints problems with places.',
  usage: 'check PLAYBOOK [--out FILE] [--today DAY] [--json]',
  options: [
    {
      name: 'out',
      value: 'FILE',
      about: 'write the compiled playbook there, as a browser loads it',
    },
    { name: 'today', value: 'DAY', about: 'judge what has expired on that day; default today' },
    JSON_OPTION,
  ],
  positionals: ['PLAYBOOK'],
  run: async (given, terminal) => check(given, terminal),
};

interface Found {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

function check(given: Given, terminal: Terminal): number {
  const [path = ''] = given.positionals;
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) {
    const { problems, map } = parseCsvMap(readFileSync(path, 'utf8'), path);
    return tell(
      problems,
      map && { map: map.connection, files: map.files.length },
      `${printable(path)}: a map of ${plural(map?.files.length ?? 0, 'file')}`,
      ({ file, line }) => `${file}:${line}`,
      given,
      terminal,
    );
  }
  const today = textOption(given, 'today');
  const { playbook, problems } = compileFolder(
    path,
    today === undefined ? terminal.now() : parseDay(today, '--today'),
  );
  const out = textOption(given, 'out');
  if (out !== undefined && playbook) writeFileSync(out, `${JSON.stringify(playbook)}\n`);
  const summary = playbook && sizesOf(playbook);
  const words = summary
    ? `${printable(summary.name)}: ${plural(summary.plays, 'play')}, ${plural(summary.contents, 'content', 'contents')}, ${plural(summary.attributes, 'attribute')}, ${plural(summary.goals, 'goal')}, version ${summary.version.slice(0, 8)}`
    : '';
  return tell(problems, summary, words, (problem) => placeOf(path, problem), given, terminal);
}

function sizesOf({ name, version, plays, contents, attributes, goals, products }: Playbook): {
  readonly name: string;
  readonly version: string;
  readonly plays: number;
  readonly contents: number;
  readonly attributes: number;
  readonly products: number;
  readonly goals: number;
} {
  return {
    name,
    version,
    plays: plays.length,
    contents: contents.length,
    attributes: attributes.length,
    products: products.length,
    goals: goals.length,
  };
}

function tell(
  problems: readonly Found[],
  summary: object | undefined,
  words: string,
  placeOfProblem: (problem: Found) => string,
  given: Given,
  terminal: Terminal,
): number {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (given.values.json === true) {
    terminal.out(
      `${JSON.stringify({ ok: errors === 0, errors, warnings, ...summary, problems }, null, 2)}\n`,
    );
    return errors === 0 ? 0 : 1;
  }
  for (const problem of problems) {
    const { severity, message, remedy } = problem;
    terminal.out(
      printable(
        `${placeOfProblem(problem)}: ${severity === 'warning' ? 'warning: ' : ''}${message}; ${remedy}`,
      ),
    );
    terminal.out('\n');
  }
  if (words !== '' && errors === 0) terminal.out(`${words}\n`);
  terminal.out(
    problems.length === 0
      ? 'No problems.\n'
      : `${plural(errors, 'error')}, ${plural(warnings, 'warning')}.\n`,
  );
  return errors === 0 ? 0 : 1;
}
