import { fingerprint } from '../core/hash.js';
import type { Machine } from '../domain/machine.js';
import type { Attribute, Content, Play, Playbook } from '../domain/playbook.js';
import { knownActivities } from './activities.js';
import { createAttributeTable } from './attribute-table.js';
import type { Context } from './context.js';
import { lint } from './lint.js';
import { declareMachines } from './machine-states.js';
import { productTags, settleProduct } from './offered-product.js';
import {
  compareText,
  createReport,
  type Problem,
  type Report,
  type SourceFile,
} from './problem.js';
import { readDeclarations } from './read-attributes.js';
import { readContent } from './read-content.js';
import { readDerivations, reportCircles } from './read-derivations.js';
import { readGoals } from './read-goals.js';
import { readLearning, readTrials } from './read-learning.js';
import { readMachine } from './read-machines.js';
import { readPlay } from './read-play.js';
import { readCurrency, readProfitGate, readSettings } from './read-playbook.js';
import { readProducts } from './read-products.js';
import { readReasons } from './read-reasons.js';
import { createReadingMemory, NO_MEMORY, type ReadingMemory, readOnce } from './reading-memory.js';
import { type Folder, sortFolder } from './source-folder.js';
import { reportTwins } from './twins.js';

export { formatProblem, type Place, type Problem, type SourceFile } from './problem.js';
export { readSettings, type Settings } from './read-settings.js';
export type { Shape } from './shape.js';
export { toXStateConfig } from './to-xstate.js';

export interface Compiled {
  /** Absent when there is an error. */
  readonly playbook?: Playbook;
  /** In order of file and line. */
  readonly problems: readonly Problem[];
}

export interface CompileOptions {
  /** `YYYY-MM-DD`: what has expired is judged on this day. */
  readonly today: string;
}

/**
 * Compiles a playbook folder. The order of the files does not matter; the same files give the same bytes. Never throws for
 * what is written in them.
 */
export function compilePlaybook(files: readonly SourceFile[], options: CompileOptions): Compiled {
  return compileWith(NO_MEMORY, files, options);
}

/** The same for a playbook that is compiled again and again: only what changed is read. */
export function createCompiler(
  options: CompileOptions,
): (files: readonly SourceFile[]) => Compiled {
  const memory = createReadingMemory();
  return (files) => compileWith(memory, files, options);
}

function compileWith(
  memory: ReadingMemory,
  files: readonly SourceFile[],
  { today }: CompileOptions,
): Compiled {
  const report = createReport();
  const folder = sortFolder(files, report, memory);
  const playbook = readFolder(folder, today, report, memory);
  memory.settle();
  const problems = report.list();
  return playbook && report.errors() === 0 ? { playbook, problems } : { problems };
}

/** What plays and contents are read by. */
function readSettled(folder: Folder, today: string, report: Report) {
  const declarations = readDeclarations(folder.attributes, report);
  const { broken } = declarations;
  const declared = [...declarations.declared, ...declareMachines(folder, declarations, report)];
  // Amounts are still read without a currency, so that one slip does not hide others.
  const currency = readCurrency(folder.playbook, report) ?? 'EUR';
  const attributes = createAttributeTable(declared, broken);
  const draft: Context = { report, attributes, currency, today, reads: new Set() };
  const derivations = readDerivations(folder.attributes, draft, broken);
  const context: Context = {
    ...draft,
    attributes: createAttributeTable(
      declared.map((one) => {
        const derive = derivations.get(one.attribute.id);
        return derive ? { ...one, attribute: { ...one.attribute, derive } } : one;
      }),
      broken,
    ),
  };
  const all: readonly Attribute[] = context.attributes.all();
  reportCircles(all, context);
  const settings = readSettings(folder.playbook, folder.calendar, context);
  const goals = readGoals(folder.playbook, context);
  const reasons = readReasons(folder.playbook, context);
  const profitGate = readProfitGate(folder.playbook, context);
  const products = readProducts(folder.products, context);
  const learning = readLearning(folder.playbook, context);
  return { all, context, settings, goals, reasons, profitGate, products, learning };
}

function readFolder(
  folder: Folder,
  today: string,
  report: Report,
  memory: ReadingMemory,
): Playbook | undefined {
  // Without them every name in the other files would look unknown.
  if (folder.unreadable) return undefined;
  const { playbook, attributes, products: offered, calendar, brokenMachines } = folder;
  const trees = [playbook, attributes, offered, calendar, ...folder.machines.map(({ map }) => map)];
  const settled = memory.once('settings', [...trees, ...brokenMachines], report, (own) =>
    readSettled(folder, today, own),
  );
  const { all, settings, goals, reasons, profitGate, products, learning } = settled;
  const context: Context = { ...settled.context, report, reads: new Set(settled.context.reads) };
  const activities = knownActivities(folder);
  const machines = folder.machines.flatMap(
    ({ map, file }) => readMachine(map, file, activities, context) ?? [],
  );
  const drafts = folder.plays.flatMap(
    ({ map, file }) =>
      readOnce(memory, `${file} as read`, [map, settled], context, (own) =>
        readPlay(map, file, { goals, products }, own),
      ) ?? [],
  );
  const contents = folder.contents.flatMap(
    ({ map, ...source }) =>
      readOnce(memory, `${source.file} as read`, [map, settled], context, (own) =>
        readContent(map, source, own),
      ) ?? [],
  );
  const tags = productTags(contents);
  const plays = drafts.map((draft) => settleProduct(draft, products, tags, context));
  const byId = <T extends { readonly id: string }>(a: T, b: T): number => compareText(a.id, b.id);
  reportTwins(
    'play',
    plays.map(({ play, at }) => ({ ...play, at })),
    report,
  );
  reportTwins(
    'content',
    contents.map(({ content, at }) => ({ ...content, at })),
    report,
  );
  const trials = readTrials(
    folder.playbook,
    {
      plays: plays.map(({ play }) => play),
      contents: contents.map(({ content }) => content),
      goals,
    },
    context,
  );
  const compiled: Omit<Playbook, 'version'> = {
    format: 1,
    ...settings,
    attributes: all,
    products,
    goals,
    ...(machines.length > 0 && {
      machines: machines.map(({ machine }): Machine => machine).sort(byId),
    }),
    plays: plays.map(({ play }): Play => play).sort(byId),
    contents: contents.map(({ content }): Content => content).sort(byId),
    reasons,
    ...(profitGate && { profitGate }),
    ...(learning && { learning }),
    ...(trials.length > 0 && { trials }),
  };
  lint({ folder, machines, plays, contents, goals, playbook: compiled }, context, memory);
  return folder.playbook && { ...compiled, version: fingerprint(compiled) };
}
