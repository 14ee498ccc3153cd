/** Writes csv-map.schema.json from map-schema.ts: `node connectors/csv/write-schema.mjs`. */
import { writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const { publishedSchema } = await tsImport('./map-schema.ts', import.meta.url);
writeFileSync(
  new URL('csv-map.schema.json', import.meta.url),
  `${JSON.stringify(publishedSchema(), undefined, 2)}\n`,
);
