import { readFileSync } from 'node:fs';
import { extname, relative, sep } from 'node:path';

const textEndings = new Set(['.yaml', '.yml', '.md', '.txt', '.json']);

/** Files of a playbook's folder as the compiler takes them; of what is no text, the length alone. */
export function readSources(folder, files) {
  return files.map(({ name, bytes }) => {
    const path = relative(folder, name).split(sep).join('/');
    return textEndings.has(extname(name))
      ? { path, text: readFileSync(name, 'utf8') }
      : { path, text: '', bytes };
  });
}
