import { expect } from '@open-wc/testing';
import type { PlaybookFiles } from '../src/studio/studio-source.js';
import { createVersions, type StudioVersions, type VersionLog } from '../src/studio/versions.js';
import type { Changes } from '../src/studio/workbench.js';
import { click, FILES, type Shown, seen, showStudio, until } from './studio-fixture.js';

const PLAY = 'plays/call-champion.yaml';

/** A log that several people publish to. */
function openLog(needsSecond = false) {
  let log: VersionLog = { published: [{ number: 1, files: FILES, by: 'first', at: 1 }] };
  let now = 1;
  const forAuthor = (author: string): StudioVersions =>
    createVersions({
      update: async (change) => {
        log = change(log);
        return log;
      },
      goLive: async () => undefined,
      author,
      needsSecond,
      now: () => ++now,
    });
  return {
    forAuthor,
    live: (): PlaybookFiles => log.published.at(-1)?.files ?? [],
    textOf: (path: string): string =>
      log.published.at(-1)?.files.find((file) => file.path === path)?.text ?? '',
  };
}
const withWhy = (files: PlaybookFiles, why: string): PlaybookFiles =>
  files.map((file) =>
    file.path === PLAY ? { ...file, text: file.text.replace(/^why: .*$/m, `why: ${why}`) } : file,
  );

/** Changes the reason of the play as text, and goes to the review. */
async function writeWhy({ root }: Shown, why: string): Promise<void> {
  await click(root, '.rows button', 'Call');
  await click(root, 'button', 'Show as text');
  const field = (await seen(root, 'textarea')) as HTMLTextAreaElement;
  field.value = field.value.replace(/because \[[^\]]*\]/, `because [${why}]`);
  await click(root, 'form.text button');
  await click(root, 'button', 'Review and publish');
  await seen(root, 'h1', 'Your changes');
}

async function publish(root: ShadowRoot, label = 'Publish'): Promise<void> {
  const button = (await seen(root, '.actions button', label)) as HTMLButtonElement;
  await until(() => !button.disabled, 'it cannot be published');
  button.click();
}

describe('versions in the studio', () => {
  it('shows what differs as words that came and have gone, publishes it, and says which version is live', async () => {
    const log = openLog();
    const shown = await showStudio({ versions: log.forAuthor('ana') });
    const { root } = shown;
    await seen(root, '.live', 'Version 1 is live');
    await writeWhy(shown, 'They compare offers.');
    expect((await seen(root, '.differences del', 'The deal')).textContent).to.contain('evaluated');
    expect((await seen(root, '.differences ins')).textContent).to.contain('They compare offers.');
    expect(root.querySelector('.differences')?.textContent).not.to.contain('why:');
    await publish(root);
    await seen(root, '.live', 'Version 2 is live');
    expect(log.textOf(PLAY)).to.contain('They compare offers.');
    await seen(root, 'p', 'Nothing differs');
  });

  it('goes back to an earlier version, to the byte, after showing what that changes', async () => {
    const log = openLog();
    await log.forAuthor('ben').publish(withWhy(FILES, 'His reason.'), 1);
    const { root } = await showStudio({
      versions: log.forAuthor('ana'),
      open: async () => ({ files: log.live(), author: 'ana', now: 0 }),
    });
    await click(root, '.places button', 'Versions');
    await click(root, '.rows button', 'Version 1');
    await seen(root, 'del', 'His reason.');
    await click(root, '.actions button', 'Roll back to version 1');
    await seen(root, '.live', 'Version 3 is live');
    expect(log.live()).to.deep.equal(FILES);
    await until(() => !root.querySelector('.note'), 'it says that a draft differs');
  });

  it('lets a second person look before it goes live, and not the author', async () => {
    const log = openLog(true);
    const hers = await showStudio({ versions: log.forAuthor('ana@halden.example') });
    await writeWhy(hers, 'Her reason.');
    await publish(hers.root, 'Ask for a review');
    await seen(hers.root, 'h1', 'Somebody else has to look at it');
    expect(
      [...hers.root.querySelectorAll('button')].some((one) =>
        (one.textContent ?? '').includes('Approve'),
      ),
    ).to.equal(false);
    const his = await showStudio({
      versions: log.forAuthor('ben@halden.example'),
      open: async () => ({ files: FILES, author: 'ben@halden.example', now: 0 }),
    });
    await click(his.root, '.places button', 'Versions');
    await click(his.root, '.note button', 'Look at it');
    await seen(his.root, 'ins', 'Her reason.');
    await click(his.root, '.actions button', 'Approve and publish');
    await seen(his.root, '.live', 'Version 2 is live');
    await click(his.root, '.places button', 'Versions');
    await seen(his.root, '.rows', 'looked at by ben@halden.example');
  });

  it('brings two changes together, and asks whose words stand where both changed the same', async () => {
    const log = openLog();
    const shown = await showStudio({ versions: log.forAuthor('ana') });
    const { root } = shown;
    await writeWhy(shown, 'Her reason.');
    await log.forAuthor('ben').publish(withWhy(FILES, 'His reason.'), 1);
    await publish(root);
    await seen(root, '.conflicts h2', 'You and ben changed the same words');
    const button = (await seen(root, '.actions button', 'Publish')) as HTMLButtonElement;
    expect(button.disabled).to.equal(true);
    expect(log.textOf(PLAY)).to.contain('His reason.');
    await seen(root, '.sides', 'Her reason.');
    await click(root, '.sides button', 'Keep yours');
    await publish(root);
    await seen(root, '.live', 'Version 3 is live');
    expect(log.textOf(PLAY)).to.contain('Her reason.');
  });

  it('brings a draft of an older version onto the live one when it is opened', async () => {
    const log = openLog();
    await log.forAuthor('ben').publish(withWhy(FILES, 'His reason.'), 1);
    const kept: Changes = {
      'plays/new.yaml': {
        id: 'plays/new.yaml',
        file: 'plays/new.yaml',
        data: { id: 'new', about: 'account', title: 'Mine' },
      },
    };
    const { root } = await showStudio({
      versions: log.forAuthor('ana'),
      open: async () => ({ files: log.live(), author: 'ana', now: 0, kept, keptFrom: 1 }),
    });
    await click(root, '.places button', 'Versions');
    await click(root, '.note button', 'Look at it');
    await seen(root, '.differences', 'Mine');
    expect(root.querySelector('.differences')?.textContent).not.to.contain('His reason.');
  });
});
