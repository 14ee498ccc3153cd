import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FuzzRequest, Operation } from './make-request.js';
import type { RawAnswer } from './send-request.js';

const HEADERS = [
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'cross-origin-resource-policy',
  'cache-control',
];

/** What only the inside knows: places in the code, words of the database, addresses with passwords. */
const INSIDE =
  /\n\s+at |node_modules|file:\/\/|\.[jt]s:\d+|opportune\.(inbox|facts|subjects|audit)|SQLSTATE|pg_catalog|postgres(ql)?:\/\/|relation "|invalid (input syntax|byte sequence)|out of range|the database says|ECONN|\/(home|root|tmp|usr|work)\//;

export type AnswerCheck = (request: FuzzRequest, answer: RawAnswer) => readonly string[];

/** What is wrong with an answer; nothing, when all is as it should be. */
export function createAnswerCheck(): AnswerCheck {
  const ajv = new Ajv2020({ strict: false });
  const compiled = new Map<object, ReturnType<Ajv2020['compile']>>();

  function checkShape({ responses, path }: Operation, answer: RawAnswer): readonly string[] {
    const { status, body, headers } = answer;
    if (!(status in responses)) return [`${status} is not documented`];
    const schema = responses[status];
    if (!schema || !/json/.test(headers['content-type'] ?? '')) return [];
    const valid = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, valid);
    if (valid(JSON.parse(body))) return [];
    return [`${path} answers otherwise than documented: ${ajv.errorsText(valid.errors)}`];
  }

  return ({ operation, method, target }, answer) => {
    const { status, headers, body } = answer;
    const faults: string[] = [];
    if (status >= 500) faults.push(`${status}`);
    for (const name of HEADERS)
      if (headers[name] === undefined) faults.push(`no ${name} with ${status}`);
    // The OpenAPI document and its page tell of no request.
    if (status >= 400 || operation.path.startsWith('/v1/'))
      if (INSIDE.test(body)) faults.push(`tells of the inside: ${INSIDE.exec(body)?.[0]}`);
    // Who follows a link in a mail reads a page.
    const isPage = status === 404 && /\/mail\/stop\//i.test(target);
    if (status >= 400 && method !== 'HEAD' && !isPage) faults.push(...checkProblem(answer));
    if (status < 300 && method === operation.method && isOf(operation, target))
      faults.push(...checkShape(operation, answer));
    return faults;
  };
}

/** A path that was broken may be that of another operation. */
function isOf({ path }: Operation, target: string): boolean {
  const parts = path.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/?]*')}/?(\\?|$)`).test(target);
}

function checkProblem({ status, headers, body }: RawAnswer): readonly string[] {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('application/problem+json')) return [`${status} as ${type}`];
  const told = JSON.parse(body) as { readonly status?: unknown; readonly code?: unknown };
  const fits = told.status === status && /^opportune\/[a-z-]+$/.test(String(told.code));
  return fits ? [] : [`the problem says ${told.status} ${told.code} with ${status}`];
}
