import { defined } from '../core/defined.js';
import type { Fact } from '../domain/fact.js';
import type { ResponseData } from '../domain/response.js';
import type { Answer, Subject } from '../domain/subject.js';

/** An answer, or what takes one back, into the answers of a subject. */
export function foldAnswer(answers: Subject['answers'], fact: Fact): Subject['answers'] {
  if (fact.type !== 'response') return answers;
  const { play, record, response, opening, scope, restsUntil, executed } =
    fact.data as unknown as ResponseData;
  const key = `${play}|${record}`;
  const earlier = answers[key] ?? [];
  if (response.kind === 'undo') {
    const undone = earlier.map((answer) =>
      answer.id === response.of ? { ...answer, undone: true } : answer,
    );
    return { ...answers, [key]: undone };
  }
  const answer: Answer = defined({
    id: fact.id.slice('response/'.length),
    at: fact.occurredAt,
    asker: fact.by ?? '',
    opening,
    response,
    scope,
    restsUntil,
    executed,
  });
  return { ...answers, [key]: [...earlier, answer] };
}
