import { findNearest } from './did-you-mean.js';
import { splitFrontMatter } from './front-matter.js';
import { ATTRIBUTES_SHAPE, CONTENT_SHAPE, PRODUCTS_SHAPE } from './knowledge-shapes.js';
import { MACHINE_SHAPE } from './machine-shape.js';
import { PLAY_SHAPE } from './play-shape.js';
import { CALENDAR_SHAPE, PLAYBOOK_SHAPE } from './playbook-shape.js';
import { compareText, type Report, type SourceFile } from './problem.js';
import { NO_MEMORY, type ReadingMemory } from './reading-memory.js';
import { checkShape, type Shape } from './shape.js';
import { textOf } from './tree-access.js';
import { findUnreadable, type MapTree, parseYaml } from './yaml-tree.js';

/** The files of a playbook, parsed and of the right shape; what was not is left out and reported. */
export interface Folder {
  readonly playbook?: MapTree;
  readonly attributes?: MapTree;
  readonly products?: MapTree;
  readonly calendar?: MapTree;
  /** Ids of machines that could not be read: nothing more is said about attributes of that name. */
  readonly brokenMachines: readonly string[];
  /** One of the above is not there though it must be, or could not be parsed. */
  readonly unreadable: boolean;
  readonly machines: readonly { readonly file: string; readonly map: MapTree }[];
  readonly plays: readonly { readonly file: string; readonly map: MapTree }[];
  readonly contents: readonly {
    readonly file: string;
    readonly map: MapTree;
    readonly body: string;
    readonly bodyLine: number;
  }[];
}

const SINGLE = {
  'playbook.yaml': ['playbook', PLAYBOOK_SHAPE],
  'attributes.yaml': ['attributes', ATTRIBUTES_SHAPE],
  'products.yaml': ['products', PRODUCTS_SHAPE],
  'calendar.yaml': ['calendar', CALENDAR_SHAPE],
} as const;

const PLACES = [...Object.keys(SINGLE), 'machines/', 'plays/', 'content/'];

export function sortFolder(
  files: readonly SourceFile[],
  report: Report,
  memory: ReadingMemory = NO_MEMORY,
): Folder {
  const single: { [name in (typeof SINGLE)[keyof typeof SINGLE][0]]?: MapTree } = {};
  const machines: Folder['machines'][number][] = [];
  const brokenMachines: string[] = [];
  const plays: Folder['plays'][number][] = [];
  const contents: Folder['contents'][number][] = [];
  const sorted = files
    .map((file) => ({ ...file, path: file.path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '') }))
    .sort((a, b) => compareText(a.path, b.path));
  const paths = new Set<string>();
  let unreadable = !sorted.some(({ path }) => path === 'playbook.yaml');
  for (const { path, text } of sorted) {
    const top = { file: path, line: 1, column: 1 };
    if (paths.has(path))
      report.error('duplicate-file', top, 'the file is given twice', 'give it once');
    paths.add(path);
    const read = <Result>(parse: (words: string, report: Report) => Result): Result =>
      memory.once(path, [text], report, (own) => {
        const words = text.replace(/^\uFEFF/, '').normalize('NFC');
        warnHidden(path, words, own);
        return parse(words, own);
      });
    if (path in SINGLE) {
      const [name, shape] = SINGLE[path as keyof typeof SINGLE];
      const tree = read((words, own) => {
        const parsed = parseYaml(path, words, own);
        // With an error in one of its items the others are still read.
        if (parsed) checkShape(parsed, shape, name === 'playbook' ? 'the playbook' : path, own);
        return parsed;
      });
      if (tree?.kind === 'map') single[name] = tree;
      else unreadable = true;
    } else if (/\.yml$/.test(path)) {
      read(() => undefined);
      report.error('wrong-name', top, 'the file ends with .yml', 'rename it to .yaml');
    } else if (path.startsWith('machines/') && path.endsWith('.yaml')) {
      const { tree, isRight } = read((words, own) => {
        const parsed = parseYaml(path, words, own);
        return {
          tree: parsed,
          isRight: parsed && checkShape(parsed, MACHINE_SHAPE, 'the machine', own),
        };
      });
      if (isRight && tree?.kind === 'map') machines.push({ file: path, map: tree });
      else brokenMachines.push(textOf(tree, 'id') ?? baseName(path));
    } else if (path.startsWith('plays/') && path.endsWith('.yaml')) {
      const map = read((words, own) => readMap(path, words, PLAY_SHAPE, 'the play', own));
      if (map) plays.push({ file: path, map });
    } else if (path.startsWith('content/') && path.endsWith('.yaml')) {
      const map = read((words, own) => readMap(path, words, CONTENT_SHAPE, 'the content', own));
      if (map) contents.push({ file: path, map, body: '', bodyLine: 1 });
    } else if (path.startsWith('content/') && path.endsWith('.md')) {
      const content = read((words, own) => readMarkdownFile(path, words, own));
      if (content) contents.push(content);
    } else {
      read(() => undefined);
      if (path.endsWith('.yaml'))
        report.warn(
          'unknown-file',
          top,
          'the file is no part of a playbook, and is not read',
          suggestPlace(path),
        );
    }
  }
  for (const { path } of sorted) checkNeighbour(path, paths, report);
  if (!paths.has('playbook.yaml'))
    report.error(
      'missing-file',
      { file: 'playbook.yaml', line: 1, column: 1 },
      'the folder has no playbook.yaml',
      'add it, or name the folder that holds it',
    );
  return { ...single, machines, brokenMachines, plays, contents, unreadable };
}

/** Marks that turn the direction of writing, so that a person reads another text than the compiler. */
function warnHidden(path: string, text: string, report: Report): void {
  const at = text.search(/[\u202A-\u202E\u2066-\u2069]/);
  if (at < 0) return;
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  report.warn(
    'hidden-character',
    { file: path, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 },
    'a hidden character turns the direction of what follows',
    'delete it, and write the text anew',
  );
}

function suggestPlace(path: string): string {
  const slash = path.indexOf('/') + 1;
  const places = PLACES.filter((place) => place.endsWith('/') === slash > 0).map((id) => ({ id }));
  const near = findNearest(slash > 0 ? path.slice(0, slash) : path, places);
  return near
    ? `did you mean "${near.id}${slash > 0 ? path.slice(slash) : ''}"?`
    : 'move it to plays/ or content/';
}

function readMap(
  path: string,
  text: string,
  shape: Shape,
  name: string,
  report: Report,
  firstLine = 1,
): MapTree | undefined {
  const tree = parseYaml(path, text, report, firstLine);
  return tree && checkShape(tree, shape, name, report) && tree.kind === 'map' ? tree : undefined;
}

function readMarkdownFile(
  path: string,
  text: string,
  report: Report,
): Folder['contents'][number] | undefined {
  const top = { file: path, line: 1, column: 1 };
  const unreadable = findUnreadable(text);
  if (unreadable) {
    report.error('file-refused', top, unreadable.message, unreadable.remedy);
    return undefined;
  }
  const { yaml, body, bodyLine } = splitFrontMatter(text);
  if (yaml === undefined) {
    report.error(
      'missing-field',
      top,
      'the file has no front matter',
      'begin it with a line "---", then title, kind and owner, then a line "---"',
    );
    return undefined;
  }
  const map = readMap(path, yaml, CONTENT_SHAPE, 'the content', report, 2);
  return map && { file: path, map, body, bodyLine };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');
}

/** A file that is not text has its fields in a .yaml beside it: `prices.pdf` in `prices.pdf.yaml` or `prices.yaml`. */
function checkNeighbour(path: string, paths: ReadonlySet<string>, report: Report): void {
  if (!path.startsWith('content/') || /\.(?:md|ya?ml)$/.test(path)) return;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.startsWith('.')) return;
  if (paths.has(`${path}.yaml`) || paths.has(path.replace(/\.[^./]*$/, '.yaml'))) return;
  report.error(
    'missing-file',
    { file: path, line: 1, column: 1 },
    'the file has no fields: nobody can find it',
    `add ${path}.yaml with title, kind, owner and link`,
  );
}
