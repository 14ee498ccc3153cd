import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { seen, showStudio } from './studio-fixture.js';

describe('the focus in the studio', () => {
  it('goes to the heading of what is opened, and back to what opened a menu', async () => {
    const { root } = await showStudio();
    const focused = (): string => root.activeElement?.textContent?.trim() ?? '';
    const eventually = (words: string): Promise<void> =>
      waitUntil(() => focused() === words, `"${words}" has not the focus, but "${focused()}"`);
    const begin = await seen(root, '.choice > button', 'New play');
    begin.focus();
    await sendKeys({ press: 'Enter' });
    await seen(root, '.pop', 'Begin with');
    await sendKeys({ press: 'Escape' });
    await eventually('New play');
    (await seen(root, '.rows button', 'Call the champion')).focus();
    await sendKeys({ press: 'Enter' });
    await eventually('Call the champion');
    expect(root.activeElement?.localName).to.equal('h1');
    (await seen(root, 'header button', 'All plays')).focus();
    await sendKeys({ press: 'Enter' });
    await eventually('1 play');
  });
});
