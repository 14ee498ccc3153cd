import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** A finding in a mapping file, as in a playbook: where, what, and what to do. */
export interface MapProblem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

export type Report = (line: number, message: string, remedy: string, severity?: 'warning') => void;

/** YAML that knows its lines. */
export type YamlNode = YamlMap | YamlList | YamlScalar;
export interface YamlMap {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: ReadonlyMap<string, { readonly line: number; readonly node: YamlNode }>;
}
interface YamlList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly YamlNode[];
}
interface YamlScalar {
  readonly kind: 'scalar';
  readonly line: number;
  readonly value: string | number | boolean | null;
  /** As written, so that `007` stays what it is. */
  readonly text: string;
}

const LONGEST = 262_144;

/** Reads one YAML 1.2 document without aliases. Undefined when it cannot be read; the report then says why. */
export function readYaml(text: string, report: Report): YamlNode | undefined {
  if (text.length > LONGEST) {
    report(1, `the file has ${text.length} characters, and ${LONGEST} are read`, 'split it');
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter: lines,
  });
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  for (const fault of document.errors)
    report(
      lineOf(fault.pos[0]),
      `not YAML: ${fault.message}`,
      'indent with spaces, and put texts that hold : { } [ ] # in quotes',
    );
  if (document.errors.length > 0) return undefined;

  const walk = (node: unknown, line: number): YamlNode => {
    const range = (node as { range?: readonly number[] } | null)?.range;
    const at = range?.[0] === undefined ? line : lineOf(range[0]);
    if (isAlias(node)) report(at, 'a mapping file has no aliases', 'write it out');
    if (isSeq(node))
      return { kind: 'list', line: at, items: node.items.map((item) => walk(item, at)) };
    if (isMap(node)) {
      const entries = new Map<string, { line: number; node: YamlNode }>();
      for (const { key, value } of node.items) {
        const name = walk(key, at);
        if (name.kind !== 'scalar') report(name.line, 'a key is a text', 'write "name: value"');
        else entries.set(name.text, { line: name.line, node: walk(value, name.line) });
      }
      return { kind: 'map', line: at, entries };
    }
    const value = isScalar(node) ? node.value : null;
    const plain =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : null;
    const source = isScalar(node) ? node.source : undefined;
    return {
      kind: 'scalar',
      line: at,
      value: plain,
      text: typeof plain === 'string' ? plain : (source ?? ''),
    };
  };
  return walk(document.contents, 1);
}
