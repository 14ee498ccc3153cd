/**
 * Writes down what is public, the declarations of every package in api/ and the elements in custom-elements.json, and
 * fails when that is not what was committed: a change of the public interface is to be seen in review.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from './entries.mjs';

rmSync('api', { recursive: true, force: true });
for (const { name, folder, command } of packages) {
  if (command) continue;
  const dist = join(folder, 'dist');
  for (const file of readdirSync(dist, { recursive: true }))
    if (file.endsWith('.d.ts')) cpSync(join(dist, file), join('api', name, file));
}
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' });
const changed = git('status', '--porcelain', '--', 'api', 'custom-elements.json');
if (changed) {
  console.error(`The public interface has changed. Look at it, and commit it with its cause:\n`);
  console.error(changed + git('diff', 'HEAD', '--stat', '--', 'api', 'custom-elements.json'));
  process.exit(1);
}
console.log('The public interface is as committed.');
