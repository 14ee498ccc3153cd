import { escapeHtml } from '../view/escape-html.js';
import { drawChart } from './draw-chart.js';
import { numberColumns } from './number-columns.js';
import type { Block, Report, TableBlock } from './report.js';
import { recordNames } from './report-parts.js';

const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --card: #f5f7fa; --ink: #1b2430; --quiet: #55606f; --edge: #c3cad4; --mark: #1d5fbf; --soft: #7d8998; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181f; --card: #1f2630; --ink: #eef1f5; --quiet: #aab5c4; --edge: #465263; --mark: #8ab6ff; --soft: #93a0b1; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 56rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; line-height: 1.35; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 44rem; }
ul { margin: .5rem 0; padding-left: 1.25rem; max-width: 44rem; }
figure { margin: 1rem 0; }
svg { display: block; max-width: 100%; height: auto; }
svg text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: var(--ink); }
svg .quiet, svg text.quiet { fill: var(--quiet); }
svg .axis { stroke: var(--edge); fill: none; }
svg .zero { stroke: var(--soft); stroke-dasharray: 4 3; }
svg .mark { stroke: var(--mark); fill: var(--mark); }
svg .faint { stroke: var(--soft); fill: var(--soft); }
.wide { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
th, td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--edge); vertical-align: top; }
tbody th { font-weight: 500; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
pre { background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.note { color: var(--quiet); font-size: .9rem; }
@media print {
  :root { color-scheme: light; --paper: #ffffff; --card: #ffffff; --ink: #000000; --quiet: #333333; --edge: #999999; --mark: #1d5fbf; --soft: #666666; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { break-after: avoid; }
  figure, tr, pre { break-inside: avoid; }
  pre { white-space: pre-wrap; }
}
`;

/** One file that needs nothing else, follows the reader's light or dark, and prints. Whatever is in the texts stays text. */
export function toReportHtml({ title, lead, sections }: Report): string {
  let charts = 0;
  const block = (one: Block): string => {
    switch (one.kind) {
      case 'text':
        return `<p>${escapeHtml(one.text)}</p>`;
      case 'list':
        return `<ul>${one.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
      case 'table':
        return toTable(one);
      case 'chart':
        return `<figure>${drawChart(one.chart, `chart-${++charts}`)}</figure>\n${toTable(one.data)}`;
      case 'records':
        return `<p>${escapeHtml(`${one.title}: ${recordNames(one.records)}.`)}</p>`;
      case 'draft':
        return [
          ...(one.attributes === undefined ? [] : [toCode('For attributes.yaml', one.attributes)]),
          toCode(`${one.title}: ${one.path}`, one.text),
        ].join('\n');
    }
  };
  const body = sections.map(
    ({ heading, blocks }) =>
      `<section>\n<h2>${escapeHtml(heading)}</h2>\n${blocks.map(block).join('\n')}\n</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${lead.map((words) => `<p>${escapeHtml(words)}</p>`).join('\n')}
${body.join('\n')}
</main>
</body>
</html>
`;
}

function toCode(title: string, code: string): string {
  return `<p class="note">${escapeHtml(title)}</p>\n<pre tabindex="0"><code>${escapeHtml(code)}</code></pre>`;
}

function toTable(table: TableBlock): string {
  const { title, head, rows } = table;
  const isNumber = numberColumns(table);
  const mark = (i: number): string => (isNumber[i] ? ' class="number"' : '');
  const cell = (value: string | number): string =>
    escapeHtml(typeof value === 'number' ? value.toLocaleString('en-US') : value);
  return `<div class="wide" role="region" aria-label="${escapeHtml(title)}" tabindex="0"><table>
<caption>${escapeHtml(title)}</caption>
<thead><tr>${head.map((name, i) => `<th scope="col"${mark(i)}>${escapeHtml(name)}</th>`).join('')}</tr></thead>
<tbody>
${rows
  .map(
    (row) =>
      `<tr>${row
        .map((value, i) =>
          i === 0
            ? `<th scope="row"${mark(i)}>${cell(value)}</th>`
            : `<td${mark(i)}>${cell(value)}</td>`,
        )
        .join('')}</tr>`,
  )
  .join('\n')}
</tbody>
</table></div>`;
}
