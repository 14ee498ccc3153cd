import { OpportuneError } from '../../src/core/errors.js';
import { findNearest } from '../reading/nearest.js';
import { createRowScanner, type ScannedRow } from '../reading/scan-rows.js';
import { decodeText, detectEncoding, type Encoding, SAMPLE_BYTES } from './decode-text.js';
import { columnsFound, columnsOf } from './lint-map.js';
import type { CsvMap, MappedFile } from './map.js';

/** A file as a host opens it. */
export interface OpenedFile {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** In bytes, for progress. */
  readonly size?: number;
  /** Epoch milliseconds. */
  readonly modifiedAt?: number;
}

/** A file whose beginning has been read and found good. */
export interface Source {
  readonly file: MappedFile;
  readonly header: readonly string[];
  readonly encoding: Encoding;
  readonly size?: number;
  readonly modifiedAt?: number;
}

type OpenFile = (name: string) => Promise<OpenedFile | undefined>;

/** Reads the beginning of a file. Undefined where there is none; throws where it cannot be read through this map. */
export async function openSource(
  map: CsvMap,
  file: MappedFile,
  openFile: OpenFile,
): Promise<Source | undefined> {
  const opened = await openFile(file.name);
  if (!opened) return undefined;
  const sample = await readBeginning(opened.bytes);
  const fail = (what: string, remedy: string, where = `${file.name}:1`): never => {
    throw new OpportuneError('opportune/csv-source', what, { where, remedy });
  };
  if (sample.length === 0)
    fail(
      'the file is empty',
      'Export it again, or write "optional: true" and take it away',
      file.name,
    );
  const detected = detectEncoding(sample);
  if (file.encoding === undefined && !detected.certain)
    fail(
      'the file is not UTF-8; it looks like Windows-1252 (Latin-1)',
      `Save it as UTF-8, or add "encoding: windows-1252" to ${map.file}:${file.line}`,
      file.name,
    );
  if (
    file.encoding !== undefined &&
    file.encoding !== detected.encoding &&
    detected.encoding.startsWith('utf-16')
  )
    fail(
      `the file is ${detected.encoding}, and the map says ${file.encoding}`,
      `Correct "encoding:" in ${map.file}:${file.line}`,
      file.name,
    );
  const encoding = file.encoding ?? detected.encoding;

  const header = await readHeader(sample, encoding, file);
  if (header === undefined)
    return fail(
      'the header cannot be read: a quote is broken, or the first line is no header',
      'Correct the first line of the file',
    );
  const [only] = header;
  const other =
    header.length === 1 &&
    [';', '\t', ',', '|'].find((mark) => mark !== file.delimiter && only?.includes(mark));
  if (other)
    fail(
      `the header is one column, so the fields are not parted by ${JSON.stringify(file.delimiter)}`,
      `Add "delimiter: ${JSON.stringify(other)}" to ${map.file}:${file.line}`,
    );
  const asked = new Set([...columnsOf(file), ...columnsFound(map, file)]);
  for (const name of asked) {
    const count = header.filter((column) => column === name).length;
    if (count > 1)
      fail(
        `column "${name}" is there ${count} times, and the map reads it`,
        'Rename one of them in the file',
      );
    if (count === 0) {
      const near = findNearest(name, header);
      fail(
        `there is no column "${name}", which the map reads`,
        near === undefined
          ? `It has ${brief(header)}; correct ${map.file}`
          : `Did you mean "${near}"? Correct ${map.file}`,
      );
    }
  }
  const { size, modifiedAt } = opened;
  return {
    file,
    header,
    encoding,
    ...(size === undefined ? {} : { size }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
  };
}

/** The first names of a header, which may be no header at all. */
function brief(header: readonly string[]): string {
  return header
    .slice(0, 12)
    .map((name) => (name.length > 30 ? `${name.slice(0, 30)}…` : name))
    .join(', ');
}

async function readBeginning(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const sample = new Uint8Array(SAMPLE_BYTES);
  let length = 0;
  for await (const piece of bytes) {
    const part = piece.subarray(0, SAMPLE_BYTES - length);
    sample.set(part, length);
    length += part.length;
    if (length === SAMPLE_BYTES) break;
  }
  return sample.subarray(0, length);
}

async function readHeader(
  sample: Uint8Array,
  encoding: Encoding,
  file: MappedFile,
): Promise<readonly string[] | undefined> {
  const scanner = createRowScanner({ delimiter: file.delimiter, quotes: file.quotes });
  const pieces = (async function* () {
    yield sample;
  })();
  for await (const text of decodeText(pieces, encoding)) {
    const row = scanner.push(text)[0] ?? undefined;
    if (row) return headerOf(row);
  }
  const [row] = scanner.end();
  return row && headerOf(row);
}

function headerOf(row: ScannedRow): readonly string[] | undefined {
  return 'fields' in row ? row.fields.map((name) => name.trim().normalize('NFC')) : undefined;
}

/** The rows below the header, in the order of the file, some at a time. */
export async function* scanSource(
  { file, encoding }: Source,
  openFile: OpenFile,
  onBytes: (count: number) => void,
): AsyncGenerator<readonly ScannedRow[]> {
  const opened = await openFile(file.name);
  if (!opened)
    throw new OpportuneError('opportune/csv-source', 'the file has gone while it was read', {
      where: file.name,
      remedy: 'Import again',
    });
  const scanner = createRowScanner({ delimiter: file.delimiter, quotes: file.quotes });
  let first = true;
  const below = (rows: readonly ScannedRow[]): readonly ScannedRow[] => {
    if (!first || rows.length === 0) return rows;
    first = false;
    return rows.slice(1);
  };
  for await (const text of decodeText(opened.bytes, encoding, onBytes))
    yield below(scanner.push(text));
  yield below(scanner.end());
}
