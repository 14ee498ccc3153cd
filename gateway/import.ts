import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  type CsvMap,
  createCsvConnector,
  type OpenedFile,
  parseCsvMap,
} from '@opportune/connector-csv';
import { createAgent, type Fact, OpportuneError, type RecordId } from 'opportune';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from './command.js';
import { toLine } from './facts-file.js';
import { type FileStore, openFileStore } from './file-store.js';
import { createImportReport } from './import-report.js';
import { parseMoment } from './moments.js';
import { erasePerson } from './people/erase-person.js';
import { openFolderPeople, openSuppression } from './people/folder-people.js';
import { openRowMemory } from './row-memory.js';
import { plural } from './text.js';

export const importCommand: Command = {
  name: 'import',
  summary: 'Brings the CSV files of a folder in as facts; says what it skipped and why.',
  usage: 'import SOURCE --into STORE --map MAP [--as-of DAY] [--facts FILE] [--dry-run] [--json]',
  options: [
    { name: 'into', value: 'STORE', about: 'the folder of the store; made where there is none' },
    { name: 'map', value: 'MAP', about: 'the mapping file', needed: true },
    {
      name: 'as-of',
      value: 'DAY',
      about: 'when the export was taken; default: what the map says, else when a file was changed',
    },
    {
      name: 'facts',
      value: 'FILE',
      about: 'write the facts there too, as JSON Lines for opportune replay',
    },
    { name: 'dry-run', about: 'read and report, and store nothing' },
    JSON_OPTION,
  ],
  positionals: ['SOURCE'],
  run: importSource,
};

const BATCH = 5_000;

async function importSource(given: Given, terminal: Terminal): Promise<number> {
  const [source = ''] = given.positionals;
  const into = textOption(given, 'into');
  const dry = given.values['dry-run'] === true;
  const factsFile = textOption(given, 'facts');
  if (into === undefined && !dry && factsFile === undefined)
    throw usageError(
      'import needs --into',
      'Say which store with --into FOLDER, or try it with --dry-run',
    );
  const mapFile = textOption(given, 'map') ?? '';
  const map = loadMap(mapFile);
  const asOf = textOption(given, 'as-of');
  if (asOf !== undefined) parseMoment(asOf, '--as-of');
  const openFile = opener(source, map);
  // A dry run remembers what it needs for itself, and leaves nothing behind.
  const folder = dry || into === undefined ? await mkdtemp(join(tmpdir(), 'opportune-')) : into;
  const store = dry || into === undefined ? undefined : openFileStore(folder);
  const lines = dry || factsFile === undefined ? undefined : openSync(factsFile, 'w');
  const memory = openRowMemory(folder, map.connection);
  const report = createImportReport({
    source,
    map,
    into: store && into,
    json: given.values.json === true,
    terminal,
  });
  try {
    const sink = store && (await createSink(store, terminal));
    const connector = createCsvConnector({
      name: map.connection,
      map,
      openFile,
      memory,
      ...(asOf === undefined ? {} : { asOf }),
    });
    const suppression = store && openSuppression(folder, store);
    const anew = new Set<RecordId>();
    let batch: Fact[] = [];
    const flush = async (): Promise<void> => {
      memory.save();
      // Whoever was erased stays so, also in a file of facts.
      const suppressed = await suppression?.suppress(batch);
      const facts = suppressed?.facts ?? batch;
      for (const id of suppressed?.anew ?? []) anew.add(id);
      if (lines !== undefined) writeSync(lines, facts.map(toLine).join(''));
      if (sink && facts.length > 0) report.stored(await sink(facts));
      batch = [];
    };
    try {
      for await (const pulled of connector.pull({ signal: terminal.signal })) {
        report.take(pulled);
        if (pulled.type === 'fact' && batch.push(pulled.fact) >= BATCH) await flush();
      }
      await flush();
      if (store) await eraseAnew(folder, store, anew, terminal);
    } catch (error) {
      if (!terminal.signal.aborted) throw error;
      // The batch under way is undone; it comes again with the next run.
      report.stop();
      throw error;
    }
    return report.end();
  } finally {
    memory.close();
    if (lines !== undefined) closeSync(lines);
    await store?.close();
    if (folder !== into) rmSync(folder, { recursive: true });
  }
}

/** Contacts who are recognised as erased persons only now: what was stored of them before goes as well. */
async function eraseAnew(
  folder: string,
  store: FileStore,
  anew: ReadonlySet<RecordId>,
  { now }: Terminal,
): Promise<void> {
  if (anew.size === 0) return;
  const people = openFolderPeople(folder, store, { clock: { now }, masterKey: undefined });
  try {
    for (const id of anew) await erasePerson(people, { id });
    await store.scrub();
  } finally {
    people.close();
  }
}

function loadMap(file: string): CsvMap {
  if (!existsSync(file))
    throw new OpportuneError('opportune/usage', 'there is no such mapping file', {
      where: file,
      remedy: 'Name it with --map',
    });
  const { map, problems } = parseCsvMap(readFileSync(file, 'utf8'), file);
  if (map) return map;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const more =
    errors.length > 1
      ? ` (and ${plural(errors.length - 1, 'more error')}: opportune check ${file})`
      : '';
  throw new OpportuneError('opportune/map', first?.message ?? 'it cannot be read', {
    where: `${file}:${first?.line ?? 1}`,
    remedy: `${first?.remedy ?? ''}${more}`,
  });
}

/** Files of a folder by their names in the map; one file alone stands for the one that the map reads. */
function opener(source: string, map: CsvMap): (name: string) => Promise<OpenedFile | undefined> {
  const stats = statSync(source, { throwIfNoEntry: false });
  if (!stats)
    throw new OpportuneError('opportune/usage', 'there is no such folder or file', {
      where: source,
      remedy: 'Name the folder of the CSV files',
    });
  const [only] = map.files;
  const alone = stats.isFile() && map.files.length === 1;
  if (stats.isFile() && !alone && !map.files.some(({ name }) => name === basename(source)))
    throw new OpportuneError(
      'opportune/usage',
      `the map reads ${plural(map.files.length, 'file')}, and this is one`,
      { where: source, remedy: 'Name their folder' },
    );
  const folder = stats.isFile() ? dirname(source) : source;
  return async (name) => {
    const path = alone && name === only?.name ? source : join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) return undefined;
    return {
      bytes: createReadStream(path, { highWaterMark: 1 << 18 }),
      size: found.size,
      modifiedAt: Math.floor(found.mtimeMs),
    };
  };
}

export interface Stored {
  readonly added: number;
  readonly repeated: number;
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

async function createSink(
  store: FileStore,
  terminal: Terminal,
): Promise<(facts: readonly Fact[]) => Promise<Stored>> {
  // The store answers at once: without a pause nobody would hear that the person wants to stop.
  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const agent = await createAgent({ store, clock: { now: terminal.now }, pause });
  const { signal } = terminal;
  return (facts) => store.together(() => agent.record(facts, { history: true, signal }));
}
