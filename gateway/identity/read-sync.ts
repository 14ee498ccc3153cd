import { dirname, join } from 'node:path';
import { parseFieldMap } from '@opportune/connector-salesforce';
import type { CrmSignIn } from '../crm/crm-sign-in.js';
import type { Sync } from './settings.js';
import { checkAddress, type Path, type Reading, secretOf } from './settings-reading.js';

const MINUTE = 60_000;
const MINUTES = 5;

/** `sync:` of a connection, whose shape was checked. */
export interface WrittenSync {
  readonly map: string;
  readonly writeTo?: string;
  readonly minutes?: number;
  readonly salesforce?: {
    readonly login: string;
    readonly clientId: string;
    readonly clientSecret?: string;
    readonly privateKey?: string;
    readonly username?: string;
    readonly changeEvents?: readonly string[];
  };
  readonly hubspot?: {
    readonly token?: string;
    readonly clientId?: string;
    readonly clientSecret?: string;
    readonly refreshToken?: string;
    readonly url?: string;
    readonly version?: string;
  };
}

export function toSync(
  connection: string,
  written: WrittenSync,
  path: Path,
  reading: Reading & { readonly file: string },
): Sync | undefined {
  const { writeTo, minutes = MINUTES, salesforce } = written;
  const signIn = toSignIn(written, path, reading);
  const mapFile = join(dirname(reading.file), written.map);
  const text = reading.secrets('file', mapFile);
  if (text === undefined) {
    reading.report(
      'no-map',
      [...path, 'map'],
      `the mapping file ${mapFile} is not there`,
      'make one with opportune connect',
    );
    return undefined;
  }
  const { map, problems } = parseFieldMap(text, mapFile);
  const fault = problems.find(({ severity }) => severity === 'error');
  if (fault || !map) {
    reading.report(
      'wrong-map',
      [...path, 'map'],
      `${mapFile}:${fault?.line ?? 1}: ${fault?.message ?? 'it cannot be read'}`,
      fault?.remedy ?? 'see opportune connect --check',
    );
    return undefined;
  }
  if (map.connection !== connection)
    reading.report(
      'wrong-map',
      [...path, 'map'],
      `${mapFile} is a map of the connection "${map.connection}"`,
      `write "connection: ${connection}" in it`,
    );
  return {
    signIn,
    map,
    everyMs: minutes * MINUTE,
    ...(writeTo !== undefined && { keyField: writeTo }),
    ...(salesforce?.changeEvents && { changeEvents: salesforce.changeEvents }),
  };
}

function toSignIn({ salesforce, hubspot }: WrittenSync, path: Path, reading: Reading): CrmSignIn {
  if (salesforce) {
    const at = [...path, 'salesforce'];
    const { login, clientId, clientSecret, privateKey, username } = salesforce;
    checkAddress(login, [...at, 'login'], reading);
    if (privateKey === undefined)
      return {
        crm: 'salesforce',
        login,
        clientId,
        proof: {
          clientSecret: secretOf(clientSecret ?? '', [...at, 'clientSecret'], reading),
        },
      };
    if (username === undefined)
      reading.report('missing-field', at, 'a private key speaks for nobody', 'add "username:"');
    return {
      crm: 'salesforce',
      login,
      clientId,
      proof: {
        privateKey: secretOf(privateKey, [...at, 'privateKey'], reading),
        username: username ?? '',
      },
    };
  }
  const { clientId, url, version } = hubspot ?? {};
  const at = [...path, 'hubspot'];
  if (url !== undefined) checkAddress(url, [...at, 'url'], reading);
  const read = (name: 'token' | 'clientSecret' | 'refreshToken'): string => {
    const written = hubspot?.[name];
    if (written === undefined)
      reading.report(
        'missing-field',
        at,
        `an app that was installed has no "${name}"`,
        `add "${name}:"`,
      );
    return written === undefined ? '' : secretOf(written, [...at, name], reading);
  };
  return {
    crm: 'hubspot',
    ...(clientId === undefined
      ? { token: read('token') }
      : {
          app: { clientId, clientSecret: read('clientSecret'), refreshToken: read('refreshToken') },
        }),
    ...(url !== undefined && { origin: url }),
    ...(version !== undefined && { version }),
  };
}
