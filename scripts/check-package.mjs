/**
 * What package.json and tsconfig.json say of public names is what scripts/entries.mjs says, every entry was built, and
 * publint finds nothing. `--write` brings the two files into line.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packages } from './entries.mjs';

const write = process.argv.includes('--write');
const problems = [];

function hold(file, key, expected, read) {
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const holder = read(json);
  if (JSON.stringify(holder[key]) === JSON.stringify(expected)) return;
  if (!write) problems.push(`${file}: "${key}" differs from scripts/entries.mjs; run with --write`);
  holder[key] = expected;
  if (!write) return;
  writeFileSync(file, JSON.stringify(json));
  execFileSync('npx', ['biome', 'format', '--write', file]);
}

const paths = {};
for (const { name, folder, entries, files, command } of packages) {
  if (command) continue;
  const exported = Object.entries(entries).map(([entry, source]) => {
    paths[join(name, entry)] = [`./${source}`];
    const file = `./dist/${entry === '.' ? 'index' : entry.slice(2)}`;
    return [entry, { types: `${file}.d.ts`, default: `${file}.js` }];
  });
  const exports = {
    ...Object.fromEntries(exported),
    ...files,
    './package.json': './package.json',
  };
  hold(`${folder}/package.json`, 'exports', exports, (json) => json);
}
hold('tsconfig.json', 'paths', paths, (json) => json.compilerOptions);

if (!write)
  for (const { folder } of packages) {
    if (!existsSync(`${folder}/dist`)) problems.push(`${folder}: not built; npm run build`);
    const { messages, pkg } = await publint({ pkgDir: folder, strict: true });
    for (const message of messages)
      problems.push(`${folder}: ${formatMessage(message, pkg) ?? message.code}`);
  }

for (const problem of problems) console.error(problem);
if (!problems.length) console.log(`${packages.length} packages are what they say.`);
process.exit(problems.length ? 1 : 0);
