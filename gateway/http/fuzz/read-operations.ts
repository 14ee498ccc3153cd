import type { Operation } from './make-request.js';
import type { Schema } from './make-value.js';

interface Media {
  readonly content?: { readonly [type: string]: { readonly schema?: Schema } };
}

interface Described {
  readonly 'x-roles'?: readonly string[];
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: Media;
  readonly responses: { readonly [status: string]: Media };
}

/** Every route of an OpenAPI document. */
export function readOperations(document: unknown): readonly Operation[] {
  const { paths } = document as {
    readonly paths: { readonly [path: string]: { readonly [method: string]: Described } };
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]): Operation => {
      const body = schemaOf(described.requestBody);
      return {
        method: method.toUpperCase(),
        path,
        roles: described['x-roles'] ?? [],
        parameters: described.parameters ?? [],
        ...(body && { body }),
        responses: Object.fromEntries(
          Object.entries(described.responses).map(([status, one]) => [status, schemaOf(one)]),
        ),
      };
    }),
  );
}

const schemaOf = (media: Media | undefined): Schema | undefined =>
  media?.content?.['application/json']?.schema;
