import { OpportuneError, type Playbook } from 'opportune';
import { createGuardedFetch } from './guarded-fetch.js';

const MOST_CHARACTERS = 8_000_000;
const LISTS = ['attributes', 'products', 'goals', 'plays', 'contents', 'reasons'] as const;

/** The playbook at an address, as `opportune check PLAYBOOK --out FILE` writes it. Throws `opportune/playbook`. */
export async function readPlaybook(address: string): Promise<Playbook> {
  const refuse = (what: string, remedy: string): OpportuneError =>
    new OpportuneError('opportune/playbook', what, { where: address, remedy });
  let value: unknown;
  try {
    value = JSON.parse(await readText(address));
  } catch (error) {
    if (error instanceof OpportuneError) throw error;
    throw refuse('this is no JSON', 'Put there what opportune check PLAYBOOK --out FILE writes');
  }
  const playbook = Object(value) as { readonly [name: string]: unknown };
  if (playbook.format !== 1)
    throw refuse(
      'this is no compiled playbook, or one of another version',
      'Put there what opportune check PLAYBOOK --out FILE writes, with the version of this extension',
    );
  const isWhole =
    typeof playbook.version === 'string' &&
    playbook.version !== '' &&
    typeof playbook.zone === 'string' &&
    LISTS.every((name) => Array.isArray(playbook[name]));
  if (isWhole) return value as Playbook;
  throw refuse('the playbook is not whole', 'Compile it anew');
}

/** A text at an address that is asked without saying who asks. Throws `opportune/playbook`. */
export async function readText(address: string): Promise<string> {
  const refuse = (what: string): OpportuneError =>
    new OpportuneError('opportune/playbook', what, {
      where: address,
      remedy:
        'See that it begins with https:// and opens in this browser, and that its server sends Access-Control-Allow-Origin: *',
    });
  const fetch = createGuardedFetch([address]);
  const response = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
  if (!response) throw refuse('nothing can be read there');
  if (!response.ok) throw refuse(`the server answers ${response.status}`);
  const text = await response.text();
  if (text.length > MOST_CHARACTERS) throw refuse('what is there is too long');
  return text;
}
