/** Writes schema/*.json from the shapes in src/plan/, gateway/identity/ and connectors/: `node schema/write-schemas.mjs`. */
import { writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const { createSchemas, schemaOf } = await tsImport('../src/plan/json-schema.ts', import.meta.url);
const { GATEWAY_SHAPE } = await tsImport('../gateway/identity/settings-shape.ts', import.meta.url);
const { publishedFieldMap } = await tsImport(
  '../connectors/field-map/field-map-schema.ts',
  import.meta.url,
);
const gateway = schemaOf('Settings of the Opportune gateway: gateway.yaml', GATEWAY_SHAPE);
const all = { ...createSchemas(), gateway, 'field-map': publishedFieldMap() };
for (const [name, schema] of Object.entries(all))
  writeFileSync(
    new URL(`${name}.json`, import.meta.url),
    `${JSON.stringify(schema, undefined, 2)}\n`,
  );
