import type { YamlMap, YamlNode } from './yaml-node.js';

// Fields of a document whose shape is known to be right.

export function scalarText(node: YamlNode): string {
  return node.kind === 'scalar' ? node.text : '';
}

export function textOf(node: YamlMap, name: string): string | undefined {
  const found = node.entries.get(name)?.node;
  return found?.kind === 'scalar' ? found.text : undefined;
}

export function textsOf(node: YamlMap, name: string): readonly string[] | undefined {
  const found = node.entries.get(name)?.node;
  if (found === undefined) return undefined;
  return found.kind === 'list' ? found.items.map(scalarText) : [scalarText(found)];
}

export function itemsOf(node: YamlMap, name: string): readonly YamlNode[] {
  const found = node.entries.get(name)?.node;
  return found?.kind === 'list' ? found.items : [];
}

export function entriesOf(node: YamlMap, name: string): YamlMap['entries'] {
  const found = node.entries.get(name)?.node;
  return found?.kind === 'map' ? found.entries : new Map();
}

export function lineOf(node: YamlMap, name: string): number {
  return node.entries.get(name)?.node.line ?? node.line;
}

export function optional<K extends string, V>(
  name: K,
  value: V | undefined,
): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: V };
}
