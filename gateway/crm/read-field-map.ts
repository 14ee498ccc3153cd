import { type FieldMap, parseFieldMap } from '@opportune/connector-salesforce';
import { readMapFile, toMapError } from '../map-error.js';
import type { CrmName } from './crm-sign-in.js';

/** The map in a file; its first error is thrown, `opportune/map`. */
export function readFieldMap(crm: CrmName, file: string): FieldMap {
  const { map, problems } = parseFieldMap(readMapFile(file), file);
  if (map) return map;
  throw toMapError(file, problems, `opportune connect ${crm} --check ${file}`);
}
