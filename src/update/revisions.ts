import { fingerprint } from '../core/hash.js';
import type { Content, Playbook } from '../domain/playbook.js';

/**
 * The playbook with content numbered on: what differs from the revision now in force gets the next number, unless its
 * author gave it a higher one.
 */
export function reviseContents(before: Playbook, after: Playbook): Playbook {
  const known = new Map(before.contents.map((content) => [content.id, content]));
  const contents = after.contents.map((content) => {
    const earlier = known.get(content.id);
    if (!earlier || content.revision > earlier.revision) return content;
    return { ...content, revision: earlier.revision + (sameText(earlier, content) ? 0 : 1) };
  });
  return { ...after, contents };
}

const sameText = (a: Content, b: Content): boolean =>
  fingerprint({ ...a, revision: 0, file: '' }) === fingerprint({ ...b, revision: 0, file: '' });
