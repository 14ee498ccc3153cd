import { OpportuneError } from 'opportune';
import type { Draw } from '../../src/domain/decision.js';
import { createOutcomeBook, type OutcomeQuestion } from '../../src/outcome-book.js';
import { eachAccount } from '../analysis/each-account.js';
import type { Given, Terminal } from '../command.js';
import { loadPlaybook } from '../playbook-folder.js';
import type { LoggedRound } from './log-line.js';
import type { Log } from './read-log.js';

export interface StoreLog extends Log {
  /** Cards that were seen and not drawn: nothing else could have stood there. */
  readonly notDrawn: number;
  /** Drawn cards whose time is not over. */
  readonly waiting: number;
}

/**
 * What a store tells of cards that were drawn for the last place: which play, among which, and whether the buyer acted. The
 * policy that the log names is the best of them by priority.
 */
export async function readStoreLog(
  given: Given,
  terminal: Terminal,
  question: OutcomeQuestion,
  playbookFolder: string,
): Promise<StoreLog> {
  const now = terminal.now();
  const book = createOutcomeBook(loadPlaybook(playbookFolder, now), question);
  const from = { ...given, values: { ...given.values, facts: given.values.log } };
  await eachAccount(from, terminal, (account, facts) => {
    for (const fact of facts) if (fact.occurredAt <= now) book.add(account, fact);
  });
  const { exposures, drawn } = book.finish();
  const over = drawn.filter(({ at }) => at + question.windowMs <= now);
  if (over.length === 0)
    throw new OpportuneError(
      'opportune/log',
      drawn.length === 0
        ? 'no card in it was drawn, so nothing else could have been shown'
        : 'of no card that was drawn the time is over',
      {
        where: String(given.values.log),
        remedy:
          drawn.length === 0
            ? 'Let cards be drawn with opportune learn --explore N'
            : 'Wait, or give fewer --days',
      },
    );
  const plays = [...new Set(over.flatMap(({ draw }) => draw.among.map(({ play }) => play)))].sort();
  return {
    actions: plays,
    rounds: over.map(({ play, situation, account, draw, ...card }): LoggedRound => {
      const logged = sharesOf(draw, plays);
      return {
        action: plays.indexOf(play),
        reward:
          card.followed && (card.answeredAfter ?? question.windowMs + 1) <= question.windowMs
            ? 1
            : 0,
        propensity: logged[plays.indexOf(play)] ?? draw.probability,
        logged,
        target: plays.map((one) => (one === draw.among[0]?.play ? 1 : 0)),
        context: situation === '' ? [] : [situation],
        unit: account,
      };
    }),
    notDrawn: exposures.length - drawn.length,
    waiting: drawn.length - over.length,
  };
}

/** By play: one may stand among them on several records. */
const sharesOf = ({ among }: Draw, plays: readonly string[]): readonly number[] =>
  plays.map((play) =>
    among.reduce((sum, one) => (one.play === play ? sum + one.probability : sum), 0),
  );
