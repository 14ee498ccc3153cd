import type { Block, Report } from '../../src/insights/report.js';
import { recordNames } from '../../src/insights/report-parts.js';
import { printable, table } from '../text.js';

const WIDTH = 100;

/** A report for a terminal: charts are their figures. */
export function toReportText({ title, lead, sections }: Report): string {
  const parts = [
    `${printable(title)}\n`,
    ...lead.map((words) => `${wrap(words)}\n`),
    ...sections.map(
      ({ heading, blocks }) =>
        `${printable(heading)}\n${'-'.repeat(Math.min(WIDTH, heading.length))}\n\n${blocks.map(toBlockText).join('\n')}`,
    ),
  ];
  return parts.join('\n');
}

function toBlockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `${wrap(block.text)}\n`;
    case 'list':
      return block.items.map((item) => `${wrap(item, '- ', '  ')}\n`).join('');
    case 'table':
      return `${printable(block.title)}\n\n${table(block.head, block.rows)}`;
    case 'chart':
      return toBlockText(block.data);
    case 'records':
      return `${wrap(`${block.title}: ${recordNames(block.records)}.`)}\n`;
    case 'draft':
      return [
        ...(block.attributes === undefined
          ? []
          : [toCodeText('For attributes.yaml', block.attributes)]),
        toCodeText(`${block.title}: ${block.path}`, block.text),
      ].join('\n');
  }
}

function toCodeText(title: string, code: string): string {
  return `${printable(title)}\n\n${code
    .trimEnd()
    .split('\n')
    .map((line) => `    ${printable(line)}\n`)
    .join('')}`;
}

function wrap(words: string, first = '', rest = ''): string {
  const lines: string[] = [];
  let line = first;
  for (const word of printable(words).split(' ')) {
    if (line.length + word.length > WIDTH && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = rest;
    }
    line += `${word} `;
  }
  lines.push(line.trimEnd());
  return lines.join('\n');
}
