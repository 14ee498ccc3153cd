import { createAccountBook } from './account-book.js';
import { bareName } from './core/bare-name.js';
import { createSubject } from './create-subject.js';
import { rank } from './deliver/decide.js';
import type { Mutable } from './domain/draft.js';
import type { Fact } from './domain/fact.js';
import { NO_PARAMETERS, type Parameters } from './domain/parameters.js';
import type { Playbook } from './domain/playbook.js';
import type { Subject } from './domain/subject.js';
import type { JsonObject, RecordId, SubjectKey } from './domain/value.js';
import { countExposures, type Exposure } from './learn/exposure.js';
import { type LearnOptions, learnParameters } from './learn-parameters.js';
import { createModel } from './model.js';
import { createSituation } from './situation.js';

export interface AloneAccount {
  readonly id: SubjectKey;
  readonly owner: RecordId;
  /** By bare attribute. */
  readonly values: JsonObject;
}

/** A card that was shown, or something that a rep did without one. */
export interface Shown {
  readonly play: string;
  readonly exposure: Mutable<Exposure>;
}

/** The agent's cards without its store, for runs of very many of them. */
export interface CardsAlone {
  /** What stands before the owner's eyes, the first first. */
  show(account: SubjectKey, at: number): readonly Shown[];
  /** A rep does it, on a card or of themselves: the play rests there, and a touch is used. */
  done(account: SubjectKey, play: string, at: number, shown?: Shown): Shown;
  /** The buyer acted upon it. */
  answered(shown: Shown, at: number): void;
  /** Cards go from now on by what has become known. */
  learn(version: string, now: number): void;
}

/**
 * Cards of plays about accounts that are judged whenever an account is looked at: ranked, drawn and learned by the functions
 * that the agent and `opportune learn` call, on accounts in memory. `situation` is qualified.
 */
export function createCardsAlone(
  playbook: Playbook,
  accounts: readonly AloneAccount[],
  lesson: Omit<LearnOptions, 'now'>,
): CardsAlone {
  const model = createModel(playbook);
  const plays = new Map(playbook.plays.map((play) => [play.id, play]));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const book = createAccountBook(playbook, { purchase: '', product: '', amount: '' });
  const subjects = new Map<SubjectKey, Subject>();
  for (const { id, owner, values } of accounts) {
    const fact: Fact = {
      id: `begin/${id}`,
      type: 'record-changed',
      subjects: [id],
      about: [id],
      occurredAt: 0,
      learnedAt: 0,
      grade: 'observed',
      data: { values: { ...values, owner } },
    };
    book.add(id, [fact]);
    const inputs = { facts: [fact], now: 0, model: () => model };
    subjects.set(id, model.advance(createSubject(id), inputs));
  }
  const known = {
    ...book.finish(),
    owners: new Map(accounts.map(({ id, owner }) => [id, owner])),
  };
  const { situation: attribute = '' } = lesson;
  const bare = bareName(attribute);
  const exposures: Exposure[] = [];
  let parameters: Parameters = NO_PARAMETERS;

  function expose(account: SubjectKey, play: string, at: number): Shown {
    const situation = String(byId.get(account)?.values[bare] ?? '');
    const exposure = { play, situation, at, followed: false };
    exposures.push(exposure);
    return { play, exposure };
  }

  return {
    show(id, at) {
      const account = subjects.get(id) as Subject;
      const asker = byId.get(id)?.owner ?? '';
      const situation = createSituation(model, { account, now: at, asker, parameters });
      const { shown } = rank(situation, Object.values(account.records));
      return shown.map(({ play }) => expose(id, play.id, at));
    },
    done(id, play, at, shown = expose(id, play, at)) {
      const subject = subjects.get(id) as Subject;
      const { coolDownMs, action } = plays.get(play) ?? {};
      const answer = {
        id: `done/${play}/${at}`,
        at,
        asker: byId.get(id)?.owner ?? '',
        opening: `${play}|${id}|opened`,
        response: { kind: 'done' } as const,
        scope: 'record' as const,
        restsUntil: at + (coolDownMs?.done ?? 0),
        executed: true,
      };
      const { touches } = subject.ledger;
      const touch = action?.touch && { id: answer.id, at, channel: action.touch, by: answer.asker };
      subjects.set(id, {
        ...subject,
        answers: { ...subject.answers, [`${play}|${id}`]: [answer] },
        ledger: { bids: [], touches: touch ? [...touches, touch] : touches },
      });
      shown.exposure.followed = true;
      return shown;
    },
    answered({ exposure }, at) {
      exposure.answeredAfter ??= at - exposure.at;
    },
    learn(version, now) {
      const options = { ...lesson, now };
      const outcomes = { counted: countExposures(exposures, options), opinions: [] };
      parameters = { version, ...learnParameters(playbook, outcomes, known, options) };
    },
  };
}
