import { analyzeDeals, type DealFinding, FEWEST_PEOPLE } from '../analyze-deals.js';
import { createDealTable, type DealQuestion, type Deals } from '../deal-table.js';
import { draftPlay, type PlayDraft } from '../draft-play.js';
import { type Measured, measureDeals } from '../measure-deals.js';
import { answerMeasure, answerStarMeasure } from './answer-measure.js';
import { dealsIn, isWhole, rowsOfCut, tellsOfFew } from './cut.js';
import { lookSentences, tooFew } from './cut-words.js';
import { findingSentence } from './finding-words.js';
import { type Answered, type Ground, type LookOptions, work } from './ground.js';
import { meaningOf } from './measures-in.js';
import { createPatternWords } from './pattern-words.js';
import { patternsReport } from './patterns-report.js';
import type { Cut, PatternsQuestion } from './question.js';

export async function answerPatterns(
  asked: PatternsQuestion & { readonly cut?: Cut },
  ground: Ground,
  { level, shown = [] }: LookOptions = {},
): Promise<Answered> {
  const { playbook, now } = ground;
  const { outcome, cut = {}, adjustFor = [], stars = false, seed = '1' } = asked;
  const { firstDays, seller, leaveOut, measure } = asked;
  const question: DealQuestion = {
    outcome: outcome.attribute,
    won: outcome.won,
    lost: outcome.lost,
    firstDays,
    ...(seller !== undefined && { seller }),
    ...(measure !== undefined && { measure }),
    ...(leaveOut && { leaveOut }),
  };
  const gathering = createDealTable(playbook, question);
  await ground.eachAccount(gathering.add);
  const all = gathering.finish();
  const isIn = rowsOfCut(all, cut, playbook.zone);
  if (!isWhole(cut)) {
    const others = shown.map((one) => rowsOfCut(all, one, playbook.zone));
    if (tellsOfFew(all.table.sellers, isIn, others)) return tooFew();
  }
  const part = isWhole(cut) ? all : dealsIn(all, isIn);
  const measured = measure === undefined ? undefined : measureDeals(part, measure);
  const deals = measured ? withOutcome(part, measured) : part;
  // Of a part with five sellers, those who won may be fewer.
  if (measured && deals.deals.length > 0 && isOfFew(deals.table.sellers)) return tooFew();
  const columns = new Set(deals.table.columns.map(({ id }) => id));
  const alike = adjustFor.filter((id) => columns.has(id));
  const meaning =
    measure === undefined ? undefined : (asked.meaning ?? meaningOf(measure, playbook));
  if (measure !== undefined && measured && stars)
    return answerStarMeasure(
      {
        ...{ decided: part, deals, measured, adjustFor: alike, seed, question, playbook, measure },
        ...(meaning && { meaning }),
        words: createPatternWords(playbook, { now, firstDays }),
      },
      level,
    );
  const patterns = await work(
    analyzeDeals(deals, {
      adjustFor: alike,
      seed,
      aboutStars: stars,
      firstDays,
      isMeasure: measured !== undefined,
      ...(level && { alpha: level.alpha }),
    }),
    ground,
  );
  const words = createPatternWords(playbook, { now, firstDays, sequences: patterns.sequences });
  const told = { question, deals, patterns, words, adjustFor, playbook };
  if (measure !== undefined && measured)
    return answerMeasure(
      { ...told, measure, measured, ...(meaning && { meaning }) },
      ground,
      level,
    );
  const drafts = new Map<DealFinding, PlayDraft>();
  // What stars merely meet more often is nothing to do.
  const actsOfStars = ({ confirmed, effect, pattern }: DealFinding): boolean =>
    confirmed && effect > 0 && pattern.every(({ attribute }) => attribute.startsWith('activity.'));
  for (const finding of patterns.findings) {
    if (!(patterns.stars ? actsOfStars(finding) : finding.confirmed)) continue;
    const draft = draftPlay(finding, {
      ...(patterns.stars && { aim: { isWanted: true, title: '' } }),
      playbook,
      files: ground.files,
      question,
      why: findingSentence(finding, told),
      today: new Date(now).toISOString().slice(0, 10),
    });
    if (draft) drafts.set(finding, draft);
  }
  const { sequences: _, findings, ...rest } = patterns;
  const report = patternsReport({ ...told, drafts });
  return {
    result: {
      question: { ...question, adjustFor, ...(!isWhole(cut) && { cut }) },
      ...(level && { level }),
      ...rest,
      left: deals.left,
      timeNotTold: deals.timeNotTold,
      findings: findings.map((finding) => {
        const draft = drafts.get(finding);
        return { sentence: findingSentence(finding, told), ...finding, ...(draft && { draft }) };
      }),
    },
    report: { ...report, lead: [...(level ? lookSentences(level) : []), ...report.lead] },
    found: findings.some(({ confirmed }) => confirmed),
  };
}

function isOfFew(sellers: ArrayLike<string> | undefined): boolean {
  return sellers !== undefined && new Set(Array.from(sellers)).size < FEWEST_PEOPLE;
}

/** The rows that are measured, with what was measured as the outcome. */
function withOutcome(deals: Deals, { isIn, outcome }: Measured): Deals {
  return dealsIn({ ...deals, table: { ...deals.table, outcome } }, isIn);
}
