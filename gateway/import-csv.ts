import { createReadStream, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  type CsvMap,
  createCsvConnector,
  type OpenedFile,
  parseCsvMap,
} from '@opportune/connector-csv';
import { OpportuneError } from 'opportune';
import type { ImportSource } from './import-source.js';
import { readMapFile, toMapError } from './map-error.js';
import { openRowMemory } from './row-memory.js';
import { plural } from './text.js';

/** CSV files of a folder, or one file alone. What it remembers of rows lies in `memoryFolder`. */
export function openCsvSource(
  source: string,
  {
    mapFile,
    asOf,
    memoryFolder,
  }: {
    readonly mapFile: string;
    readonly asOf: string | undefined;
    readonly memoryFolder: () => Promise<string>;
  },
): () => Promise<ImportSource> {
  const { map, problems } = parseCsvMap(readMapFile(mapFile), mapFile);
  if (!map) throw toMapError(mapFile, problems, `opportune check ${mapFile}`);
  const openFile = opener(source, map);
  return async () => {
    const memory = openRowMemory(await memoryFolder(), map.connection);
    const connector = createCsvConnector({
      name: map.connection,
      map,
      openFile,
      memory,
      ...(asOf === undefined ? {} : { asOf }),
    });
    return {
      name: source,
      mapFile,
      words: { place: 'file', row: 'row' },
      goesOn: false,
      pull: (signal) => connector.pull({ signal }),
      save: memory.save,
      // The rows themselves are remembered.
      async keep() {},
      close: memory.close,
    };
  };
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
