import { readFileSync } from 'node:fs';
import { type RoiAssumptions, WORKED_EXAMPLE } from '../../src/analyze-roi.js';
import type { Question } from '../../src/insights/question.js';
import { leastOf } from '../../src/insights/roi-fields.js';
import { type Given, textOption, usageError } from '../command.js';
import { printable } from '../text.js';
import type { Topic } from './analyze.js';
import { PURCHASE_OPTIONS, readPurchases } from './retention.js';

export const roiTopic: Topic = {
  name: 'roi',
  options: [
    ...PURCHASE_OPTIONS.filter(({ name }) => name === 'purchase' || name === 'amount'),
    {
      name: 'assumptions',
      value: 'FILE',
      about: 'your own figures as JSON; what is left out is that of the worked example',
    },
  ],
  read: readRoi,
};

function readRoi(given: Given): Question {
  const { product: _, until: __, ...purchases } = readPurchases(given);
  const assumptions = readAssumptions(textOption(given, 'assumptions'));
  return { topic: 'roi', ...purchases, assumptions };
}

/** Every value of the worked example, put over by those of the file; one that the example has not is a mistake. */
function readAssumptions(file: string | undefined): RoiAssumptions {
  if (file === undefined) return WORKED_EXAMPLE;
  let told: unknown;
  try {
    told = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw usageError(
      `--assumptions ${printable(file)} cannot be read: ${printable((error as Error).message)}`,
      'Give a file with JSON like { "company": { "revenue": 50000000 } }',
    );
  }
  return over(WORKED_EXAMPLE, told, '') as RoiAssumptions;
}

const OPTIONAL = { '.company.carries': 1 } as const;

function over(example: unknown, told: unknown, place: string): unknown {
  const wrong = (needs: string): Error =>
    usageError(
      `--assumptions: ${printable(place.slice(1) || 'the file')} is no ${needs}`,
      'See docs/prove.md',
    );
  if (told === undefined) return example;
  if (typeof example === 'number') {
    const least = leastOf(place.slice(place.lastIndexOf('.') + 1));
    if (typeof told === 'number' && Number.isFinite(told) && told >= least) return told;
    throw wrong(least === 0 ? 'number from 0 on' : 'number above 0');
  }
  if (Array.isArray(example)) {
    const isGuess =
      Array.isArray(told) &&
      told.length === 3 &&
      told.every((one) => typeof one === 'number' && one > 0);
    if (isGuess) return told;
    throw wrong('list of three numbers: at least, likely, at most');
  }
  if (typeof told !== 'object' || told === null || Array.isArray(told)) throw wrong('object');
  const values = example as { readonly [key: string]: unknown };
  const own = told as { readonly [key: string]: unknown };
  const known = { ...values };
  for (const key of Object.keys(own)) {
    const here = `${place}.${key}`;
    const like = Object.hasOwn(values, key) ? values[key] : OPTIONAL[here as keyof typeof OPTIONAL];
    if (like === undefined)
      throw usageError(
        `--assumptions: there is no ${printable(here.slice(1))}`,
        `Use ${Object.keys(values).join(', ')}`,
      );
    known[key] = over(like, own[key], here);
  }
  return known;
}
