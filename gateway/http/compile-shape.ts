import { Ajv, type ValidateFunction } from 'ajv';

const strict = new Ajv({ strict: false, allErrors: false });
const coercing = new Ajv({ strict: false, allErrors: false, coerceTypes: 'array' });

/** Bodies are JSON and must be as the document says; what comes in an address is text, of which numbers and lists are made. */
export function compileShape({
  schema,
  httpPart,
}: {
  readonly schema: object;
  readonly httpPart?: string;
}): ValidateFunction {
  return (httpPart === 'body' ? strict : coercing).compile(schema);
}
