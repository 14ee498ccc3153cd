import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { OpportuneError, type Playbook } from 'opportune';
import { toXStateConfig } from 'opportune/plan';
import type { Machine, MachineState, MachineTransition } from '../src/domain/machine.js';
import { type Command, type Given, JSON_OPTION, type Terminal, usageError } from './command.js';
import { layOut } from './machine-layout.js';
import { drawMachine } from './machine-svg.js';
import { createTeller } from './machine-words.js';
import { loadPlaybook } from './playbook-folder.js';
import { printable, table } from './text.js';

export const machineCommand: Command = {
  name: 'machine',
  summary:
    'Shows a state machine of a playbook: as a table, as a picture, or for tools that know XState.',
  usage: 'machine FILE [--svg | --xstate] [--json]',
  options: [
    { name: 'svg', about: 'a picture, for example into lifecycle.svg' },
    { name: 'xstate', about: 'a configuration of XState 5, as JSON' },
    JSON_OPTION,
  ],
  positionals: ['FILE'],
  run: async (given, terminal) => show(given, terminal),
};

function show(given: Given, terminal: Terminal): number {
  const [path = ''] = given.positionals;
  const { svg, xstate, json } = given.values;
  if (svg && xstate) throw usageError('--svg and --xstate are two different things', 'Choose one');
  const { machine, playbook } = findMachine(path, terminal.now());
  if (xstate) {
    terminal.out(`${JSON.stringify(toXStateConfig(machine), null, 2)}\n`);
    return 0;
  }
  const tell = createTeller(playbook);
  const picture = svg ? drawMachine(machine, layOut(machine, tell)) : undefined;
  if (json) terminal.out(`${JSON.stringify({ machine, ...(svg && { svg: picture }) }, null, 2)}\n`);
  else if (picture !== undefined) terminal.out(picture);
  else terminal.out(toTable(machine, (transition) => tell(transition).text));
  return 0;
}

/** The machine that a file declares, compiled with the playbook around it. */
function findMachine(
  path: string,
  now: number,
): { readonly machine: Machine; readonly playbook: Playbook } {
  if (!existsSync(path))
    throw new OpportuneError('opportune/usage', 'there is no such file', {
      where: path,
      remedy: 'Name a file in the folder machines/ of a playbook',
    });
  const file = resolve(path);
  let folder = dirname(file);
  while (!existsSync(join(folder, 'playbook.yaml'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new OpportuneError('opportune/usage', 'it is in no playbook', {
        where: path,
        remedy: 'Put it into machines/ of a folder with a playbook.yaml',
      });
    folder = parent;
  }
  const playbook = loadPlaybook(folder, now);
  const inside = relative(folder, file).split(sep).join('/');
  const machine = playbook.machines?.find((one) => one.file === inside);
  if (machine) return { machine, playbook };
  throw new OpportuneError('opportune/usage', 'it is no machine of the playbook around it', {
    where: path,
    remedy: 'Name a file in its folder machines/',
  });
}

function toTable(machine: Machine, tell: (transition: MachineTransition) => string): string {
  const rows: string[][] = [];
  const add = (
    name: string,
    { transitions = [] }: Pick<Machine, 'transitions'>,
    end: string,
  ): void => {
    if (transitions.length === 0) rows.push([name, end, '']);
    for (const [i, transition] of transitions.entries())
      rows.push([i === 0 ? name : '', tell(transition), transition.target]);
  };
  const walk = (states: readonly MachineState[], indent: string): void => {
    for (const state of states) {
      add(`${indent}${state.id}`, state, state.final ? '(the end)' : '');
      walk(state.states ?? [], `${indent}  `);
    }
  };
  walk(machine.states, '');
  if (machine.transitions) add('(in every state)', machine, '');
  return `${printable(machine.label)}: every ${machine.of} begins in ${printable(machine.initial)}\n\n${table(['state', 'leads on', 'to'], rows)}`;
}
