import { isTooLittle, type TooLittleData } from '../analyze/too-little-data.js';
import type { JudgedPropensity } from '../judge-propensity.js';
import { plural } from '../view/count.js';
import { type Section, text } from './report.js';
import { calibrationBlock, percent, tooLittleSection } from './report-parts.js';

/** Said and came may differ so rarely by chance alone. */
const BY_CHANCE = 0.05;

/** How far learned propensities can be taken at their word. */
export function trustSection(judged: JudgedPropensity | TooLittleData): Section {
  const heading = 'How far to trust it';
  if (isTooLittle<JudgedPropensity>(judged)) return { ...tooLittleSection(judged), heading };
  const { learned, guessed, since, chance } = judged;
  const mayBeTrue = chance >= BY_CHANCE;
  const better = learned.brier < guessed.brier;
  return {
    heading,
    blocks: [
      text(
        `Learned from what was known on ${new Date(since).toISOString().slice(0, 10)}, and held against ${plural(learned.count, 'card')} seen since then: ${percent(learned.said)} were said to come off, and ${percent(learned.came)} did. ${mayBeTrue ? 'That is within chance: the numbers can be taken at their word.' : 'That is not within chance: take the order of the plays, not the numbers.'} What authors guess says ${percent(guessed.said)} of the same cards; card by card that is ${better ? 'further from' : 'no further from'} what came.`,
      ),
      calibrationBlock(
        'What was said, and what came of it',
        learned.groups,
        'said to come off',
        'came off',
        'cards',
      ),
      text(
        `Brier score ${learned.brier.toFixed(4)}, of guesses ${guessed.brier.toFixed(4)}; to say ${percent(learned.came)} of every card gives ${learned.uncertainty.toFixed(4)}, and 0 is best.`,
      ),
    ],
  };
}
