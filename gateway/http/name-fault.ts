import type { ErrorObject } from 'ajv';

type Fault = Pick<ErrorObject, 'keyword' | 'instancePath' | 'params' | 'message'>;

/** Of two faults in one place, the one whose alternative the caller meant less likely comes later. */
const RANK: { readonly [keyword: string]: number } = {
  const: 3,
  enum: 3,
  additionalProperties: 1,
  required: 2,
  anyOf: 9,
};
const rankOf = ({ keyword }: Fault): number => RANK[keyword] ?? 0;
const depthOf = ({ instancePath }: Fault): number => instancePath.split('/').length;

/**
 * The one field that is wrong and what it must be, of all that did not match. A body of several forms fails in each; the
 * form that was meant is the one that fits deepest.
 */
export function nameFault(faults: readonly Fault[], part: string): string {
  const [worst] = [...faults].sort((a, b) => depthOf(b) - depthOf(a) || rankOf(a) - rankOf(b));
  if (!worst) return `${part} is wrong`;
  const alike = faults.filter(
    ({ keyword, instancePath }) => instancePath === worst.instancePath && keyword === worst.keyword,
  );
  return `${part}${worst.instancePath} ${sayFault(worst, alike)}`;
}

function sayFault(
  { keyword, params, message = 'is wrong' }: Fault,
  alike: readonly Fault[],
): string {
  switch (keyword) {
    case 'type':
      return `must be ${listOf(alike.map((one) => String(one.params.type)))}`;
    case 'const':
    case 'enum':
      return `must be ${listOf(
        alike
          .flatMap((one) => one.params.allowedValues ?? [one.params.allowedValue])
          .map((one) => JSON.stringify(one)),
      )}`;
    case 'additionalProperties':
      return `must not have the field ${JSON.stringify(String(params.additionalProperty).slice(0, 100))}`;
    case 'required':
      return `must have the field ${JSON.stringify(params.missingProperty)}`;
    default:
      return message;
  }
}

const listOf = (words: readonly string[]): string => [...new Set(words)].join(', or ');
