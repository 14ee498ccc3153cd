/**
 * Reading a large CSV export as facts, with what an import remembers kept on disk: how fast, and how much memory it takes
 * at its peak. Memory must not grow with the file: 50 MB and 1 GB are read in processes of their own.
 * Another size in MB: `npm run bench -- import-csv 200`.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createCsvConnector, parseCsvMap } from '../connectors/csv/csv-connector.js';
import { openRowMemory } from '../gateway/row-memory.js';

const MAP = `
connection: big
asOf: 2026-01-31
files:
  deals.csv:
    key: id
    columns: { opened: { type: date }, amount: { type: number } }
    facts:
      - record: opportunity
        of: account
        at: opened
        set: { name: name, stage: stage, amount: amount }
`;

const [, , , size, readIn] = process.argv;
if (readIn !== undefined) await readAll(readIn);
else
  for (const megabytes of size === undefined ? [50, 1000] : [Number(size)]) measureFile(megabytes);

function measureFile(megabytes: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'opportune-bench-'));
  try {
    const rows = writeFile(join(folder, 'deals.csv'), megabytes * 1e6);
    const args = [
      '--import',
      'tsx',
      fileURLToPath(new URL('run.ts', import.meta.url)),
      'import-csv',
      String(megabytes),
      folder,
    ];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const line = stdout.split('\n').find((text) => text.startsWith('{'));
    if (line === undefined) throw new Error(stderr);
    const { facts, skipped, seconds, peak } = JSON.parse(line) as {
      readonly [name: string]: number;
    };
    console.log(
      `${String(megabytes).padStart(5)} MB, ${rows} rows: ${facts} facts, ${skipped} skipped, ${seconds?.toFixed(1)} s, ` +
        `${Math.round(rows / (seconds ?? 1))} rows a second, peak memory ${peak} MB`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Rows of about 450 characters, one in 1,000 with an open quote. */
function writeFile(path: string, bytes: number): number {
  const file = openSync(path, 'w');
  writeSync(file, 'id,account,name,stage,amount,opened,note\n');
  const note = 'What was said, and by whom, in the words of the person who wrote it down. '.repeat(
    5,
  );
  let rows = 0;
  for (let written = 0; written < bytes; ) {
    let block = '';
    for (let i = 0; i < 1000; i++, rows++) {
      const open = i === 500 ? '"' : '';
      block += `${rows},${rows % 50_000},${open}Deal ${rows},Engaging,${rows % 9000}.50,2025-0${1 + (rows % 9)}-15,"${note}"\n`;
    }
    written += writeSync(file, block);
  }
  closeSync(file);
  return rows;
}

async function readAll(folder: string): Promise<void> {
  const { map } = parseCsvMap(MAP, 'map.yaml');
  if (!map) throw new Error('the map is wrong');
  const memory = openRowMemory(folder, 'big');
  const path = join(folder, 'deals.csv');
  const connector = createCsvConnector({
    name: 'big',
    map,
    memory,
    openFile: async () => ({
      bytes: createReadStream(path, { highWaterMark: 1 << 18 }),
      size: statSync(path).size,
    }),
  });
  const from = performance.now();
  let facts = 0;
  let skipped = 0;
  for await (const { type } of connector.pull()) {
    if (type === 'fact' && ++facts % 5000 === 0) memory.save();
    if (type === 'skipped') skipped++;
  }
  memory.close();
  const seconds = (performance.now() - from) / 1000;
  console.log(
    JSON.stringify({
      facts,
      skipped,
      seconds,
      peak: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
}
