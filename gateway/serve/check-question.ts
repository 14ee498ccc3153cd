import { OpportuneError, type Playbook } from 'opportune';
import type { Question } from '../../src/insights/question.js';

/** @throws OpportuneError `opportune/request`: an attribute that the playbook does not declare, or of the wrong record */
export function checkQuestion(question: Question, { attributes }: Playbook): void {
  const known = new Map(attributes.map((one) => [one.id, one]));
  const needed: string[] = (question.cut?.where ?? []).map(({ attribute }) => attribute);
  switch (question.topic) {
    case 'patterns':
      needed.push(
        question.outcome.attribute,
        ...(question.adjustFor ?? []),
        ...(question.leaveOut ?? []),
        ...(question.seller === undefined ? [] : [question.seller]),
      );
      if (question.measure !== undefined && question.measure !== 'cycle') {
        needed.push(question.measure);
        if (known.has(question.measure) && known.get(question.measure)?.type !== 'number')
          refuse(question.measure, 'is no number');
      }
      if (
        known.get(question.outcome.attribute)?.derive ||
        known.get(question.outcome.attribute)?.machine
      )
        refuse(question.outcome.attribute, 'is not told by facts');
      break;
    case 'whitespace':
    case 'wallet':
      needed.push(...question.peers);
      for (const peer of question.peers)
        if (known.has(peer) && known.get(peer)?.of !== 'account')
          refuse(peer, 'is not of the account');
      break;
    case 'renewal':
      needed.push(question.attribute, ...(question.leaveOut ?? []));
      break;
    case 'forecast':
      needed.push(
        question.outcome.attribute,
        ...[question.said, question.by].flatMap((one) => one ?? []),
      );
      break;
    case 'ramp':
      needed.push(question.outcome.attribute);
      break;
    case 'reasons':
      needed.push(question.outcome.attribute, question.reason, ...question.products);
      break;
    case 'trial':
      needed.push(question.arm);
      break;
    case 'retention':
    case 'learning':
    case 'proof':
    case 'roi':
    case 'tradeoff':
    case 'actions':
    case 'tries':
      break;
  }
  for (const one of needed) if (!known.has(one)) refuse(one, 'is not declared');
}

function refuse(attribute: string, what: string): never {
  throw new OpportuneError('opportune/request', `${attribute} ${what}`, {
    remedy: 'Name an attribute of the playbook in force, with its kind: account.segment',
  });
}
