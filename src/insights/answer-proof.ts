import { analyzeProof, type Proof } from '../analyze-proof.js';
import { isTooLittle } from '../analyze-retention.js';
import { compareStandingArms } from '../compare-standing-arms.js';
import { createProofBook } from '../proof-book.js';
import type { Answered, Ground } from './ground.js';
import { createPatternWords } from './pattern-words.js';
import { proofReport } from './proof-report.js';
import type { ProofTopicQuestion } from './question.js';

const ALPHA = 0.05;
const MATTERS = 0.05;

export async function answerProof(
  { purchase = 'purchase', amount = 'amount', since, until, matters = MATTERS }: ProofTopicQuestion,
  { playbook, now, eachAccount }: Ground,
): Promise<Answered> {
  const book = createProofBook(playbook, {
    purchase,
    amount,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  });
  await eachAccount(book.add);
  const gathered = book.finish();
  const { otherCurrency } = gathered;
  const found = analyzeProof(gathered, playbook, { alpha: ALPHA, matters });
  const layers = compareStandingArms(gathered.ranked, playbook, { alpha: ALPHA, matters });
  const { words } = createPatternWords(playbook, { now });
  const isShort = isTooLittle<Proof>(found);
  return {
    result: { ...found, ...(!isShort && { otherCurrency }), layers },
    report: proofReport(found, {
      money: (minor) => words.roughly(minor, 'money'),
      otherCurrency,
      layers,
    }),
    found: !isShort || layers.some(({ net }) => net),
  };
}
