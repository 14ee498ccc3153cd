import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Place, Report } from './problem.js';

/** YAML as plain values that know where they stand. Keys are strings, aliases are resolved. */
export type Tree = MapTree | ListTree | ScalarTree;
export interface MapTree {
  readonly kind: 'map';
  readonly at: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}
export interface Entry {
  readonly keyAt: Place;
  readonly value: Tree;
}
interface ListTree {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly Tree[];
}
export interface ScalarTree {
  readonly kind: 'scalar';
  readonly at: Place;
  readonly value: string | number | boolean | null;
  /** As written, without quotes: `1.0`, `007`, `yes`. */
  readonly source: string;
}

const MAX_YAML_CHARS = 256 * 1024;
const MAX_NODES = 50_000;
const MAX_DEPTH = 48;
/** Finding one walks the document. */
const MAX_ALIASES = 100;

/** YAML 1.2 (core schema), as playbooks are written. */
export const YAML_FORM = {
  version: '1.2',
  schema: 'core',
  strict: true,
  merge: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Reads one YAML 1.2 document (core schema). Undefined when it has errors, which are then in the report. */
export function parseYaml(
  file: string,
  text: string,
  report: Report,
  firstLine = 1,
): Tree | undefined {
  const top = { file, line: firstLine, column: 1 };
  const refused = refuse(text);
  if (refused) {
    report.error('file-refused', top, refused.message, refused.remedy);
    return undefined;
  }
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: line + firstLine - 1, column: col };
  };
  const documents = parseAllDocuments(text, {
    ...YAML_FORM,
    // Checked below: the library compares every pair of keys.
    uniqueKeys: false,
    lineCounter: lines,
  });
  if ('empty' in documents || documents.length === 0) {
    report.error('yaml', top, 'the file is empty', 'write the fields it needs, or delete it');
    return undefined;
  }
  const [document, second] = documents;
  if (!document) return undefined;
  const before = report.errors();
  if (second)
    report.error(
      'yaml',
      placeOf(second.range[0]),
      'a file holds one YAML document, and a second begins here',
      'move it to a file of its own and delete the line "---"',
    );
  // What follows the first is mostly its consequence.
  for (const fault of [...document.errors, ...document.warnings].slice(0, 1))
    report.error(
      'yaml',
      placeOf(fault.pos[0]),
      `not YAML: ${fault.message}`,
      remedyFor(fault.code),
    );
  if (report.errors() > before) return undefined;
  return convert(document, placeOf, top, report);
}

type YamlDocument = Exclude<ReturnType<typeof parseAllDocuments>, { empty: true }>[number];

function convert(
  document: YamlDocument,
  placeOf: (offset: number) => Place,
  top: Place,
  report: Report,
): Tree | undefined {
  let nodes = 0;
  let aliases = 0;
  const before = report.errors();
  const walk = (node: unknown, depth: number, fallback: Place): Tree => {
    const range = (node as { range?: readonly [number, number, number] } | null)?.range;
    const at = range ? placeOf(range[0]) : fallback;
    const nothing: ScalarTree = { kind: 'scalar', at, value: null, source: '' };
    nodes += 1;
    if (nodes > MAX_NODES || depth > MAX_DEPTH) {
      // Told once, at the top: an alias that holds itself, or one that multiplies.
      report.error(
        'file-refused',
        top,
        nodes > MAX_NODES
          ? `aliases or values add up to more than ${MAX_NODES}`
          : `values are nested more than ${MAX_DEPTH} deep`,
        'write it flatter, and without aliases',
      );
      return nothing;
    }
    if (isAlias(node)) {
      aliases += 1;
      if (aliases <= MAX_ALIASES) return walk(node.resolve(document), depth + 1, at);
      report.error(
        'file-refused',
        top,
        `more than ${MAX_ALIASES} aliases`,
        'write the values out where they are used',
      );
      return nothing;
    }
    if (isSeq(node))
      return { kind: 'list', at, items: node.items.map((item) => walk(item, depth + 1, at)) };
    if (isMap(node)) {
      const entries = new Map<string, Entry>();
      for (const { key, value } of node.items) {
        const keyTree = walk(key, depth + 1, at);
        if (keyTree.kind !== 'scalar') {
          report.error('yaml', keyTree.at, 'a key is a single word', 'write "name: value"');
          continue;
        }
        if (entries.has(keyTree.source))
          report.error(
            'duplicate-key',
            keyTree.at,
            `key "${keyTree.source}" is written twice`,
            'keep one of them',
          );
        entries.set(keyTree.source, {
          keyAt: keyTree.at,
          value: walk(value, depth + 1, keyTree.at),
        });
      }
      return { kind: 'map', at, entries };
    }
    if (isScalar(node)) {
      const { value } = node;
      if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
        return {
          kind: 'scalar',
          at,
          value: value as ScalarTree['value'],
          source: typeof value === 'string' ? value : (node.source ?? String(value)),
        };
      report.error('yaml', at, `"${String(value)}" is not a value`, 'put it in quotes');
    }
    return nothing;
  };
  const tree = walk(document.contents, 0, top);
  return report.errors() > before ? undefined : tree;
}

/** What must not reach the parser, whose recursion has no bound of its own. */
function refuse(text: string): { message: string; remedy: string } | undefined {
  if (text.length > MAX_YAML_CHARS)
    return {
      message: `the file has ${text.length} characters, more than ${MAX_YAML_CHARS}`,
      remedy: 'split it',
    };
  const unreadable = findUnreadable(text);
  if (unreadable) return unreadable;
  let open = 0;
  for (const line of text.split('\n')) {
    const indent = /^[ \-?]*/.exec(line)?.[0] ?? '';
    const compact = indent.replaceAll(' ', '').length;
    for (const char of line) {
      if (char === '[' || char === '{') open += 1;
      else if (char === ']' || char === '}') open = Math.max(0, open - 1);
    }
    if (open > MAX_DEPTH || indent.length > 4 * MAX_DEPTH || (compact > 8 && /^ *[-?] /.test(line)))
      return {
        message: `values are nested more than ${MAX_DEPTH} deep`,
        remedy: 'write it flatter, and close every bracket',
      };
  }
  return undefined;
}

/** Characters that show that a file is no UTF-8 text. */
export function findUnreadable(text: string): { message: string; remedy: string } | undefined {
  const at = text.search(/[\0\uFFFD]/);
  if (at < 0) return undefined;
  const line = text.slice(0, at).split('\n').length;
  return {
    message: `the file is not UTF-8 text: line ${line} holds a character that cannot be read`,
    remedy: 'save it as UTF-8',
  };
}

function remedyFor(code: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'indent with spaces';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'put a text that holds ": " in quotes';
    case 'TAG_RESOLVE_FAILED':
      return 'remove the tag that begins with "!"';
    case 'BAD_ALIAS':
      return 'put a text that begins with "*" in quotes';
    default:
      return 'put texts that hold any of : { } [ ] # * & ! in quotes, and line up what belongs together';
  }
}
