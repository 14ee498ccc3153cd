/**
 * Holds what is public, the declarations of every package and the element manifest, against what api/ says: a change of
 * the public interface is to be seen in review. `--write` takes the change over.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from './entries.mjs';

/** Of api/, where the built file is. */
const built = new Map([['custom-elements.json', 'dist/custom-elements.json']]);
for (const { name, folder, command } of packages) {
  if (command) continue;
  const dist = join(folder, 'dist');
  for (const file of readdirSync(dist, { recursive: true }))
    if (file.endsWith('.d.ts')) built.set(join(name, file), join(dist, file));
}

if (process.argv.includes('--write')) {
  rmSync('api', { recursive: true, force: true });
  for (const [file, from] of built) cpSync(from, join('api', file));
}
const kept = existsSync('api') ? readdirSync('api', { recursive: true, withFileTypes: true }) : [];
const names = kept
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice('api/'.length));
const problems = [...new Set([...names, ...built.keys()])].sort().flatMap((file) => {
  if (!built.has(file)) return [`api/${file}: no longer public`];
  if (!names.includes(file)) return [`api/${file}: newly public`];
  const same = readFileSync(join('api', file)).equals(readFileSync(built.get(file)));
  return same ? [] : [`api/${file}: differs from ${built.get(file)}`];
});
if (problems.length) {
  console.error(
    `${problems.join('\n')}\nWhen this is meant: npm run public -- --write, and commit.`,
  );
  process.exit(1);
}
console.log('The public interface is as committed in api/.');
