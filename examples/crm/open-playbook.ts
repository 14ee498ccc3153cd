import type { PlaybookFiles } from 'opportune/studio';
import { readOwn } from './own-playbook.js';

/** The demo's playbook, and with what the visitor made of it. */
export async function openPlaybook(): Promise<{
  readonly first: PlaybookFiles;
  readonly files: PlaybookFiles;
}> {
  const answer = await fetch(new URL('playbook-files.json', import.meta.url));
  if (!answer.ok) throw new Error(await answer.text());
  const first = (await answer.json()) as PlaybookFiles;
  const { files: own = [], gone = [] } = readOwn() ?? {};
  const left = new Map(own.map((file) => [file.path, file]));
  const files = first.flatMap((file) => {
    const now = left.get(file.path) ?? file;
    left.delete(file.path);
    return gone.includes(file.path) ? [] : [now];
  });
  return { first, files: [...files, ...left.values()] };
}
