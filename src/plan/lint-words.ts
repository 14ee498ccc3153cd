import type { Context } from './context.js';
import type { Draft } from './draft.js';
import { entriesOf, fieldOf } from './tree-access.js';
import type { Tree } from './yaml-tree.js';

/** Words of content's own, where not everybody may add to the vocabulary: nobody was asked about these. */
export function lintWords(
  { folder, plays, contents }: Draft,
  { report, attributes }: Context,
): void {
  const setting = fieldOf(folder.playbook, 'vocabulary');
  if (!setting) return;
  const told = new Set<string>();
  const tell = (tags: Tree | undefined, own: readonly string[]): void => {
    for (const [name, { keyAt }] of entriesOf(tags)) {
      if (told.has(name) || !own.includes(name) || attributes.get(name)) continue;
      told.add(name);
      report.warn(
        'word-of-its-own',
        keyAt,
        `"${name}" is in nobody's vocabulary, and only some may add to it`,
        `ask those named in vocabulary.changedBy to declare it in attributes.yaml`,
      );
    }
  };
  for (const { map, content } of contents)
    tell(fieldOf(map, 'attributes'), Object.keys(content.attributes));
  for (const { map, play } of plays) tell(fieldOf(map, 'content'), Object.keys(play.content ?? {}));
}
