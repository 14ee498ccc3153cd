import { defined } from './core/defined.js';
import { nameOf } from './deliver/names.js';
import { fillPhrase, sayEvent, sayValue } from './deliver/phrase.js';
import { pickContact, type Situation } from './deliver/situation.js';
import type { HistoryEntry } from './domain/agent.js';
import type { FilledPhrase } from './domain/decision.js';
import type { Answer, Opening } from './domain/subject.js';
import { type AttributeValue, kindOf, type RecordId } from './domain/value.js';

const MOST = 100;

/** What opened, was answered and ended on a record, or on anything of an account, newest first. */
export function tellHistory(situation: Situation, record: RecordId): readonly HistoryEntry[] {
  const { account } = situation;
  // Of an asker from whom something is hidden: a play that is not in the playbook may be one that reads it.
  const isKnown = (play: string): boolean =>
    situation.hidden.size === 0 || situation.playbook.plays.some(({ id }) => id === play);
  const concerns = (id: RecordId): boolean => kindOf(record) === 'account' || id === record;
  const entries: HistoryEntry[] = [];
  for (const opening of Object.values(account.openings)) {
    if (!concerns(opening.record) || !isKnown(opening.play) || (opening.from ?? 0) > situation.now)
      continue;
    entries.push(...tellOpening(situation, opening));
  }
  for (const [key, answers] of Object.entries(account.answers)) {
    const [play = '', ...rest] = key.split('|');
    const id = rest.join('|');
    if (concerns(id) && isKnown(play))
      entries.push(...answers.map((answer) => tellAnswer(situation, play, id, answer)));
  }
  return entries
    .sort((a, b) => b.at - a.at || (a.opening + a.type < b.opening + b.type ? 1 : -1))
    .slice(0, MOST);
}

function titleOf(situation: Situation, play: string, record: RecordId): FilledPhrase {
  const found = situation.playbook.plays.find(({ id }) => id === play);
  const held = situation.account.records[record];
  if (!found || !held) return [play];
  const contact = pickContact(situation.account, held, found.action.contact);
  return fillPhrase(found.title, situation.look(held, contact?.id).situated, situation.attributes);
}

function tellOpening(situation: Situation, opening: Opening): readonly HistoryEntry[] {
  const { play, record, key } = opening;
  const title = titleOf(situation, play, record);
  const say = (
    change: { readonly attribute?: string; readonly to?: AttributeValue } | undefined,
  ): FilledPhrase =>
    change?.attribute === undefined
      ? []
      : sayValue(situation.attributes, change.attribute, change.to);
  const base = { play, record, opening: key, title };
  const entries: HistoryEntry[] = [
    {
      ...base,
      at: opening.begin,
      type: 'opened',
      text: opening.changed
        ? say(opening.changed)
        : opening.event
          ? sayEvent(opening.event.type)
          : [],
    },
  ];
  if (opening.end !== undefined) {
    const fact = opening.endedBy?.fact;
    entries.push(
      defined({
        ...base,
        at: opening.end,
        type: opening.ended === 'expired' ? 'expired' : 'withdrawn',
        text: fact ? sayEvent(fact.type) : say(opening.endedBy),
        grade: fact ? fact.grade : undefined,
        ended: opening.ended,
      }),
    );
  }
  return entries;
}

function tellAnswer(
  situation: Situation,
  play: string,
  record: RecordId,
  answer: Answer,
): HistoryEntry {
  const { response } = answer;
  const reason =
    'reason' in response
      ? situation.playbook.reasons.find(({ id }) => id === response.reason)?.label
      : undefined;
  return defined({
    at: answer.at,
    type: 'answered',
    play,
    record,
    opening: answer.opening,
    title: titleOf(situation, play, record),
    text: reason === undefined ? [] : [reason],
    asker: answer.asker,
    responseId: answer.id,
    response: response.kind,
    restsUntil: answer.executed ? answer.restsUntil : undefined,
    undone: answer.undone ? true : undefined,
    ...definedName(nameOf(situation, answer.asker)),
  });
}

const definedName = (name: string | undefined): { askerName?: string } =>
  name === undefined ? {} : { askerName: name };
