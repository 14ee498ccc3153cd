import { compareStars } from '../analyze/compare-stars.js';
import { type DealFinding, FEWEST_PEOPLE, starsOf } from '../analyze-deals.js';
import { median } from '../core/statistics.js';
import { type Deals, QUARTER } from '../deal-table.js';
import { draftPlay, type PlayDraft } from '../draft-play.js';
import type { Measured } from '../measure-deals.js';
import { lookSentences } from './cut-words.js';
import type { Answered, Ground } from './ground.js';
import type { Level } from './looks.js';
import { type MeasureAsked, measureReport, measureSentence } from './measure-report.js';
import { aimOf, type MeasureTold } from './measure-words.js';
import { type StarMeasure, starMeasureReport, starMeasureSentence } from './star-measure-report.js';

/** What goes along with a measure, each confirmed finding with the play that would act on it. */
export function answerMeasure(
  asked: MeasureAsked,
  ground: Ground,
  level: Level | undefined,
): Answered {
  const { sequences: _, findings, won: __, ...rest } = asked.patterns;
  const { isIn: ___, outcome: ____, ...kept } = asked.measured;
  const drafts = new Map<DealFinding, PlayDraft>();
  for (const finding of findings.filter(({ confirmed }) => confirmed)) {
    const draft = draftPlay(finding, {
      playbook: ground.playbook,
      files: ground.files,
      question: asked.question,
      why: measureSentence(finding, asked),
      aim: aimOf(asked, finding.effect),
      today: new Date(ground.now).toISOString().slice(0, 10),
    });
    if (draft) drafts.set(finding, draft);
  }
  const report = measureReport({ ...asked, drafts });
  return {
    result: {
      question: { ...asked.question, adjustFor: asked.adjustFor },
      ...(asked.meaning && { meaning: asked.meaning }),
      ...(level && { level }),
      ...rest,
      measured: kept,
      findings: findings.map((finding) => {
        const draft = drafts.get(finding);
        return { sentence: measureSentence(finding, asked), ...finding, ...(draft && { draft }) };
      }),
    },
    report: { ...report, lead: [...(level ? lookSentences(level) : []), ...report.lead] },
    found: findings.some(({ confirmed }) => confirmed),
  };
}

interface StarMeasureAsked extends MeasureTold {
  /** All that are decided: they tell who is a star. */
  readonly decided: Deals;
  readonly deals: Deals;
  readonly measured: Measured;
  readonly adjustFor: readonly string[];
  readonly seed: string;
}

/** Whether those who win most have more or less of a measure than the others. */
export function answerStarMeasure(asked: StarMeasureAsked, level: Level | undefined): Answered {
  const { decided, deals, adjustFor, seed, measured, ...told } = asked;
  const inTime = (table: Deals['table']): readonly string[] =>
    table.columns.some(({ id }) => id === QUARTER) ? [...adjustFor, QUARTER] : adjustFor;
  const stars = starsOf(decided.table, inTime(decided.table));
  const sellers = new Set(Array.from(decided.table.sellers ?? []));
  const compared = compareStars(deals.table, stars, {
    adjustFor: inTime(deals.table),
    seed,
    ...(level && { alpha: level.alpha }),
  });
  const isTold = compared && Math.min(compared.stars, compared.others) >= FEWEST_PEOPLE;
  const { outcome } = deals.table;
  const isStar = new Set(stars);
  const standing = [true, false].map((is) => {
    const own = Array.from(outcome).filter(
      (_, row) => isStar.has(deals.table.sellers?.[row] ?? '') === is,
    );
    const mean = own.reduce((sum, one) => sum + one, 0) / Math.max(1, own.length);
    return { deals: own.length, mean, median: own.length > 0 ? median(own) : 0 };
  });
  const found: StarMeasure = {
    stars: stars.length,
    others: sellers.size - stars.length,
    isOneSided: new Set(Array.from(decided.table.outcome)).size < 2,
    ...(isTold ? { compared, standing } : { standing: [] }),
  };
  const hasTime = deals.table.columns.some(({ id }) => id === QUARTER);
  const report = starMeasureReport({
    ...{ ...told, found, deals, adjustFor },
    ...(hasTime && { sameTime: told.measure === 'cycle' ? 'month' : 'quarter' }),
  });
  const { isIn: _, outcome: __, ...kept } = measured;
  return {
    result: {
      question: { ...told.question, adjustFor, stars: true },
      ...(level && { level }),
      ...found,
      measured: kept,
      ...(found.compared && { sentence: starMeasureSentence(found.compared, told) }),
    },
    report: { ...report, lead: [...(level ? lookSentences(level) : []), ...report.lead] },
    found: found.compared?.confirmed === true,
  };
}
