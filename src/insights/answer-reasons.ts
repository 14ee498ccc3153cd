import { analyzeReasons } from '../analyze-reasons.js';
import { createReasonBook, type Refusal } from '../reason-book.js';
import { forecastRows, isWhole, tellsOfFew } from './cut.js';
import { tooFew } from './cut-words.js';
import type { Answered, Ground, LookOptions } from './ground.js';
import { createPatternWords } from './pattern-words.js';
import type { Cut, ReasonsQuestion } from './question.js';
import { reasonsReport } from './reasons-report.js';

/** Why deals are lost and cards are set aside, for those who make the products and services. */
export async function answerReasons(
  { outcome, reason, products, cut = {} }: ReasonsQuestion & { readonly cut?: Cut },
  { playbook, now, eachAccount }: Ground,
  { shown = [] }: LookOptions = {},
): Promise<Answered> {
  const { attribute, won, lost } = outcome;
  const asked = [cut, ...shown].flatMap(({ where = [] }) => where.map((one) => one.attribute));
  const book = createReasonBook(playbook, {
    ...{ outcome: attribute, won, lost, reason, products, keep: asked },
  });
  await eachAccount(book.add);
  const { deals, losses, dismissals } = book.finish();
  const rowsOf = (one: Cut): Uint8Array => forecastRows(deals, one, playbook.zone);
  const isIn = rowsOf(cut);
  if (!isWhole(cut)) {
    const owners = deals.map(({ owner }) => owner);
    if (tellsOfFew(owners, isIn, shown.map(rowsOf))) return tooFew();
  }
  const lostDeals = losses.filter(
    (one, row): one is Refusal => one !== undefined && isIn[row] === 1,
  );
  const result = {
    lost: analyzeReasons(lostDeals),
    // Of a card it is not told in which part it lies.
    ...(isWhole(cut) && { dismissed: analyzeReasons(dismissals) }),
  };
  return {
    result,
    report: reasonsReport({
      ...result,
      question: { reason, products },
      words: createPatternWords(playbook, { now }),
      playbook,
    }),
    found: result.lost.products.length + (result.dismissed?.products.length ?? 0) > 0,
  };
}
