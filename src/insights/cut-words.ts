import type { Answered } from './ground.js';
import type { Level } from './looks.js';
import type { PatternWords } from './pattern-words.js';
import type { Cut } from './question.js';
import { text } from './report.js';

/** `Segment is Key, begun from 1 July 2026 on`. */
export function cutText({ where = [], from, before }: Cut, words: PatternWords): string {
  const parts = where.map(({ attribute, value }) => words.is(attribute, [value]));
  if (from !== undefined) parts.push(`begun from ${from} on`);
  if (before !== undefined) parts.push(`begun before ${before}`);
  return parts.join(', and ');
}

/** A bar without false digits: 0.03, 0.0008. */
export const barText = (alpha: number): string => String(Number(alpha.toPrecision(1)));

export function lookSentences({ look, alpha }: Level): readonly string[] {
  return look === 1
    ? []
    : [
        `This is look ${look} of this quarter. Each further look is one more chance to find what is not there, so a finding now needs to be stronger: p of ${barText(alpha)} or less. Over all looks of a quarter, at most 1 quarter in 20 has a false finding.`,
      ];
}

export const isWithheld = ({ result }: Answered): boolean => 'withheld' in result;

/** In place of figures. */
export function tooFew(): Answered {
  return {
    result: { withheld: 'too-few' },
    report: {
      title: 'Too few people',
      lead: [],
      sections: [
        {
          heading: 'Nothing is told of fewer than five sellers',
          blocks: [
            text(
              'What was asked for, or what is left when it is taken from what you have seen before, is of one to four sellers: figures would be figures of persons. Nothing was looked for, and it does not count as a look. Choose a larger part.',
            ),
          ],
        },
      ],
    },
    found: false,
  };
}
