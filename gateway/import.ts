import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createAgent, type Fact, type RecordId } from 'opportune';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Terminal,
  textOption,
  usageError,
} from './command.js';
import { isCrmName } from './crm/crm-sign-in.js';
import { openCrmSource } from './crm/import-crm.js';
import { toLine } from './facts-file.js';
import { type FileStore, openFileStore } from './file-store.js';
import { gatherFacts } from './gather-facts.js';
import { openCsvSource } from './import-csv.js';
import { createImportReport } from './import-report.js';
import type { ImportSource } from './import-source.js';
import { parseMoment } from './moments.js';
import { pause } from './pause.js';
import { erasePerson } from './people/erase-person.js';
import { openFolderPeople, openSuppression } from './people/folder-people.js';

export const importCommand: Command = {
  name: 'import',
  summary:
    'Brings the CSV files of a folder, or all of a CRM (salesforce, hubspot), in as facts; says what it skipped and why.',
  usage:
    'import SOURCE --into STORE --map MAP [--as-of DAY] [--all] [--facts FILE] [--dry-run] [--json]',
  options: [
    { name: 'into', value: 'STORE', about: 'the folder of the store; made where there is none' },
    { name: 'map', value: 'MAP', about: 'the mapping file', needed: true },
    {
      name: 'as-of',
      value: 'DAY',
      about: 'when the export was taken; default: what the map says, else when a file was changed',
    },
    {
      name: 'all',
      about: 'of a CRM: everything anew, and not only what changed since the last run',
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
/** Rows are garbage soon after they are read. V8 clears it up at four times what lives, and so would need half a gigabyte. */
const HEAP_GROWTH_PERCENT = 40;
/** So many facts of a CRM are put aside before they are stored, account by account: what is lost when it is stopped. */
const GATHERED = 500_000;
/** Where they come slowly, not longer than this. */
const KEPT_MS = 60_000;

async function importSource(given: Given, terminal: Terminal): Promise<number> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
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
  const asOf = textOption(given, 'as-of');
  if (asOf !== undefined) parseMoment(asOf, '--as-of');
  const isCrm = isCrmName(source);
  if (isCrm && asOf !== undefined)
    throw usageError('--as-of is for CSV files', 'Leave it out: a CRM says when it was read');
  let folder = dry ? undefined : into;
  const stored = folder;
  // A dry run remembers what it needs for itself, and leaves nothing behind.
  const memoryFolder = async (): Promise<string> => {
    folder ??= await mkdtemp(join(tmpdir(), 'opportune-'));
    return folder;
  };
  const open = isCrm
    ? openCrmSource(source, { mapFile, all: given.values.all === true })
    : openCsvSource(source, { mapFile, asOf, memoryFolder });
  const store = stored === undefined ? undefined : openFileStore(stored);
  const lines = dry || factsFile === undefined ? undefined : openSync(factsFile, 'w');
  // Without a store, nothing is won by putting facts aside.
  const gathered = isCrm && store ? gatherFacts() : undefined;
  let from: ImportSource | undefined;
  try {
    from = await open(store);
    const opened = from;
    const report = createImportReport({
      source: opened,
      into: stored,
      json: given.values.json === true,
      terminal,
    });
    const sink = store && (await createSink(store, terminal));
    const suppression = store && stored !== undefined ? openSuppression(stored, store) : undefined;
    const anew = new Set<RecordId>();
    let batch: Fact[] = [];
    const keep = async (given: readonly Fact[]): Promise<void> => {
      opened.save();
      // Whoever was erased stays so, also in a file of facts.
      const suppressed = await suppression?.suppress(given);
      const facts = suppressed?.facts ?? given;
      for (const id of suppressed?.anew ?? []) anew.add(id);
      if (lines !== undefined) writeSync(lines, facts.map(toLine).join(''));
      if (sink && facts.length > 0) report.stored(await sink(facts));
    };
    const flush = async (): Promise<void> => {
      await keep(batch);
      batch = [];
      const waiting = gathered?.size ?? 0;
      let done = 0;
      await gathered?.drain(async (facts) => {
        await keep(facts);
        done += facts.length;
        report.storing(done, waiting);
      });
    };
    let objectEnds = false;
    let keptAt = terminal.now();
    try {
      for await (const pulled of opened.pull(terminal.signal)) {
        report.take(pulled);
        if (pulled.type === 'tally') objectEnds = true;
        if (pulled.type === 'fact' && gathered) gathered.add(pulled.fact);
        else if (pulled.type === 'fact' && batch.push(pulled.fact) >= BATCH) await flush();
        if (pulled.type !== 'position') continue;
        const isMuch = (gathered?.size ?? GATHERED) >= GATHERED;
        if (!objectEnds && !isMuch && terminal.now() - keptAt < KEPT_MS) continue;
        await flush();
        await opened.keep(pulled.position);
        objectEnds = false;
        keptAt = terminal.now();
      }
      await flush();
      if (store && stored !== undefined) await eraseAnew(stored, store, anew, terminal);
    } catch (error) {
      if (!terminal.signal.aborted) throw error;
      // The batch under way is undone; it comes again with the next run.
      report.stop();
      throw error;
    }
    return report.end();
  } finally {
    from?.close();
    gathered?.end();
    if (lines !== undefined) closeSync(lines);
    await store?.close();
    if (folder !== undefined && folder !== stored) rmSync(folder, { recursive: true });
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
  const agent = await createAgent({ store, clock: { now: terminal.now }, pause });
  const { signal } = terminal;
  return (facts) => store.together(() => agent.record(facts, { history: true, signal }));
}
