import { readItems } from '../src/studio/playbook-folder.js';
import type { PlaybookFiles, StudioSource } from '../src/studio/studio-source.js';
import { itemOfTip } from '../src/studio/tip-items.js';
import type { StudioVersions, ToldLog } from '../src/studio/versions.js';

/** The source, which after each publishing tells those whose tips it holds. */
export function tellingAuthors(source: StudioSource): StudioSource {
  const { tips, publish, versions } = source;
  if (!tips) return source;
  async function tell(files: PlaybookFiles): Promise<void> {
    try {
      const items = readItems(files);
      const told = [...((await tips?.waiting()) ?? []), ...((await tips?.dismissals?.()) ?? [])];
      for (const tip of told)
        if (itemOfTip(tip, items)) await tips?.settle(tip.id, { status: 'published' });
    } catch {
      // The playbook is in force; whoever was not told is told with the next one.
    }
  }
  const andTell =
    <Given extends readonly unknown[]>(act: (...given: Given) => Promise<ToldLog>) =>
    async (...given: Given): Promise<ToldLog> => {
      const log = await act(...given);
      if (log.live) await tell(log.live.files);
      return log;
    };
  return Object.create(source, {
    ...(publish && {
      publish: {
        value: async (files: PlaybookFiles) => {
          await source.publish?.(files);
          await tell(files);
        },
      },
    }),
    ...(versions && {
      versions: {
        value: {
          ...versions,
          publish: andTell(versions.publish),
          approve: andTell(versions.approve),
        } satisfies StudioVersions,
      },
    }),
  }) as StudioSource;
}
