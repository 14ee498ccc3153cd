import type { DealFinding } from '../analyze-deals.js';
import { capital } from '../view/format.js';
import { nounOf, type PatternsAsked, pText, signed } from './finding-words.js';
import type { Block } from './report.js';

/** Patterns by the difference that they make on comparable work, with its interval. */
export function differenceChart(
  findings: readonly DealFinding[],
  { words, question }: Pick<PatternsAsked, 'words' | 'question'>,
  titles: { readonly title: string; readonly table: string },
): Block {
  const known = (value: number, otherwise = ''): string =>
    Number.isFinite(value) ? signed(value) : otherwise;
  const data = {
    kind: 'table',
    title: titles.table,
    head: ['pattern', 'difference', 'from', 'to', `${nounOf(question)}s`, 'p'],
    rows: findings.map(({ pattern, effect, interval, n, p }) => [
      capital(words.pattern(pattern)),
      known(effect, 'none comparable'),
      known(interval[0]),
      known(interval[1]),
      n,
      pText(p),
    ]),
  } as const;
  const rows = findings
    .filter(({ effect, interval }) => [effect, ...interval].every(Number.isFinite))
    .map(({ pattern, effect, interval: [low, high] }) => ({
      label: capital(words.pattern(pattern)),
      value: effect,
      text: signed(effect),
      low,
      high,
    }));
  if (rows.length === 0) return data;
  const told = rows.map(
    ({ label, text, low, high }) => `${label}: ${text}, from ${signed(low)} to ${signed(high)}`,
  );
  return {
    kind: 'chart',
    chart: {
      kind: 'intervals',
      title: titles.title,
      description: `${told.join('. ')}. The dashed line is no difference.`,
      zero: { value: 0, text: 'no difference' },
      rows,
    },
    data,
  };
}
