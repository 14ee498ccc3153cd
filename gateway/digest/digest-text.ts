import { unlinked } from './one-line.js';
import type { Digest, DigestItem } from './plan-digest.js';

/** The plain part of the mail; it says all that the other says. */
export function toDigestText(digest: Digest, stopUrl: string): string {
  const { heading, day, items, more, notes, stop } = digest;
  const lines = [
    heading,
    day,
    '',
    ...items.flatMap((item, i) => [...itemLines(item, `${i + 1}. `), '']),
    ...(more ? [more, ''] : []),
    // The signature mark, after which mail programs draw in grey.
    '-- ',
    ...notes,
    `${stop}: ${stopUrl}`,
  ];
  return `${lines.join('\n')}\n`;
}

function itemLines(item: DigestItem, number: string): readonly string[] {
  const { name, title, why, ownTry, changed, facts, question, action } = item;
  return [
    `${number}${unlinked(title)}`,
    `   ${unlinked(name)}`,
    ...(why === '' ? [] : [`   ${unlinked(why)}`]),
    ...(ownTry ? [`   ${unlinked(ownTry)}`] : []),
    ...(changed
      ? [
          `   ${changed.label}: ${unlinked(changed.text)} (${changed.when})`,
          ...(changed.compared ? [`   ${unlinked(changed.compared)}`] : []),
        ]
      : []),
    ...facts.map(
      ({ label, strong, text }) =>
        `   ${label}: ${unlinked([strong, text].filter((part) => part !== '').join('. '))}`,
    ),
    ...(question ? [`   ${unlinked(question)}`] : []),
    ...(action.href ? [`   ${unlinked(action.label)}: ${action.href}`] : []),
  ];
}
