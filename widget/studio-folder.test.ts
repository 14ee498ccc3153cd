import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { click, FILES, seen, showStudio, until } from './studio-fixture.js';
import { downloadZip, openDirectory, openZip } from './studio-folder.js';

const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255, 254]);
let folder: FileSystemDirectoryHandle;

/** A folder of the browser's own, with the same interface as one on the disk. */
async function fill(files: { readonly [path: string]: string | Uint8Array }): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('playbook', { recursive: true }).catch(() => undefined);
  folder = await root.getDirectoryHandle('playbook', { create: true });
  for (const [path, content] of Object.entries(files)) await write(path, content);
}
async function write(path: string, content: string | Uint8Array): Promise<void> {
  let home = folder;
  const parts = path.split('/');
  for (const name of parts.slice(0, -1))
    home = await home.getDirectoryHandle(name, { create: true });
  const file = await home.getFileHandle(parts.at(-1) ?? '', { create: true });
  const stream = await file.createWritable();
  await stream.write(content as FileSystemWriteChunkType);
  await stream.close();
}
async function read(path: string): Promise<{ readonly text: string; readonly at: number }> {
  let home = folder;
  const parts = path.split('/');
  for (const name of parts.slice(0, -1)) home = await home.getDirectoryHandle(name);
  const file = await (await home.getFileHandle(parts.at(-1) ?? '')).getFile();
  return { text: await file.text(), at: file.lastModified };
}
const ALL: { readonly [path: string]: string | Uint8Array } = {
  ...Object.fromEntries(FILES.map(({ path, text }) => [path, text])),
  'content/picture.png': PICTURE,
  '.git/HEAD': 'ref',
};
const failure = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: Error) => error.message,
  );

describe('a folder in the studio', () => {
  it('is read without what hides in it, and writes back what was changed and nothing else', async () => {
    await fill(ALL);
    const opened = await openDirectory(folder);
    expect(opened.files.map(({ path }) => path)).to.deep.equal([
      'attributes.yaml',
      'content/cfo-case-study.md',
      'content/picture.png',
      'playbook.yaml',
      'plays/call-champion.yaml',
    ]);
    const before = await read('attributes.yaml');
    await opened.save(
      opened.files.map((file) =>
        file.path === 'playbook.yaml' ? { ...file, text: `# Ours.\n${file.text}` } : file,
      ),
    );
    expect((await read('playbook.yaml')).text).to.equal(`# Ours.\n${ALL['playbook.yaml']}`);
    expect(await read('attributes.yaml')).to.deep.equal(before);
  });

  it('can be a sample to play with, which is removed again, and leaves the draft as it was', async () => {
    const item = {
      id: 'plays/own.yaml',
      file: 'plays/own.yaml',
      data: { id: 'own', title: 'My own' },
    };
    const { root, kept } = await showStudio({}, { kept: { [item.id]: item } });
    await seen(root, '.rows .button', 'My own');
    await click(root, 'header .button', 'New play');
    await click(root, '.pop .button', 'Load a sample to play with');
    await seen(root, '.note', 'nothing of it is published');
    await seen(root, '.rows', 'Nobody there has answered for two weeks.');
    await click(root, 'header .button', 'New play');
    await click(root, '.pop .button', 'An empty sentence');
    await seen(root, '*', 'Sample');
    await click(root, '.places .button, .places button', 'Plays');
    await click(root, 'header .button', 'Remove the sample');
    await seen(root, '.rows .button', 'My own');
    expect(root.textContent).not.to.contain('Remove the sample');
    expect([...new Set(kept.flatMap(Object.keys))].filter((id) => id !== item.id)).to.deep.equal(
      [],
    );
  });

  it('makes new files and takes away those that are gone', async () => {
    await fill(ALL);
    const opened = await openDirectory(folder);
    await opened.save([
      ...opened.files.filter(({ path }) => path !== 'content/cfo-case-study.md'),
      { path: 'plays/new/one.yaml', text: 'id: one\n' },
    ]);
    expect((await read('plays/new/one.yaml')).text).to.equal('id: one\n');
    expect(await failure(read('content/cfo-case-study.md'))).to.include('not be found');
  });

  it('writes nothing where somebody else changed the same file meanwhile', async () => {
    await fill(ALL);
    const opened = await openDirectory(folder);
    await write('playbook.yaml', 'name: Theirs\n');
    const mine = opened.files.map((file) =>
      file.bytes === undefined ? { ...file, text: `${file.text}# Mine.\n` } : file,
    );
    expect(await failure(opened.save(mine))).to.equal(
      'playbook.yaml: somebody changed it meanwhile. Open the folder again; what you changed is still here',
    );
    expect((await read('playbook.yaml')).text).to.equal('name: Theirs\n');
    expect((await read('attributes.yaml')).text).to.equal(ALL['attributes.yaml']);
  });

  it('is refused with the place and the remedy where it is no playbook, or cannot be read', async () => {
    await fill({ 'readme.md': 'Hello.' });
    expect(await failure(openDirectory(folder))).to.equal(
      'playbook.yaml: it is not in this folder. Open the folder that holds it',
    );
    await fill({ ...ALL, 'plays/old.yaml': new Uint8Array([0x69, 0x64, 0x3a, 0xe9]) });
    expect(await failure(openDirectory(folder))).to.equal(
      'plays/old.yaml: it is not UTF-8. Save it as UTF-8 in a text editor',
    );
    await fill({ ...ALL, 'plays/huge.yaml': new Uint8Array(5 * 1024 * 1024) });
    expect(await failure(openDirectory(folder))).to.include(
      'plays/huge.yaml: it is larger than 4 MB',
    );
    await fill({ ...ALL, [`${'deep/'.repeat(17)}x.yaml`]: 'a: 1' });
    expect(await failure(openDirectory(folder))).to.include('more than 16 folders deep');
  });

  it('comes in a zip as well, wrapped in a folder or not, and never leads out of itself', async () => {
    const bytes = (files: object): Uint8Array =>
      zipSync(
        Object.fromEntries(
          Object.entries(files).map(([path, content]) => [
            path,
            typeof content === 'string' ? strToU8(content) : content,
          ]),
        ),
      );
    const wrapped = Object.fromEntries(
      Object.entries(ALL).map(([path, content]) => [`mine/${path}`, content]),
    );
    const found = openZip('mine.zip', bytes(wrapped)).files;
    expect(found).to.deep.equal(openZip('a.zip', bytes(ALL)).files);
    expect(found.find(({ path }) => path === 'playbook.yaml')?.text).to.equal(ALL['playbook.yaml']);
    for (const path of ['../out.yaml', '/out.yaml', 'a/../../out.yaml', 'C:\\out.yaml'])
      expect(() => openZip('bad.zip', bytes({ ...ALL, [path]: 'x: 1' }))).to.throw(
        'out of the folder',
      );
  });

  it('goes into a zip whose texts are the same to the byte', async () => {
    let saved: Blob | undefined;
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      saved = blob as Blob;
      return '#';
    };
    try {
      downloadZip('copy.zip', FILES);
    } finally {
      URL.createObjectURL = createObjectURL;
    }
    const found = unzipSync(new Uint8Array((await saved?.arrayBuffer()) ?? new ArrayBuffer(0)));
    const texts = Object.entries(found).map(([path, content]) => [
      path,
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(content),
    ]);
    expect(texts).to.deep.equal(FILES.map(({ path, text }) => [path, text]));
  });

  it('is worked on until it is saved', async () => {
    await fill(ALL);
    const picker = globalThis as { showDirectoryPicker?: () => Promise<FileSystemDirectoryHandle> };
    const { showDirectoryPicker } = picker;
    picker.showDirectoryPicker = async () => folder;
    try {
      const { root, kept } = await showStudio();
      await click(root, '.top .button', 'Open a folder');
      await seen(root, '.said', 'playbook is open. Nothing in it changes until you save.');
      await click(root, '.rows .button', 'Call the champion');
      await click(root, '.slot', 'Evaluation');
      await seen(root, '.pop .field');
      await sendKeys({ type: 'prop' });
      await sendKeys({ press: 'Enter' });
      await seen(root, '.top .quiet', 'Not saved in playbook yet');
      expect((await read('plays/call-champion.yaml')).text).to.equal(
        ALL['plays/call-champion.yaml'],
      );
      await click(root, '.top .primary', 'Save the folder');
      await seen(root, '.said', 'Saved in playbook.');
      await until(async () =>
        (await read('plays/call-champion.yaml')).text.includes('stage: Proposal }   # the stage'),
      );
      expect(kept).to.deep.equal([]);
    } finally {
      if (showDirectoryPicker) picker.showDirectoryPicker = showDirectoryPicker;
      else delete picker.showDirectoryPicker;
    }
  });
});
