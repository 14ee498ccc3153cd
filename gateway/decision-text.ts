import type { Decision, Playbook, Verdict } from 'opportune';
import {
  createReading,
  ENGLISH,
  toCardView,
  toLifeText,
  toNothing,
  toWhyNot,
  toWhyNotItem,
} from 'opportune/view';
import type { CardView, MaterialView } from '../src/domain/view.js';
import { moment, plural, printable } from './text.js';

type WhyNotItem = ReturnType<typeof toWhyNotItem>;

/** A decision as a panel would put it, for a terminal. */
export function toDecisionText(decision: Decision, playbook: Playbook, all: boolean): string {
  const reading = createReading(decision, playbook, ENGLISH);
  const asker = decision.names?.[decision.asker] ?? decision.asker;
  const lines = [`${reading.name}, ${moment(decision.now)}, for ${asker}`, ''];
  for (const card of decision.shown)
    lines.push(...cardLines(card.rank, card.play, toCardView(card, reading)));
  if (decision.nothing) {
    const { title, text, steps } = toNothing(decision.nothing, reading);
    lines.push(
      title,
      `  ${text}`,
      ...steps.map((step) => `  - ${step.text}${step.meta === '' ? '' : ` (${step.meta})`}`),
      '',
    );
  }
  const { groups, count } = toWhyNot(reading);
  if (all)
    for (const { title, items } of groups)
      lines.push(title, ...items.flatMap((item) => itemLines(item)), '');
  else {
    const total = Object.entries(decision.counts).reduce(
      (sum, [stage, number]) => sum + (stage === 'shown' ? 0 : (number ?? 0)),
      0,
    );
    if (total > 0)
      lines.push(
        `${plural(total, 'play')} not shown: opportune why PLAY tells why, --verdicts all lists them.`,
      );
  }
  if (all && groups.length === 0) lines.push(count);
  return toText(lines);
}

/** One play on each record that it could be about, in plain words. */
export function toVerdictText(
  verdicts: readonly Verdict[],
  decision: Decision,
  playbook: Playbook,
): string {
  const reading = createReading(decision, playbook, ENGLISH);
  const lines: string[] = [];
  for (const verdict of verdicts) {
    const name = decision.names?.[verdict.record] ?? verdict.record;
    const card = decision.shown.find(
      ({ play, record }) => play === verdict.play && record === verdict.record,
    );
    const life = verdict.life ? toLifeText(verdict.life, reading) : '';
    if (card) {
      lines.push(
        `Shown for ${name}`,
        ...cardLines(card.rank, card.play, toCardView(card, reading)).slice(0, -1),
        `   ${life}`,
        '',
      );
      continue;
    }
    const item = toWhyNotItem(verdict, reading);
    lines.push(
      `Not shown for ${name}: ${ENGLISH.stages[verdict.stage === 'shown' ? 'trigger' : verdict.stage]}`,
      ...itemLines({ ...item, life }),
      '',
    );
  }
  return toText(lines);
}

function cardLines(rank: number, play: string, card: CardView): readonly string[] {
  const changed = card.changed ? [`   ${card.changed.text} (${card.changed.when})`] : [];
  return [
    `${rank}. ${card.title}  [${play}]`,
    `   ${card.why}`,
    ...(card.ownTry ? [`   ${card.ownTry}`] : []),
    ...changed,
    ...card.facts.map(
      ({ label, strong, text }) =>
        `   ${label}: ${[strong, text].filter((part) => part !== '').join('. ')}`,
    ),
    ...(card.touches ? [`   ${card.touches.text}`] : []),
    ...card.evidence.map(
      ({ text, gradeLabel, meta }) =>
        `   - ${text} (${[gradeLabel, meta].filter((part) => part !== '').join('; ')})`,
    ),
    ...card.contents.map((content: MaterialView) => `   Use: ${content.title} (${content.kind})`),
    '',
  ];
}

function itemLines({
  title,
  need,
  change,
  touches,
  life = '',
  play,
}: WhyNotItem): readonly string[] {
  const words = need.map(({ text }) => text).join('');
  return [
    `  ${title}  [${play}]`,
    ...[words, touches?.text ?? '', change, life]
      .filter((text) => text !== '')
      .map((text) => `    ${text}`),
  ];
}

function toText(lines: readonly string[]): string {
  return `${lines
    .map((line) => printable(line).trimEnd())
    .join('\n')
    .replace(/\n+$/, '')}\n`;
}
