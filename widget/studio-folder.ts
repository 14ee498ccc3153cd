import { strToU8, unzipSync, zipSync } from 'fflate';
import {
  checkPlaybook,
  createFolderMeter,
  decodeText,
  isLeftOut,
  isText,
  refuse,
} from '../src/studio/folder-limits.js';
import type { PlaybookFiles } from '../src/studio/studio-source.js';
import { download } from './download.js';

/** A playbook folder on somebody's disk. */
export interface OpenedFolder {
  readonly name: string;
  readonly files: PlaybookFiles;
  /**
   * Writes what differs from what was opened or saved last, and nothing else.
   * @throws OpportuneError `opportune/folder`, and nothing is written, when somebody else changed one of these files.
   */
  save(files: PlaybookFiles): Promise<void>;
}

/** A folder that the browser may write to, such as `showDirectoryPicker()` gives. */
export async function openDirectory(folder: FileSystemDirectoryHandle): Promise<OpenedFolder> {
  const meter = createFolderMeter();
  const files: PlaybookFiles[number][] = [];
  for await (const [path, file] of filesIn(folder, '')) {
    meter.count(path, file.size);
    files.push(await readOne(path, file));
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  let known = checkPlaybook(files);
  return {
    name: folder.name,
    files: known,
    async save(wanted) {
      const before = new Map(known.map((file) => [file.path, file]));
      const after = new Map(wanted.map((file) => [file.path, file]));
      const changed = wanted.filter(({ path, text }) => before.get(path)?.text !== text);
      const gone = known.filter(({ path }) => !after.has(path));
      for (const { path } of [...changed, ...gone]) {
        const there = await textAt(folder, path);
        if (there !== before.get(path)?.text && there !== after.get(path)?.text)
          throw refuse(
            path,
            'somebody changed it meanwhile',
            'Open the folder again; what you changed is still here',
          );
      }
      for (const { path, text } of changed) await writeTo(folder, path, text);
      for (const { path } of gone) await removeFrom(folder, path);
      known = wanted;
    },
  };
}

/** The files of a zip, with the folder that all of them lie in left out. */
export function openZip(name: string, bytes: Uint8Array): OpenedFolder {
  const meter = createFolderMeter();
  const found = unzipSync(bytes, {
    filter: ({ name: path, originalSize }) => {
      if (path.endsWith('/') || path.split('/').some(isLeftOut)) return false;
      meter.count(path, originalSize);
      return true;
    },
  });
  const paths = Object.keys(found);
  const first = paths[0]?.split('/')[0] ?? '';
  const isWrapped =
    !('playbook.yaml' in found) && paths.every((path) => path.startsWith(`${first}/`));
  const held = new Map(
    paths.map((path) => [
      isWrapped ? path.slice(first.length + 1) : path,
      found[path] as Uint8Array,
    ]),
  );
  const files = [...held].map(([path, content]) =>
    isText(path)
      ? { path, text: decodeText(path, content) }
      : { path, text: '', bytes: content.length },
  );
  return {
    name,
    files: checkPlaybook(files),
    save: async (wanted) => {
      const zipped: { [path: string]: Uint8Array } = {};
      for (const { path, text, bytes: length } of wanted)
        zipped[path] = length === undefined ? strToU8(text) : (held.get(path) ?? new Uint8Array());
      download(name, zipSync(zipped) as BlobPart, 'application/zip');
    },
  };
}

/** The files in a zip, for a browser that writes to no folder, and for who takes a copy along. */
export function downloadZip(name: string, files: PlaybookFiles): void {
  const texts = files.filter(({ bytes }) => bytes === undefined);
  const zip = zipSync(Object.fromEntries(texts.map(({ path, text }) => [path, strToU8(text)])));
  download(name, zip as BlobPart, 'application/zip');
}

async function* filesIn(
  folder: FileSystemDirectoryHandle,
  at: string,
): AsyncGenerator<readonly [string, File]> {
  for await (const [name, handle] of folder.entries()) {
    if (isLeftOut(name)) continue;
    if (handle.kind === 'directory')
      yield* filesIn(handle as FileSystemDirectoryHandle, `${at}${name}/`);
    else yield [at + name, await (handle as FileSystemFileHandle).getFile()];
  }
}

async function readOne(path: string, file: File): Promise<PlaybookFiles[number]> {
  return isText(path)
    ? { path, text: decodeText(path, new Uint8Array(await file.arrayBuffer())) }
    : { path, text: '', bytes: file.size };
}

async function homeOf(
  folder: FileSystemDirectoryHandle,
  path: string,
  create: boolean,
): Promise<FileSystemDirectoryHandle> {
  let home = folder;
  for (const name of path.split('/').slice(0, -1))
    home = await home.getDirectoryHandle(name, { create });
  return home;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Undefined where it is not there. */
async function textAt(
  folder: FileSystemDirectoryHandle,
  path: string,
): Promise<string | undefined> {
  try {
    const home = await homeOf(folder, path, false);
    const file = await (await home.getFileHandle(nameOf(path))).getFile();
    return (await readOne(path, file)).text;
  } catch (error) {
    if ((error as DOMException).name === 'NotFoundError') return undefined;
    throw error;
  }
}

async function writeTo(
  folder: FileSystemDirectoryHandle,
  path: string,
  text: string,
): Promise<void> {
  const home = await homeOf(folder, path, true);
  const stream = await (await home.getFileHandle(nameOf(path), { create: true })).createWritable();
  // The file is as it was until the stream is closed.
  await stream.write(text);
  await stream.close();
}

async function removeFrom(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
  const home = await homeOf(folder, path, false);
  await home.removeEntry(nameOf(path));
}
