import type { DealFinding } from '../analyze-deals.js';
import { type Block, text } from './report.js';

export type Caution = DealFinding['couldMislead'][number];

const CAUTIONS: { readonly [caution in Caution]: string } = {
  'few-sellers':
    'Few sellers have it, or one of them makes most of the difference: it may be the luck of one person.',
  'hangs-on-the-adjustment':
    'Without comparing like with like the difference looks quite another. What was not compared may matter as much.',
  'little-overlap': 'Many of those with it have none without it that they can be compared with.',
  'same-as-the-person':
    'Who has it nearly always has it: it may be the person, and not the pattern.',
  'sellers-not-told':
    'Who looks after whom is not in the data: it may be the people, and not the pattern.',
  'rests-on-missing':
    'It rests on a field that is empty. Ask when the field is filled in: perhaps only once somebody is interested.',
  'nearly-decides':
    'Nearly all with it came out the same way: it reads like something that was written because of that. Unless you know that it comes first, leave it out (--leave-out) and ask again.',
  'rests-on-the-tail':
    'In the middle the difference is much smaller than that of the averages: a few very large values make most of it.',
  'time-not-told':
    'When the field was filled in is not in the data. If that was after the decision, it explains nothing.',
};

/** What could mislead in every finding is said once. */
export function commonCautions(findings: readonly DealFinding[]): readonly Caution[] {
  const [first, ...others] = findings;
  return (first?.couldMislead ?? []).filter((caution) =>
    others.every(({ couldMislead }) => couldMislead.includes(caution)),
  );
}

export function cautionList(cautions: readonly Caution[], title: string): readonly Block[] {
  if (cautions.length === 0) return [];
  return [text(title), { kind: 'list', items: cautions.map((caution) => CAUTIONS[caution]) }];
}
