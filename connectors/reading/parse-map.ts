import { checkShape, type Schema } from './check-shape.js';
import { type MapProblem, type Report, readYaml, type YamlMap } from './yaml-node.js';

/**
 * Reads a mapping file: its shape is held against the schema, and `toMap` makes the map of it and reports what else is
 * wrong. The map is absent when there are errors; problems are in the order of lines.
 */
export function parseMap<Mapped>(
  text: string,
  file: string,
  schema: Schema,
  toMap: (node: YamlMap, report: Report) => Mapped,
): { readonly map?: Mapped; readonly problems: readonly MapProblem[] } {
  const problems: MapProblem[] = [];
  const report: Report = (line, message, remedy, severity) =>
    problems.push({ severity: severity ?? 'error', file, line, message, remedy });
  const hasErrors = (): boolean => problems.some(({ severity }) => severity === 'error');
  const node = readYaml(text, report);
  if (node) checkShape(node, schema, 'the map', report);
  const map = node?.kind === 'map' && !hasErrors() ? toMap(node, report) : undefined;
  problems.sort((a, b) => a.line - b.line);
  return map === undefined || hasErrors() ? { problems } : { map, problems };
}
