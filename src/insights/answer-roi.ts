import { analyzeProof, type Proof } from '../analyze-proof.js';
import { isTooLittle } from '../analyze-retention.js';
import { analyzeRoi, WORKED_EXAMPLE } from '../analyze-roi.js';
import { stableJson } from '../core/stable-json.js';
import { createProofBook } from '../proof-book.js';
import type { Answered, Ground } from './ground.js';
import type { RoiQuestion } from './question.js';
import { roiReport } from './roi-report.js';

const MEASURED = { alpha: 0.05, matters: 0.05 };

export async function answerRoi(
  { purchase = 'purchase', amount = 'amount', assumptions = WORKED_EXAMPLE }: RoiQuestion,
  { playbook, eachAccount }: Ground,
): Promise<Answered> {
  const book = createProofBook(playbook, { purchase, amount });
  await eachAccount(book.add);
  const proof = analyzeProof(book.finish(), playbook, MEASURED);
  const found = analyzeRoi(assumptions, isTooLittle<Proof>(proof) ? undefined : proof);
  return {
    result: { assumptions, ...found },
    report: roiReport(found, assumptions, {
      ...{ proof, currency: playbook.currency },
      isExample: stableJson(assumptions) === stableJson(WORKED_EXAMPLE),
    }),
    found: true,
  };
}
