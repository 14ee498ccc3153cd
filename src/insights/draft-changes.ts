import { readItems } from '../studio/playbook-folder.js';
import type { Changes } from '../studio/workbench.js';
import type { DraftBlock } from './report.js';

/** A draft as the studio keeps what is not published: the play, and attributes that it needs. */
export function draftChanges({ path, text, attributes }: DraftBlock): Changes {
  const files = [
    { path, text },
    ...(attributes === undefined
      ? []
      : [{ path: 'attributes.yaml', text: `attributes:\n${attributes}` }]),
  ];
  return Object.fromEntries([...readItems(files)].filter(([id]) => id !== 'attributes.yaml'));
}
