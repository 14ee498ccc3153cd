import {
  answerRenewal,
  answerRetention,
  answerWallet,
  answerWhitespace,
} from './answer-accounts.js';
import { answerActions } from './answer-actions.js';
import { answerForecast, answerRamp } from './answer-forecast.js';
import { answerLearning } from './answer-learning.js';
import { answerPatterns } from './answer-patterns.js';
import { answerProof } from './answer-proof.js';
import { answerReasons } from './answer-reasons.js';
import { answerRoi } from './answer-roi.js';
import { answerTradeoff } from './answer-tradeoff.js';
import { answerTrial } from './answer-trial.js';
import { answerTries } from './answer-tries.js';
import { isWhole } from './cut.js';
import { cutText, isWithheld } from './cut-words.js';
import type { Answered, Ground, LookOptions } from './ground.js';
import { createPatternWords } from './pattern-words.js';
import type { Question } from './question.js';

/** @throws the reason of the ground's signal, once it is aborted */
export async function answer(
  question: Question,
  ground: Ground,
  options: LookOptions = {},
): Promise<Answered> {
  const isEstimate = question.topic !== 'patterns';
  const answered = await answerTopic(question, ground, options);
  const { cut } = question;
  if (cut === undefined || isWhole(cut)) return answered;
  const { report } = answered;
  const words = createPatternWords(ground.playbook, { now: ground.now });
  const only = `Only ${cutText(cut, words)}.${isEstimate && !isWithheld(answered) ? ' These are estimates, not findings that were searched for: of twenty 95 % intervals that somebody looks at, one misses.' : ''}`;
  return { ...answered, report: { ...report, lead: [only, ...report.lead] } };
}

function answerTopic(question: Question, ground: Ground, options: LookOptions): Promise<Answered> {
  switch (question.topic) {
    case 'patterns':
      return answerPatterns(question, ground, options);
    case 'whitespace':
      return answerWhitespace(question, ground);
    case 'wallet':
      return answerWallet(question, ground);
    case 'retention':
      return answerRetention(question, ground);
    case 'renewal':
      return answerRenewal(question, ground);
    case 'forecast':
      return answerForecast(question, ground, options);
    case 'proof':
      return answerProof(question, ground);
    case 'ramp':
      return answerRamp(question, ground, options);
    case 'roi':
      return answerRoi(question, ground);
    case 'tradeoff':
      return answerTradeoff(ground);
    case 'reasons':
      return answerReasons(question, ground, options);
    case 'actions':
      return answerActions(question, ground);
    case 'tries':
      return answerTries(question, ground);
    case 'learning':
      return answerLearning(ground);
    case 'trial':
      return answerTrial(question, ground);
  }
}
