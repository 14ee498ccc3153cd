/** `npm run bench -- NAME` runs bench/NAME.bench.ts; without a name it lists them. */
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

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
await import(new URL(`${name}${suffix}`, folder).href);
