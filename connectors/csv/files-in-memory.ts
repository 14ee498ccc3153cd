import assert from 'node:assert/strict';
import type { Connector, Pulled } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import { createCsvConnector } from './csv-connector.js';
import { parseCsvMap } from './parse-map.js';
import type { RowMemory } from './row-memory.js';

/** Text, or bytes where the encoding matters, by file name. */
export type Files = { readonly [name: string]: string | Uint8Array };

/** A connector over files in memory, which come in pieces of seven bytes. */
export function connect(
  files: Files,
  options: { map: string; memory?: RowMemory; asOf?: string },
): Connector {
  const { map, problems } = parseCsvMap(options.map, 'map.yaml');
  assert.deepEqual(problems, []);
  assert.ok(map);
  const { memory, asOf } = options;
  return createCsvConnector({
    name: 'shop',
    map,
    ...(memory === undefined ? {} : { memory }),
    ...(asOf === undefined ? {} : { asOf }),
    openFile: async (name) => {
      const content = files[name];
      if (content === undefined) return undefined;
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return {
        size: bytes.length,
        bytes: (async function* () {
          for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
        })(),
      };
    },
  });
}

/** What a pull told, in lines to compare. */
export async function pull(connector: Connector): Promise<{
  facts: Fact[];
  skips: string[];
  repairs: string[];
  tallies: string[];
}> {
  const all: Pulled[] = [];
  for await (const pulled of connector.pull()) all.push(pulled);
  return {
    facts: all.flatMap((each) => (each.type === 'fact' ? [each.fact] : [])),
    skips: all.flatMap((each) => {
      if (each.type !== 'skipped') return [];
      const { place, part, reason, detail } = each.skipped;
      return [`${place} ${part}: ${reason}${detail === undefined ? '' : ` [${detail}]`}`];
    }),
    repairs: all.flatMap((each) =>
      each.type === 'repaired' ? [`${each.place}: ${each.from} -> ${each.to}`] : [],
    ),
    tallies: all.flatMap((each) =>
      each.type === 'tally'
        ? [`${each.tally.place} ${each.tally.read}=${each.tally.used}+${each.tally.skipped}`]
        : [],
    ),
  };
}
