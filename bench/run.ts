/** `npm run bench -- NAME` runs bench/NAME.bench.ts; without a name it lists them. */
import { readdirSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = new URL('.', import.meta.url);
const suffix = '.bench.ts';
const names = readdirSync(folder)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));

const [name] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}
const memory = Math.round(totalmem() / 2 ** 30);
const load = loadavg()[0]?.toFixed(1);
console.log(
  `Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model.trim()}, ${memory} GiB, load ${load}`,
);
// As it ships: tsx adds names to functions, which shows in microseconds.
const built = new URL(`${name}.${process.pid}.built.mjs`, folder);
process.on('exit', () => rmSync(built, { force: true }));
await build({
  entryPoints: [fileURLToPath(new URL(`${name}${suffix}`, folder))],
  outfile: fileURLToPath(built),
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
});
await import(built.href);
