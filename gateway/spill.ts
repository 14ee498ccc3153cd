import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { murmur32 } from '../src/core/hash-unit.js';
import { takeLines } from './facts-file.js';

/** Lines put aside on disk, in buckets, so that only one bucket is in memory at a time. */
export interface Spill {
  /** A name is good for a file; a line has no line break in it. */
  add(bucket: string, line: string): void;
  /** In order of their names. */
  buckets(): readonly string[];
  /** In the order in which they were added. */
  lines(bucket: string): Iterable<string>;
  drop(bucket: string): void;
  /** Removes all of it from the disk. */
  end(): void;
}

/** Characters of a bucket that wait for being written. */
const BLOCK = 1 << 15;

/** In a temporary folder of its own, which is there until the end. */
export function createSpill(): Spill {
  const folder = mkdtempSync(join(tmpdir(), 'opportune-replay-'));
  const waiting = new Map<string, { lines: string[]; length: number }>();
  const write = (bucket: string): void => {
    const { lines = [] } = waiting.get(bucket) ?? {};
    if (lines.length > 0) appendFileSync(join(folder, bucket), lines.join(''));
    waiting.delete(bucket);
  };
  return {
    add(bucket, line) {
      let block = waiting.get(bucket);
      if (!block) {
        block = { lines: [], length: 0 };
        waiting.set(bucket, block);
      }
      block.lines.push(line, '\n');
      block.length += line.length + 1;
      if (block.length >= BLOCK) write(bucket);
    },
    buckets() {
      for (const bucket of waiting.keys()) write(bucket);
      return readdirSync(folder).sort();
    },
    lines(bucket) {
      write(bucket);
      return readLines(join(folder, bucket));
    },
    drop: (bucket) => rmSync(join(folder, bucket), { force: true }),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const BUCKETS = 256;
const utf8 = new TextEncoder();

/** Most facts that follow one another are not of one account, but of accounts that come again. */
const known = new Map<string, string>();
const MOST_KNOWN = 100_000;

/** One of 256 names for a key, the same each time. */
export function bucketOf(key: string): string {
  let bucket = known.get(key);
  if (bucket === undefined) {
    bucket = (murmur32(utf8.encode(key)) % BUCKETS).toString(16).padStart(2, '0');
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, bucket);
  }
  return bucket;
}

/** A file of any size by its lines; each ends with a line break. */
function* readLines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(1 << 18);
    let rest: Buffer = Buffer.alloc(0);
    for (let read = readSync(file, bytes); read > 0; read = readSync(file, bytes)) {
      const lines = takeLines(Buffer.concat([rest, bytes.subarray(0, read)]));
      rest = lines.rest;
      yield* lines.whole;
    }
  } finally {
    closeSync(file);
  }
}
