import { OpportuneError } from '../../src/core/errors.js';
import type { Connector, Pulled, Skipped } from '../../src/domain/connector.js';
import { type AsOf, keyOf, makeFacts, parseAsOf } from './make-facts.js';
import type { CsvMap, MappedFile } from './map.js';
import { createNames, createRowReader, type Names } from './read-row.js';
import { createRowMemory, type RowMemory } from './row-memory.js';
import { type OpenedFile, openSource, type Source, scanSource } from './source-file.js';

export type { MapProblem } from '../reading/yaml-node.js';
export type { CsvMap } from './map.js';
export { type ParsedMap, parseCsvMap } from './parse-map.js';
export type { NamedRow, Noted, RowMemory } from './row-memory.js';
export type { OpenedFile } from './source-file.js';

export interface CsvConnectorOptions {
  readonly name: string;
  readonly map: CsvMap;
  /** Opens a file of the source folder by its name in the map; undefined where there is none. It may be asked more than once. */
  readonly openFile: (name: string) => Promise<OpenedFile | undefined>;
  /** When the export was taken, in place of what the map says: `YYYY-MM-DD` or ISO 8601. */
  readonly asOf?: string;
  /** What earlier imports left; absent: this is the first, and nothing can be said of rows that are gone. */
  readonly memory?: RowMemory;
}

/**
 * Reads the files of one folder through a map. Every row is used or skipped with a reason; a tally for each file says how
 * many. Before anything is read, the beginnings of all files are checked: a column that is missing, a header that is
 * written twice, an encoding that is in doubt throws an {@link OpportuneError} (`opportune/csv-source`) that says what to do.
 *
 * The same files give the same facts with the same ids. With a memory, a row that changed since the last import gives a
 * further fact, and a row that is gone is told.
 */
export function createCsvConnector(options: CsvConnectorOptions): Connector {
  const { name, map } = options;
  return { name, pull: ({ signal } = {}) => pull(options, map, signal) };
}

async function* pull(
  options: CsvConnectorOptions,
  map: CsvMap,
  signal: AbortSignal | undefined,
): AsyncGenerator<Pulled> {
  const sources: Source[] = [];
  const first: Pulled[] = [];
  for (const file of map.files) {
    signal?.throwIfAborted();
    const opened = await openSource(map, file, options.openFile);
    if (opened) sources.push(opened);
    else if (file.optional)
      first.push(skipped(file.name, 'file', 'the file is not there, and the map does not need it'));
    else throw missingFile(map, file);
    if (opened && opened.encoding !== 'utf-8' && file.encoding === undefined)
      first.push({ type: 'repaired', place: file.name, from: opened.encoding, to: 'utf-8' });
  }
  // Nothing is told before every file was found good.
  yield* first;
  const memory = options.memory ?? createRowMemory();
  memory.begin();
  const names = createNames(memory);
  const asked = sources.filter(({ file }) => isFound(map, file));
  const sizes = [...sources, ...asked].map(({ size }) => size);
  const total = sizes.every((size) => size !== undefined)
    ? sizes.reduce((sum, size) => sum + (size ?? 0), 0)
    : undefined;
  let done = 0;
  const progress = (): Pulled => ({
    type: 'progress',
    done,
    ...(total === undefined ? {} : { total }),
    unit: 'bytes',
  });
  const onBytes = (count: number): void => {
    done += count;
  };

  for (const source of asked) {
    const reader = createRowReader(map, source.file, source.header, names, () => undefined);
    for await (const rows of scanSource(source, options.openFile, onBytes)) {
      signal?.throwIfAborted();
      for (const row of rows) if ('fields' in row) reader.learn(row.fields);
      yield progress();
    }
  }
  for (const source of sources) {
    for await (const pulled of pullFile(source, options, names, memory, onBytes, signal))
      yield pulled ?? progress();
  }
  yield progress();
}

/** Undefined in between: time to tell how far it is. */
async function* pullFile(
  source: Source,
  options: CsvConnectorOptions,
  names: Names,
  memory: RowMemory,
  onBytes: (count: number) => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Pulled | undefined> {
  const { file, header } = source;
  const { map } = options;
  const context = { map, file, asOf: asOfOf(options, source), memory };
  let repairs: Pulled[] = [];
  const reader = createRowReader(map, file, header, names, (line, { column, from, to }) =>
    repairs.push({ type: 'repaired', place: `${file.name}:${line} ${column}`, from, to }),
  );
  let read = 0;
  let used = 0;
  for await (const rows of scanSource(source, options.openFile, onBytes)) {
    signal?.throwIfAborted();
    for (const scanned of rows) {
      read++;
      const place = `${file.name}:${scanned.line}`;
      if ('problem' in scanned) {
        yield skipped(place, 'row', withoutFigures(scanned.problem), scanned.problem);
        continue;
      }
      const row = reader.read(scanned.line, scanned.fields);
      const outcome = readOne(row, place, context);
      if (outcome.used) {
        used++;
        yield* repairs;
      }
      repairs = [];
      yield* outcome.pulled;
    }
    yield undefined;
  }
  for (const key of memory.gone(`${file.name} rows`))
    yield skipped(
      file.name,
      'gone',
      'it was in the last import and is not in this one; what was learned from it stays',
      key,
    );
  yield { type: 'tally', tally: { place: file.name, read, used, skipped: read - used } };
}

type RowReading = ReturnType<ReturnType<typeof createRowReader>['read']>;

function readOne(
  row: RowReading,
  place: string,
  context: Parameters<typeof makeFacts>[2],
): { readonly used: boolean; readonly pulled: readonly Pulled[] } {
  const { file, memory } = context;
  const skip = (reason: string, detail?: string): { used: false; pulled: readonly Pulled[] } => ({
    used: false,
    pulled: [skipped(place, 'row', reason, detail)],
  });
  let first: { reason: string; detail?: string } | undefined;
  const key = keyOf(row, file.key, (reason) => {
    first ??= reason;
  });
  if (key === undefined) return skip(first?.reason ?? 'it has no key', first?.detail);
  const noted = memory.note(`${file.name} rows`, key, '', row.line);
  if (noted.repeats)
    return skip(
      'another row has the same key, and the first stays',
      `${key}, line ${noted.repeats.line}`,
    );
  for (const column of file.needs) {
    const cell = row.cell(column);
    if (cell.kind === 'problem') return skip(cell.reason, cell.detail);
    if (cell.kind === 'missing') return skip(`"${column}" is empty`);
  }
  const { facts, reasons } = makeFacts(row, key, context);
  const [reason] = reasons;
  if (facts.length === 0)
    return skip(reason?.reason ?? 'no fact of the map applies to it', reason?.detail);
  return {
    used: true,
    pulled: [
      ...facts.map((fact): Pulled => ({ type: 'fact', fact })),
      ...reasons.map((problem) => skipped(place, 'value', problem.reason, problem.detail)),
    ],
  };
}

/** The same words for the same cause: the figures are in the detail. */
function withoutFigures(problem: string): string {
  if (problem.startsWith('quotes are broken')) return 'quotes are broken';
  return problem.startsWith('it has ')
    ? 'it has another number of fields than the header'
    : problem;
}

function asOfOf({ map, asOf }: CsvConnectorOptions, { file, modifiedAt }: Source): AsOf {
  const text =
    asOf ?? map.asOf ?? (modifiedAt === undefined ? undefined : new Date(modifiedAt).toISOString());
  const read = text === undefined ? undefined : parseAsOf(text, map.zone);
  if (read) return read;
  throw new OpportuneError(
    'opportune/csv-source',
    `it is not known when the export was taken${text === undefined ? '' : `: "${text}" is neither a day nor a time`}`,
    {
      where: `${map.file}:${file.line}`,
      remedy: 'Add "asOf: 2026-01-31" to the map, or say it when importing',
    },
  );
}

function isFound(map: CsvMap, file: MappedFile): boolean {
  return map.files.some(({ columns }) =>
    [...columns.values()].some(({ find }) => find?.file === file.name),
  );
}

function missingFile(map: CsvMap, file: MappedFile): OpportuneError {
  return new OpportuneError(
    'opportune/csv-source',
    `there is no file "${file.name}" in the source folder`,
    {
      where: `${map.file}:${file.line}`,
      remedy: 'Put it there, correct its name in the map, or write "optional: true"',
    },
  );
}

function skipped(place: string, part: Skipped['part'], reason: string, detail?: string): Pulled {
  return {
    type: 'skipped',
    skipped: { place, part, reason, ...(detail === undefined ? {} : { detail }) },
  };
}
