import type { AttributeValue, Playbook } from 'opportune';
import type { Outcome } from '../../src/insights/question.js';
import { type Given, textOption, usageError } from '../command.js';
import { printable } from '../text.js';

/** An attribute and the values that are meant. */
export interface AttributeIs {
  readonly attribute: string;
  readonly values: readonly AttributeValue[];
}

/** `--won opportunity.stage=Won,Signed`, with values as the attribute has them. */
export function readIs(given: Given, option: string, playbook: Playbook): AttributeIs {
  const written = textOption(given, option);
  const example = `Write it as --${option} opportunity.stage=Won`;
  if (written === undefined) throw usageError(`it needs --${option}`, example);
  const at = written.indexOf('=');
  if (at < 1 || at === written.length - 1)
    throw usageError(`--${option} is "${printable(written)}"`, example);
  const attribute = knownAttribute(written.slice(0, at), option, playbook);
  const declared = playbook.attributes.find(({ id }) => id === attribute);
  const values = written
    .slice(at + 1)
    .split(',')
    .map((value) => {
      if (declared?.type === 'boolean' && (value === 'true' || value === 'false'))
        return value === 'true';
      if (declared?.type === 'number' && value.trim() !== '' && Number.isFinite(Number(value)))
        return Number(value);
      if (declared?.type === 'choice' && declared.values?.some(({ id }) => id === value))
        return value;
      if (declared?.type === 'text') return value;
      throw usageError(
        `--${option}: "${printable(value)}" is no value of ${attribute}`,
        declared?.values
          ? `Use one of ${declared.values.map(({ id }) => printable(id)).join(', ')}`
          : declared?.type === 'boolean'
            ? 'Use true or false'
            : `It is a ${declared?.type}`,
      );
    });
  return { attribute, values };
}

/** `--won` and `--lost` of an opportunity. */
export function readOutcome(given: Given, playbook: Playbook): Outcome {
  const won = readIs(given, 'won', playbook);
  const lost = readIs(given, 'lost', playbook);
  if (won.attribute === lost.attribute && won.attribute.startsWith('opportunity.'))
    return { attribute: won.attribute, won: won.values, lost: lost.values };
  throw usageError(
    '--won and --lost are not of one attribute of the opportunity',
    'Write --won opportunity.stage=Won --lost opportunity.stage=Lost',
  );
}

export function knownAttribute(name: string, option: string, { attributes }: Playbook): string {
  if (attributes.some(({ id }) => id === name)) return name;
  const bare = name.slice(name.indexOf('.') + 1);
  const alike = attributes.filter(({ id }) => id.endsWith(`.${bare}`)).map(({ id }) => id);
  throw usageError(
    `--${option}: the playbook declares no attribute "${printable(name)}"`,
    alike.length > 0
      ? `Did you mean ${alike.join(' or ')}?`
      : 'Name one of attributes.yaml, with its kind: account.segment',
  );
}

export function listOption(given: Given, option: string): readonly string[] {
  const written = textOption(given, option);
  return written === undefined ? [] : written.split(',').filter(Boolean);
}

/** A whole number that is not below the least. */
export function wholeOption(given: Given, option: string, least: number): number | undefined {
  const written = textOption(given, option);
  if (written === undefined) return undefined;
  const number = /^\d{1,6}$/.test(written) ? Number(written) : Number.NaN;
  if (number >= least) return number;
  throw usageError(
    `--${option} is "${printable(written)}"`,
    `Give a whole number from ${least} on`,
  );
}

/** Above 0 and below 1. */
export function rateOption(given: Given, name: string, otherwise: number): number {
  const written = textOption(given, name);
  const rate = written === undefined ? otherwise : Number(written);
  if (rate > 0 && rate < 1) return rate;
  throw usageError(`--${name} is "${printable(written ?? '')}"`, 'Give a number between 0 and 1');
}
