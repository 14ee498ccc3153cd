import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, OpportuneError, type Store } from 'opportune';
import type { Erasing } from './erase-person.js';
import { type FilePersonKeys, KEYS_FILE, openFilePersonKeys } from './file-person-keys.js';
import { createMasterKey, readMasterKey } from './master-key.js';
import { createPseudonyms, type Pseudonyms } from './pseudonyms.js';
import { sealStore } from './seal-store.js';
import { createSuppression, type Suppression } from './suppression.js';
import { createVault } from './vault.js';

/** By it erased persons are recognised. It goes with the store wherever that goes. */
const SECRET_FILE = 'people.secret';

/** The secret of a store in a folder; made where there is none. */
function secretOf(folder: string): Uint8Array {
  const file = join(folder, SECRET_FILE);
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  const bytes = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (bytes.length === 32) return new Uint8Array(bytes);
  throw new OpportuneError('opportune/usage', 'it does not hold the 32 bytes it was made with', {
    where: file,
    remedy: 'Restore it: without it nobody who was erased is recognised',
  });
}

export interface FolderPeople extends Erasing {
  readonly pseudonyms: Pseudonyms;
  close(): void;
}

/** What erasing works over, of a store in a folder. Where its texts are sealed, `masterKey` is where the key is named. */
export function openFolderPeople(
  folder: string,
  inner: Store,
  { clock, masterKey }: { readonly clock: Clock; readonly masterKey: string | undefined },
): FolderPeople {
  const pseudonyms = createPseudonyms(secretOf(folder));
  const keys = openKeys(folder, masterKey);
  const vault = keys && createVault({ keys, clock });
  const store = vault ? sealStore(inner, vault) : inner;
  return {
    store,
    clock,
    pseudonyms,
    suppression: createSuppression(store, pseudonyms),
    ...(keys && vault && { sealed: { keys, vault } }),
    close: () => keys?.close(),
  };
}

function openKeys(folder: string, masterKey: string | undefined): FilePersonKeys | undefined {
  if (masterKey !== undefined)
    return openFilePersonKeys(folder, createMasterKey(readMasterKey(masterKey, '--master-key')));
  if (!existsSync(join(folder, KEYS_FILE))) return undefined;
  throw new OpportuneError('opportune/usage', 'the texts in this store are sealed', {
    where: folder,
    remedy: 'Say where the master key is with --master-key env:NAME or file:PATH',
  });
}

/** The suppression list of a store in a folder; undefined where nobody was ever erased. */
export function openSuppression(folder: string, store: Store): Suppression | undefined {
  return existsSync(join(folder, SECRET_FILE))
    ? createSuppression(store, createPseudonyms(secretOf(folder)))
    : undefined;
}
