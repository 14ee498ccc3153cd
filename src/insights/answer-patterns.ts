import { analyzeDeals, type DealFinding } from '../analyze-deals.js';
import { createDealTable, type DealQuestion } from '../deal-table.js';
import { draftPlay, type PlayDraft } from '../draft-play.js';
import { dealsIn, isWhole, rowsOfCut, tellsOfFew } from './cut.js';
import { lookSentences, tooFew } from './cut-words.js';
import { findingSentence } from './finding-words.js';
import { type Answered, type Ground, type LookOptions, work } from './ground.js';
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
  const { firstDays, seller, leaveOut } = asked;
  const question: DealQuestion = {
    outcome: outcome.attribute,
    won: outcome.won,
    lost: outcome.lost,
    firstDays,
    ...(seller !== undefined && { seller }),
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
  const deals = isWhole(cut) ? all : dealsIn(all, isIn);
  const columns = new Set(deals.table.columns.map(({ id }) => id));
  const patterns = await work(
    analyzeDeals(deals, {
      adjustFor: adjustFor.filter((id) => columns.has(id)),
      seed,
      aboutStars: stars,
      firstDays,
      ...(level && { alpha: level.alpha }),
    }),
    ground,
  );
  const words = createPatternWords(playbook, { now, firstDays, sequences: patterns.sequences });
  const told = { question, deals, patterns, words, adjustFor, playbook };
  const drafts = new Map<DealFinding, PlayDraft>();
  if (!patterns.stars)
    for (const finding of patterns.findings.filter(({ confirmed }) => confirmed)) {
      const draft = draftPlay(finding, {
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
