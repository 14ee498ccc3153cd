import type { Page } from 'puppeteer-core';
import type { Extension } from './extension.js';
import { fill, press, textOf, until } from './pages.js';
import { FILES } from './two-crms.js';

/** Signs a rep in to Salesforce and saves the settings, as the settings page takes them; resolves with that page. */
export async function setUp(extension: Extension): Promise<Page> {
  const options = await extension.open('options.html');
  const says = async (id: string, words: RegExp): Promise<void> => {
    await until(async () => words.test(await textOf(options, `#${id}`)));
  };
  await fill(options, 'clientId', '3MVG9.extension');
  await press(options, '#sign-in');
  await says('sign-in-state', /^Signed in as/);
  await fill(options, 'playbookUrl', `${FILES}/playbook.json`);
  await fill(options, 'mapUrl', `${FILES}/salesforce.yaml`);
  await fill(options, 'keyField', 'OpportuneKey__c');
  await press(options, '[type=submit]');
  await says('saved', /^Saved/);
  return options;
}
