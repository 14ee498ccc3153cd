import type { FileStore } from '../file-store.js';
import type { ImportSource } from '../import-source.js';
import { readSecret } from '../read-secret.js';
import type { CrmName } from './crm-sign-in.js';
import { keepPosition, readPosition } from './kept-position.js';
import { openCrm } from './open-crm.js';
import { readFieldMap } from './read-field-map.js';
import { readOn } from './read-on.js';
import { signInFromEnvironment } from './sign-in-from-environment.js';

/** A CRM as its connector reads it: all of it the first time, then what changed since the position kept in the store. */
export function openCrmSource(
  crm: CrmName,
  { mapFile, all }: { readonly mapFile: string; readonly all: boolean },
): (store: FileStore | undefined) => Promise<ImportSource> {
  const map = readFieldMap(crm, mapFile);
  const signIn = signInFromEnvironment(crm, readSecret);
  return async (store) => {
    const position = store && !all ? await readPosition(store, map) : undefined;
    const connector = (await openCrm(signIn)).connect(map);
    return {
      name: crm,
      mapFile,
      words: { place: 'object', row: 'record' },
      goesOn: position !== undefined,
      pull: (signal) => readOn(connector, position, signal),
      save() {},
      async keep(reached) {
        if (store) await keepPosition(store, map, reached);
      },
      close() {},
    };
  };
}
