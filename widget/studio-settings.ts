import type { Playbook } from '../src/domain/playbook.js';
import type { PlaybookFiles, StudioSource } from '../src/studio/studio-source.js';

/** The words of a playbook some of whose plays or contents have errors. */
export async function settingsOf(
  { engine }: StudioSource,
  files: PlaybookFiles,
): Promise<Playbook> {
  const settings = files.filter(({ path }) => !/^(plays|content)\//.test(path));
  const { playbook, problems } = await engine.check(settings);
  if (playbook) return playbook;
  const [first] = problems.filter(({ severity }) => severity === 'error');
  throw new Error(first ? `${first.file}:${first.line}: ${first.message}; ${first.remedy}` : '');
}
