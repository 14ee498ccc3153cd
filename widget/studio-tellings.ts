import { readItems } from '../src/studio/playbook-folder.js';
import type { StudioSource } from '../src/studio/studio-source.js';
import { itemOfTip } from '../src/studio/tip-items.js';

/** The source, which after each publishing tells those whose tips it holds. */
export function tellingAuthors(source: StudioSource): StudioSource {
  const { tips } = source;
  if (!tips || !source.publish) return source;
  const publish: StudioSource['publish'] = async (files) => {
    await source.publish?.(files);
    try {
      const items = readItems(files);
      for (const tip of await tips.waiting())
        if (itemOfTip(tip, items)) await tips.settle(tip.id, { status: 'published' });
    } catch {
      // The playbook is in force; whoever was not told is told with the next one.
    }
  };
  return Object.create(source, { publish: { value: publish } }) as StudioSource;
}
