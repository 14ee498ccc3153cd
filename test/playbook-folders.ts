import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from 'opportune/plan';

const root = new URL('../', import.meta.url);
const PLACES = ['examples/', 'connectors/', 'test/playbooks/'];

/** Every playbook in the repository: the folders that hold a playbook.yaml, relative to the root. */
export function findPlaybooks(): readonly string[] {
  return PLACES.flatMap((place) => {
    const files = readdirSync(new URL(place, root), { recursive: true, encoding: 'utf8' });
    return files
      .filter((path) => /(^|\/)playbook\.yaml$/.test(path) && !path.includes('node_modules'))
      .map((path) => `${place}${path.slice(0, -'playbook.yaml'.length)}`);
  }).sort();
}

/** The files of a playbook as the compiler takes them. */
export function readPlaybook(folder: string): readonly SourceFile[] {
  const base = new URL(folder, root);
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(new URL(path, base)).isFile())
    .map((path) =>
      /\.(md|ya?ml)$/.test(path)
        ? { path, text: readFileSync(new URL(path, base), 'utf8') }
        : { path, text: '', bytes: statSync(fileURLToPath(new URL(path, base))).size },
    );
}
