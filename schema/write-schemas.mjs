/** Writes schema/*.json from the shapes in src/plan/ and gateway/identity/: `node schema/write-schemas.mjs`. */
import { writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const { createSchemas, schemaOf } = await tsImport('../src/plan/json-schema.ts', import.meta.url);
const { GATEWAY_SHAPE } = await tsImport('../gateway/identity/settings-shape.ts', import.meta.url);
const gateway = schemaOf('Settings of the Opportune gateway: gateway.yaml', GATEWAY_SHAPE);
for (const [name, schema] of Object.entries({ ...createSchemas(), gateway }))
  writeFileSync(
    new URL(`${name}.json`, import.meta.url),
    `${JSON.stringify(schema, undefined, 2)}\n`,
  );
