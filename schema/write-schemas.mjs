/** Writes schema/*.json from the shapes in src/plan/: `node schema/write-schemas.mjs`. */
import { writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const { createSchemas } = await tsImport('../src/plan/json-schema.ts', import.meta.url);
for (const [name, schema] of Object.entries(createSchemas()))
  writeFileSync(
    new URL(`${name}.json`, import.meta.url),
    `${JSON.stringify(schema, undefined, 2)}\n`,
  );
